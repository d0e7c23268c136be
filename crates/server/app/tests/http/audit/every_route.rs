//! Every route of the team that changes something, or gives a list away as a file, appends one entry for each successful
//! call.

use super::bodies::{answer, custom_field, hook, page, rejections, reply, rule, site, template, view, workflow};
use super::without::WITHOUT;
use super::{actions, entries};
use crate::chat::open_as;
use crate::members::Browser;
use crate::notifications::subscription;
use crate::support::{Knock, batch, id, identify};
use knock::permissions::{Gate, ROUTES, Route};
use knock_model::Role;
use knock_testing::{MailServer, eventually};
use serde_json::{Value, json};

/// The id of a meeting entered by hand.
const NEW_MEETING: &str = "0e000000-0000-4000-8000-000000000001";

/// A workspace with one of everything that can be changed.
struct Scene {
    knock: Knock,
    mails: MailServer,
    key: String,
    admin: Browser,
    /// The session that is signed out at the end.
    leaving: Browser,
    member: String,
    webhook: String,
    rule: String,
    conversation: String,
    lead: String,
    view: String,
    reply: String,
    tag: String,
    template: String,
    workflow: String,
    answer: String,
    source: String,
    key_id: String,
    session: String,
    site: String,
    meeting: String,
    /// The lead of the booking with an invented address, refused as spam.
    spam: String,
}

const PERSON: &str = "zoe@hollis.example";
const PASSWORD: &str = "heron-granite-41";

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Books a meeting with the first admin, who has working hours from the start.
fn booked(knock: &Knock) -> Value {
    let own = [("origin", &*knock.url)];
    let asked = "/v1/meetings/slots?link=meeting&email=lee@meeting.example";
    let start = knock.send("GET", asked, &own, None).body["slots"][0]["start"].clone();
    let body = json!({"link": "meeting", "visitor": id(knock.now(), 8), "email": "lee@meeting.example", "name": "Lee",
        "start": start, "tz": "UTC"});
    knock.post("/v1/meetings", &body).body
}

impl Scene {
    fn start() -> Scene {
        // Readings of pages of this machine fail at once.
        let knock = Knock::start_with(&[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")]);
        let (key, site, now) = (knock.admin_key(), knock.site(), knock.now());
        let [admin, other, leaving] = [(); 3].map(|()| Browser::admin(&knock));
        Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
        let member = admin.id_of(&knock, "bo@us.example");
        let made = |path: &str, body: &Value| text(&knock.ask("POST", path, &key, body).body["id"]);
        let webhook = made("/api/v1/webhooks", &hook("https://a.example/"));
        let rule = made("/api/v1/rules", &rule("First", &knock, &key));
        let key_id = made("/api/v1/keys", &json!({"name": "Data", "role": "rep"}));
        assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, PERSON)])).code, 202);
        let chat = open_as(&knock, &site, 1);
        assert_eq!(chat.write(&knock, 7, "We need a quote").code, 201);
        let of_other = other.get(&knock, "/api/v1/sessions").body;
        let is_this = |session: &&Value| session["is_this"] == true;
        let session = text(&of_other["sessions"].as_array().expect("a list").iter().find(is_this).expect("one")["id"]);
        let conversation = chat.id.clone();
        let lead = text(&chat.record(&knock, &key)["conversation"]["lead"]);
        let view = made("/api/v1/views", &view("First"));
        let reply = made("/api/v1/replies", &reply("First"));
        let tag = made("/api/v1/tags", &json!({"name": "First"}));
        let template = made("/api/v1/segment-templates", &template("First"));
        let workflow = made("/api/v1/workflows", &workflow("First"));
        let answer = made("/api/v1/knowledge/answers", &answer(&site));
        let source = made("/api/v1/knowledge/sources", &page(&site, 1));
        let meeting = text(&booked(&knock)["meeting"]);
        let fake = json!({"link": "meeting", "visitor": id(now, 9), "email": "test@test.com"});
        assert_eq!(knock.post("/v1/meetings/email", &fake).code, 200);
        let spam = text(&knock.get("/api/v1/meeting-leads?status=Spam", &key).body["leads"][0]["lead"]);
        Scene {
            knock,
            mails: MailServer::start(),
            key,
            admin,
            leaving,
            member,
            webhook,
            rule,
            conversation,
            lead,
            view,
            reply,
            tag,
            template,
            workflow,
            answer,
            source,
            key_id,
            session,
            site,
            meeting,
            spam,
        }
    }

    /// The id of another contact, with this address.
    fn another(&self, email: &str, visitor: u64) -> String {
        let now = self.knock.now();
        assert_eq!(self.knock.post_signals(&batch(&self.site, visitor, now, &[identify(now, 1, email)])).code, 202);
        text(&self.knock.get(&format!("/api/v1/contacts?q={email}"), &self.key).body["contacts"][0]["id"])
    }

    /// The path and the body of a call that succeeds.
    fn call(&self, route: &Route) -> (String, Value) {
        let part = |name: &str, value: &str| route.path.replace(name, value);
        let nothing = Value::Null;
        match (route.method, route.path) {
            ("POST", "/api/v1/conversations/{id}/actions") => {
                (part("{id}", &self.conversation), json!({"reject": "Too small"}))
            }
            ("POST", "/api/v1/conversations/{id}/assign") => {
                (part("{id}", &self.conversation), json!({"to": self.member}))
            }
            ("POST", "/api/v1/contacts/actions") => {
                (route.path.into(), json!({"contacts": [self.lead], "action": {"set_type": {"kind": "Partnership"}}}))
            }
            ("POST", "/api/v1/meetings") => (
                route.path.into(),
                json!({"id": NEW_MEETING, "owner": self.member, "email": "kim@added.example",
                    "start_at": self.knock.now() + 86_400_000}),
            ),
            ("PATCH", "/api/v1/meetings/{id}") => (part("{id}", &self.meeting), json!({"cancel": "Ill"})),
            ("POST", "/api/v1/meeting-leads/{id}/not-spam") => (part("{id}", &self.spam), nothing),
            ("PUT", "/api/v1/settings/enrichment") => (
                route.path.into(),
                json!({"url": "https://api.example/?d={domain}", "fields": [{"field": "company.name", "pointer": "/n"}]}),
            ),
            ("PUT", "/api/v1/crm/{system}") => {
                (part("{system}", "hubspot"), json!({"enabled": false, "create_contact": "qualified_not_booked"}))
            }
            ("POST", "/api/v1/crm/{system}/pause") => (part("{system}", "hubspot"), json!({"is_paused": true})),
            ("PUT", "/api/v1/calendar-apps/{provider}") => (
                part("{provider}", "google"),
                json!({"client_id": "1-a.apps.googleusercontent.com", "client_secret": "GOCSPX-heron"}),
            ),
            ("DELETE", "/api/v1/calendar-apps/{provider}") => (part("{provider}", "google"), nothing),
            ("PUT", "/api/v1/mail/inbound") => {
                (route.path.into(), json!({"way": "hook", "address": "replies@us.example"}))
            }
            ("DELETE", "/api/v1/mail/inbound" | "/api/v1/mail/server") => (route.path.into(), nothing),
            ("PUT", "/api/v1/mail/server") => (
                route.path.into(),
                json!({"host": "127.0.0.1", "port": self.mails.port(), "security": "none",
                    "from_address": "hello@us.example"}),
            ),
            ("POST", "/api/v1/mail/server/test") => (route.path.into(), json!({})),
            ("DELETE", "/api/v1/settings/enrichment") => (route.path.into(), nothing),
            ("PUT", "/api/v1/slack") => (route.path.into(), json!({"note_mark": "!!"})),
            ("PUT", "/api/v1/settings/meetings") => (route.path.into(), json!({"duration_min": 45})),
            ("PUT", "/api/v1/availability/state") => (route.path.into(), json!({"state": "active"})),
            ("PUT", "/api/v1/availability") => (route.path.into(), json!({"state": "away"})),
            ("PUT", "/api/v1/members/{id}/availability") => (part("{id}", &self.member), json!({"capacity": 3})),
            ("POST", "/api/v1/replies") => (route.path.into(), reply("Second")),
            ("PUT", "/api/v1/replies/{id}") => (part("{id}", &self.reply), reply("Renamed")),
            ("DELETE", "/api/v1/replies/{id}") => (part("{id}", &self.reply), nothing),
            ("POST", "/api/v1/tags") => (route.path.into(), json!({"name": "Second"})),
            ("PATCH", "/api/v1/tags/{id}") => (part("{id}", &self.tag), json!({"name": "Renamed"})),
            ("DELETE", "/api/v1/tags/{id}") => {
                let own = self.knock.ask("POST", "/api/v1/tags", &self.key, &json!({"name": "Third"}));
                (part("{id}", own.body["id"].as_str().expect("an id")), nothing)
            }
            ("PUT" | "DELETE", "/api/v1/contacts/{id}/tags/{tag}") => {
                (format!("/api/v1/contacts/{}/tags/{}", self.lead, self.tag), nothing)
            }
            ("POST", "/api/v1/views") => (route.path.into(), view("Second")),
            ("PUT", "/api/v1/views/{id}") => (part("{id}", &self.view), view("Renamed")),
            ("DELETE", "/api/v1/views/{id}") => (part("{id}", &self.view), nothing),
            ("PUT", "/api/v1/knowledge/tests") => {
                (format!("{}?site={}", route.path, self.site), json!({"sentences": [{"text": "Hello?"}]}))
            }
            ("POST", "/api/v1/knowledge/answers") => (route.path.into(), answer(&self.site)),
            ("PATCH", "/api/v1/knowledge/answers/{id}") => {
                (part("{id}", &self.answer), json!({"answer": "Another answer"}))
            }
            ("POST", "/api/v1/knowledge/answers/{id}/wordings") => {
                (part("{id}", &self.answer), json!({"text": "Another wording"}))
            }
            ("DELETE", "/api/v1/knowledge/answers/{id}") => (part("{id}", &self.answer), nothing),
            ("POST", "/api/v1/knowledge/sources") => (route.path.into(), page(&self.site, 2)),
            ("POST", "/api/v1/knowledge/sources/{id}/read") => {
                let path = format!("/api/v1/knowledge/sources/{}", self.source);
                eventually("it could not be read", || {
                    self.knock.get(&path, &self.key).body["source"]["state"] == "failed"
                });
                (part("{id}", &self.source), nothing)
            }
            ("DELETE", "/api/v1/knowledge/sources/{id}") => (part("{id}", &self.source), nothing),
            ("POST", "/api/v1/rules") => (route.path.into(), rule("Second", &self.knock, &self.key)),
            ("PUT", "/api/v1/rules/{id}") => (part("{id}", &self.rule), rule("Renamed", &self.knock, &self.key)),
            ("DELETE", "/api/v1/rules/{id}") => {
                // The rule of the scene is used by a link.
                let own = self.knock.ask("POST", "/api/v1/rules", &self.key, &rule("Third", &self.knock, &self.key));
                (part("{id}", own.body["id"].as_str().expect("an id")), nothing)
            }
            ("POST", "/api/v1/segment-templates") => (route.path.into(), template("Second")),
            ("PUT", "/api/v1/segment-templates/{id}") => (part("{id}", &self.template), template("Renamed")),
            ("DELETE", "/api/v1/segment-templates/{id}") => (part("{id}", &self.template), nothing),
            ("POST", "/api/v1/workflows") => (route.path.into(), workflow("Second")),
            ("PUT", "/api/v1/workflows/settings") => {
                (route.path.into(), json!({"cap": {"actions": 3, "within_ms": 604_800_000}}))
            }
            ("PUT", "/api/v1/workflows/{id}") => (part("{id}", &self.workflow), json!({"draft": workflow("Renamed")})),
            ("POST", "/api/v1/workflows/{id}/versions/{number}/restore") => {
                (part("{id}", &self.workflow).replace("{number}", "1"), json!({}))
            }
            ("PUT", "/api/v1/workflows/{id}/state") => (part("{id}", &self.workflow), json!({"enabled": true})),
            ("PUT", "/api/v1/workflows/{id}/position") => {
                let own = self.knock.ask("POST", "/api/v1/workflows", &self.key, &workflow("Third"));
                (part("{id}", own.body["id"].as_str().expect("an id")), json!({"position": 1}))
            }
            ("DELETE", "/api/v1/workflows/{id}") => (part("{id}", &self.workflow), nothing),
            ("PUT", "/api/v1/custom-fields") => (route.path.into(), custom_field("plan")),
            ("POST", "/api/v1/contacts/{id}/merges") => {
                (part("{id}", &self.lead), json!({"goes": self.another("quinn@hollis.example", 20)}))
            }
            ("DELETE", "/api/v1/contacts/{id}/merges/{merge}") => {
                let goes = json!({"goes": self.another("robin@hollis.example", 21)});
                let path = format!("/api/v1/contacts/{}/merges", self.lead);
                let merged = self.admin.ask(&self.knock, "POST", &path, &goes);
                assert_eq!(merged.code, 200, "{}", merged.body);
                (part("{id}", &self.lead).replace("{merge}", &text(&merged.body["merges"][0]["id"])), nothing)
            }
            ("PATCH", "/api/v1/contacts/{id}") => (part("{id}", &self.lead), json!({"name": "Zoe Hollis"})),
            ("PUT", "/api/v1/contacts/{id}/custom-fields") => {
                let defined = self.knock.ask("PUT", "/api/v1/custom-fields", &self.key, &custom_field("tier"));
                assert_eq!(defined.code, 200, "{}", defined.body);
                (part("{id}", &self.lead), json!({"values": {"tier": "gold"}}))
            }
            ("POST", "/api/v1/links") => (route.path.into(), json!({"name": "G2", "funnel": "chat"})),
            ("PATCH", "/api/v1/links/{slug}") => (part("{slug}", "chat"), json!({"name": "Renamed"})),
            ("POST", "/api/v1/links/{slug}/addresses") => (part("{slug}", "chat"), json!({"emails": [PERSON]})),
            ("PUT", "/api/v1/links/{slug}/rule") => (part("{slug}", "chat"), json!({"rule": self.rule})),
            ("DELETE", "/api/v1/sessions/{id}") => (part("{id}", &self.session), nothing),
            ("POST", "/api/v1/members/{id}/hand-over") => {
                let chat = open_as(&self.knock, &self.site, 5);
                assert_eq!(chat.write(&self.knock, 5, "We need a quote").code, 201);
                let assign = format!("/api/v1/conversations/{}/assign", chat.id);
                assert_eq!(self.admin.ask(&self.knock, "POST", &assign, &json!({"to": self.member})).code, 204);
                (part("{id}", &self.member), json!({}))
            }
            ("POST", "/api/v1/members") => (route.path.into(), json!({"email": "cy@us.example", "role": "rep"})),
            ("PATCH", "/api/v1/members/{id}") => (part("{id}", &self.member), json!({"role": "manager"})),
            ("PUT", "/api/v1/profile/booking-link") => (route.path.into(), json!({"is_on": true})),
            ("PUT", "/api/v1/profile") => (route.path.into(), json!({"name": "Ann Lee"})),
            ("DELETE", "/api/v1/members/{id}") => (part("{id}", &self.member), nothing),
            ("POST", "/api/v1/members/{id}/link") => (part("{id}", &self.member), nothing),
            ("PUT", "/api/v1/password") => (route.path.into(), json!({"password": PASSWORD})),
            ("POST", "/api/v1/session/password") => {
                (route.path.into(), json!({"email": "admin@localhost", "password": PASSWORD}))
            }
            ("POST", "/api/v1/password/remove") => (route.path.into(), json!({"current": PASSWORD})),
            ("POST", "/api/v1/knowledge/unanswered/dismiss") => {
                (route.path.into(), json!({"site": self.site, "question": "5f".repeat(32)}))
            }
            ("PUT", "/api/v1/playbooks/{kind}/{language}") => {
                let path = "/api/v1/playbooks/hiring/en";
                let mut steps = self.knock.get(path, &self.key).body["versions"][0]["steps"].clone();
                for step in steps.as_array_mut().expect("steps") {
                    step.as_object_mut().expect("a step").remove("places");
                }
                steps[0]["texts"] = json!(["Hello from {rep}"]);
                (path.into(), json!({"version": 0, "steps": steps}))
            }
            ("PUT", "/api/v1/agent") => (route.path.into(), json!({"asks_to_clarify": false})),
            ("PUT", "/api/v1/agent/rejections") => (route.path.into(), rejections()),
            ("PUT", "/api/v1/notifications") => {
                let mut settings = self.admin.get(&self.knock, route.path).body;
                settings["wait_minutes"] = json!(5);
                (route.path.into(), settings)
            }
            ("PUT", "/api/v1/report-goals") => {
                (route.path.into(), json!({"goals": [{"metric": "first_reply_median", "value": 2}]}))
            }
            ("PUT", "/api/v1/report-mail") => (route.path.into(), json!({"is_on": true})),
            ("PUT", "/api/v1/home/steps/{step}") => (part("{step}", "slack"), json!({"is_put_aside": true})),
            ("PUT", "/api/v1/notifications/team") => (route.path.into(), json!({"pool_minutes": 5})),
            ("PUT", "/api/v1/reject-reasons") => (route.path.into(), json!({"reasons": ["No budget"]})),
            ("POST", "/api/v1/notifications/devices") => (route.path.into(), subscription("https://push.example/a")),
            ("POST", "/api/v1/notifications/devices/{id}/test") | ("DELETE", "/api/v1/notifications/devices/{id}") => {
                let devices = self.admin.get(&self.knock, "/api/v1/notifications/devices").body;
                (part("{id}", devices["devices"][0]["id"].as_str().expect("an id")), nothing)
            }
            ("PUT", "/api/v1/privacy") => (route.path.into(), json!({"waits_for_consent": true})),
            ("POST", "/api/v1/keys") => (route.path.into(), json!({"name": "Another", "role": "rep"})),
            ("DELETE", "/api/v1/keys/{id}") => (part("{id}", &self.key_id), nothing),
            ("POST", "/api/v1/sites") => (route.path.into(), site("Shop")),
            ("PUT", "/api/v1/sites/{key}") => (part("{key}", &self.site), site("Renamed")),
            ("POST", "/api/v1/sites/{key}/identify-secret") => (part("{key}", &self.site), nothing),
            ("POST", "/api/v1/sites/{key}/keep") => (part("{key}", &self.site), nothing),
            ("PUT", "/api/v1/sites/{key}/look") => (part("{key}", &self.site), json!({"colour": "#ff7a00"})),
            ("DELETE", "/api/v1/sites/{key}") => (part("{key}", &self.site), nothing),
            ("POST", "/api/v1/webhooks") => (route.path.into(), hook("https://b.example/")),
            ("PUT", "/api/v1/webhooks/{id}") => (part("{id}", &self.webhook), hook("https://c.example/")),
            ("POST", "/api/v1/webhooks/{id}/test") | ("DELETE", "/api/v1/webhooks/{id}") => {
                (part("{id}", &self.webhook), nothing)
            }
            ("POST", "/api/v1/webhooks/{id}/sample") => (part("{id}", &self.webhook), json!({"event": "link.clicked"})),
            ("POST", "/api/v1/persons/export" | "/api/v1/persons/erase") => {
                (route.path.into(), json!({"email": PERSON}))
            }
            ("POST", "/api/v1/session") => {
                let link = String::from_utf8(self.knock.command(&["login-link"]).stdout).expect("text");
                let token = link.lines().next().and_then(|line| line.split("token=").nth(1)).expect("a token");
                (route.path.into(), json!({"token": token}))
            }
            ("GET", "/api/v1/export/{table}") => (part("{table}", "signals"), nothing),
            ("DELETE", "/api/v1/session")
            | ("GET", "/api/v1/contacts.csv" | "/api/v1/accounts.csv" | "/api/v1/audit.csv") => {
                (route.path.into(), nothing)
            }
            (method, path) => panic!(
                "{method} {path} changes something: give a call of it here, with its entry in the audit log, or list it \
                 in WITHOUT with the reason"
            ),
        }
    }

    fn newest(&self) -> i64 {
        entries(&self.knock, &self.key, "")[0]["id"].as_i64().expect("a number")
    }
}

/// Whether a route changes something for the team, or gives a list away as a file.
fn is_change(route: &Route) -> bool {
    let is_listed = WITHOUT.iter().any(|(method, path, _)| (*method, *path) == (route.method, route.path));
    let is_of_the_team = matches!(route.gate, Gate::Needs(_)) || route.path.starts_with("/api/v1/");
    let gives_away = route.path.ends_with(".csv") || route.path.starts_with("/api/v1/export/");
    (route.method != "GET" || gives_away) && is_of_the_team && !is_listed
}

#[test]
fn every_successful_change_leaves_an_entry() {
    let scene = Scene::start();
    // Deletions come late: other calls need the objects. A new password ends all other sessions.
    let is_of_password = |route: &&Route| route.path.contains("/password");
    let is_end = |route: &&Route| route.method == "DELETE" || route.path.ends_with("/erase");
    let changes = || ROUTES.iter().filter(|route| is_change(route));
    let others = || changes().filter(|route| !is_of_password(route));
    let ordered = others().filter(|route| !is_end(route)).chain(others().filter(is_end));
    for route in ordered.chain(changes().filter(is_of_password)) {
        let (path, body) = scene.call(route);
        let before = scene.newest();
        // The session that is signed out is not the one of the other calls.
        let by = if route.path == "/api/v1/session" { &scene.leaving } else { &scene.admin };
        let reply = by.ask(&scene.knock, route.method, &path, &body);
        let what = format!("{} {}: {} {}", route.method, route.path, reply.code, reply.body);
        assert!((200..300).contains(&reply.code), "{what}");
        let found = entries(&scene.knock, &scene.key, "");
        let new: Vec<Value> = found.into_iter().filter(|entry| entry["id"].as_i64() > Some(before)).collect();
        assert_eq!(new.len(), 1, "{what}: {:?}", actions(&new));
        assert_eq!(new[0]["actor"]["name"], "admin@localhost", "{what}");
    }
}

#[test]
fn every_exception_is_a_route() {
    for (method, path, reason) in WITHOUT {
        assert!(ROUTES.iter().any(|route| (route.method, route.path) == (method, path)), "{method} {path}: {reason}");
    }
}
