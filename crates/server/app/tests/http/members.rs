//! The team over HTTP: invitations, roles, removals, sessions.

use crate::chat::{Chat, open_as};
use crate::support::{Knock, Reply, id};
use knock_model::Role;
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;

const JSON: (&str, &str) = ("content-type", "application/json");
const WEEK: i64 = 7 * 24 * 3_600_000;

/// A signed-in browser.
pub(crate) struct Browser {
    pub(crate) cookie: String,
}

impl Browser {
    /// Signs in by a link with a token.
    fn by(knock: &Knock, link: &str) -> Option<Browser> {
        let token = link.split("token=").nth(1).expect("a token").trim();
        let body = json!({"token": token}).to_string();
        let reply = knock.send("POST", "/api/v1/session", &[JSON, ("origin", &knock.url)], Some(body.as_bytes()));
        let cookie = reply.header("set-cookie").and_then(|set| set.split(';').next()).map(ToOwned::to_owned);
        cookie.filter(|_| reply.code == 200).map(|cookie| Browser { cookie })
    }

    /// The browser of the first admin.
    pub(crate) fn admin(knock: &Knock) -> Browser {
        let link = String::from_utf8(knock.command(&["login-link"]).stdout).expect("text");
        Browser::by(knock, link.lines().next().expect("a link")).expect("it signs in")
    }

    /// The browser of a new member with a name after the address: `bo@us.example` is Bo.
    pub(crate) fn member(knock: &Knock, admin: &Browser, email: &str, role: Role) -> Browser {
        let browser = Browser::nameless(knock, admin, email, role);
        let name = email.split('@').next().unwrap_or_default();
        let (first, rest) = name.split_at(1);
        let draft = json!({"name": first.to_uppercase() + rest});
        assert_eq!(browser.ask(knock, "PUT", "/api/v1/profile", &draft).code, 200);
        browser
    }

    /// The browser of a new member without a name.
    pub(crate) fn nameless(knock: &Knock, admin: &Browser, email: &str, role: Role) -> Browser {
        let invited = admin.invite(knock, email, role.as_str());
        Browser::by(knock, invited.body["invitation"].as_str().expect("a link")).expect("it signs in")
    }

    pub(crate) fn ask(&self, knock: &Knock, method: &str, path: &str, body: &Value) -> Reply {
        let headers = [JSON, ("cookie", self.cookie.as_str()), ("origin", knock.url.as_str())];
        knock.send(method, path, &headers, Some(body.to_string().as_bytes()))
    }

    pub(crate) fn get(&self, knock: &Knock, path: &str) -> Reply {
        self.ask(knock, "GET", path, &Value::Null)
    }

    fn invite(&self, knock: &Knock, email: &str, role: &str) -> Reply {
        self.ask(knock, "POST", "/api/v1/members", &json!({"email": email, "role": role}))
    }

    /// The id of the member with an address.
    pub(crate) fn id_of(&self, knock: &Knock, email: &str) -> String {
        let members = self.get(knock, "/api/v1/members").body;
        let members = members["members"].as_array().expect("a list");
        let member = members.iter().find(|member| member["email"] == email).expect("a member");
        member["id"].as_str().expect("an id").to_owned()
    }

    fn write(&self, knock: &Knock, chat: &Chat, n: u64, text: &str) -> u16 {
        let body = json!({"id": id(knock.now(), n), "text": text});
        self.ask(knock, "POST", &format!("/api/v1/conversations/{}/messages", chat.id), &body).code
    }

    /// Waits until the live feed of this browser closes; its close code.
    fn live_until_closed(&self, knock: &Knock, then: impl FnOnce()) -> u16 {
        let address = format!("{}/api/v1/live", knock.url.replace("http:", "ws:"));
        let mut request = address.into_client_request().expect("a request");
        request.headers_mut().insert("cookie", self.cookie.parse().expect("a header"));
        request.headers_mut().insert("origin", knock.url.parse().expect("a header"));
        let (mut socket, _) = tungstenite::connect(request).expect("it opens");
        then();
        loop {
            if let tungstenite::Message::Close(frame) = socket.read().expect("a frame") {
                return frame.expect("a reason").code.into();
            }
        }
    }
}

#[test]
fn an_invited_rep_signs_in_once_and_sees_the_inbox_but_no_rules() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let invited = admin.invite(&knock, " Bo@US.example ", "rep");
    assert_eq!((invited.code, &invited.body["is_mailed"]), (201, &json!(false)), "{}", invited.body);
    let lives = invited.body["expires_at"].as_i64().expect("an instant") - knock.now();
    assert!((WEEK - 60_000..=WEEK).contains(&lives), "{lives}");
    let link = invited.body["invitation"].as_str().expect("a link");
    assert!(link.starts_with(&format!("{}/app/sign-in?token=", knock.url)), "{link}");
    let states = || {
        let members = admin.get(&knock, "/api/v1/members").body;
        let members = members["members"].as_array().expect("a list").clone();
        let shown =
            members.iter().map(|member| (member["email"].clone(), member["role"].clone(), member["state"].clone()));
        shown.collect::<Vec<_>>()
    };
    let line = |email: &str, role: &str, state: &str| (json!(email), json!(role), json!(state));
    let admin_line = line("admin@localhost", "admin", "active");
    assert_eq!(states(), [admin_line.clone(), line("bo@us.example", "rep", "invited")]);
    let rep = Browser::by(&knock, link).expect("it signs in");
    assert!(Browser::by(&knock, link).is_none(), "once");
    assert_eq!(states(), [admin_line, line("bo@us.example", "rep", "active")]);
    assert_eq!(rep.get(&knock, "/api/v1/session").body["role"], "rep");
    assert_eq!(rep.get(&knock, "/api/v1/conversations").code, 200);
    let refused = rep.get(&knock, "/api/v1/rules");
    assert_eq!((refused.code, &refused.body["type"]), (403, &json!("urn:knock:problem:not-permitted")));
    assert_eq!(
        refused.body["errors"][0],
        json!({"pointer": "header/Cookie", "reason": "has the role `rep`, which may not see and change routing rules and links"})
    );
}

#[test]
fn who_has_signed_in_is_not_invited_again_and_a_lost_invitation_is_replaced() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let known = admin.invite(&knock, "admin@localhost.example", "rep");
    assert_eq!(known.code, 201);
    let first = known.body["invitation"].as_str().expect("a link");
    let second = admin.invite(&knock, "admin@localhost.example", "manager");
    assert_eq!((second.code, &second.body["id"]), (201, &known.body["id"]));
    assert!(Browser::by(&knock, first).is_none(), "the one before ends");
    let manager = Browser::by(&knock, second.body["invitation"].as_str().expect("a link")).expect("it signs in");
    assert_eq!(manager.get(&knock, "/api/v1/session").body["role"], "manager");
    let again = admin.invite(&knock, "Admin@localhost.example", "rep");
    assert_eq!((again.code, &again.body["type"]), (409, &json!("urn:knock:problem:member")));
    let late = admin.invite(&knock, "late@us.example", "rep").body;
    knock.set_clock(&json!({"advance_ms": WEEK}));
    assert!(Browser::by(&knock, late["invitation"].as_str().expect("a link")).is_none(), "it has expired");
}

#[test]
fn another_role_counts_from_the_next_request_and_ends_the_live_feed() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let change = |role: &str| {
        let path = format!("/api/v1/members/{}", admin.id_of(&knock, "bo@us.example"));
        admin.ask(&knock, "PATCH", &path, &json!({"role": role}))
    };
    assert_eq!(rep.get(&knock, "/api/v1/rules").code, 403);
    let code = rep.live_until_closed(&knock, || assert_eq!(change("manager").code, 200));
    assert_eq!((code, rep.get(&knock, "/api/v1/rules").code), (4_401, 200));
    assert_eq!((change("rep").body["role"].clone(), rep.get(&knock, "/api/v1/rules").code), (json!("rep"), 403));
}

#[test]
fn the_last_admin_who_has_signed_in_stays() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let own = format!("/api/v1/members/{}", admin.id_of(&knock, "admin@localhost"));
    let demote = || admin.ask(&knock, "PATCH", &own, &json!({"role": "rep"}));
    let remove = |by: &Browser| by.ask(&knock, "DELETE", &own, &Value::Null);
    let invited = admin.invite(&knock, "bo@us.example", "admin").body;
    for refused in [demote(), remove(&admin)] {
        assert_eq!((refused.code, &refused.body["type"]), (409, &json!("urn:knock:problem:last-admin")));
    }
    assert_eq!(admin.ask(&knock, "PATCH", &own, &json!({"role": "admin"})).code, 200, "as before");
    let other = Browser::by(&knock, invited["invitation"].as_str().expect("a link")).expect("it signs in");
    assert_eq!((remove(&other).code, admin.get(&knock, "/api/v1/session").code), (204, 401));
    assert_eq!(remove(&other).code, 404, "gone already");
}

#[test]
fn who_is_removed_is_out_at_once_and_what_they_wrote_keeps_their_name() {
    let knock = Knock::start();
    let (admin, site, key) = (Browser::admin(&knock), knock.site(), knock.admin_key());
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let (path, members) = (format!("/api/v1/members/{}", admin.id_of(&knock, "bo@us.example")), "/api/v1/members");
    let rule = json!({"name": "Bo first", "funnel": "chat", "segments": [],
        "fallback": {"assign": {"pool": [admin.id_of(&knock, "bo@us.example"), admin.id_of(&knock, "admin@localhost")]}}});
    let saved = admin.ask(&knock, "POST", "/api/v1/rules", &rule);
    assert_eq!(saved.code, 201, "{}", saved.body);
    let given = json!({"rule": saved.body["id"]});
    assert_eq!(admin.ask(&knock, "PUT", "/api/v1/links/Website/rule", &given).code, 204);
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 1, "We need a quote").code, 201);
    assert_eq!(chat.record(&knock, &key)["decisions"][0]["assignee"], "bo@us.example");
    assert_eq!(rep.write(&knock, &chat, 2, "Here it is"), 201);
    let code = rep.live_until_closed(&knock, || assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 204));
    assert_eq!((code, rep.get(&knock, "/api/v1/session").code), (4_401, 401));
    assert_eq!(admin.get(&knock, members).body["members"].as_array().map(Vec::len), Some(1));
    let login = knock.command(&["login-link", "--email", "bo@us.example"]);
    assert_eq!(login.status.code(), Some(2), "no way in is left");
    let record = chat.record(&knock, &key);
    assert_eq!(record["conversation"]["state"]["responding_rep"], "bo@us.example");
    assert!(
        record["messages"].as_array().is_some_and(|all| all.iter().any(|message| message["name"] == "Bo")),
        "{record}"
    );
    assert_eq!(chat.write(&knock, 3, "Thanks!").code, 201, "the lead goes on writing");
    // The pool still names them; leads go to the remaining members.
    for visitor in 2..4 {
        let next = open_as(&knock, &site, visitor);
        assert_eq!(next.write(&knock, visitor * 10, "We need a quote").code, 201);
        assert_eq!(next.record(&knock, &key)["decisions"][0]["assignee"], "admin@localhost");
    }
    assert_eq!(admin.invite(&knock, "bo@us.example", "rep").code, 201, "a former member can come back");
    assert!(path.ends_with(&admin.id_of(&knock, "bo@us.example")), "under the old id");
}

#[test]
fn sessions_are_listed_to_their_owner_and_ended_one_by_one() {
    let knock = Knock::start();
    let (admin, other) = (Browser::admin(&knock), Browser::admin(&knock));
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let sessions = |browser: &Browser| {
        browser.get(&knock, "/api/v1/sessions").body["sessions"].as_array().expect("a list").clone()
    };
    let end = |browser: &Browser, session: &Value| {
        let path = format!("/api/v1/sessions/{}", session["id"].as_str().expect("an id"));
        browser.ask(&knock, "DELETE", &path, &Value::Null).code
    };
    let own = sessions(&admin);
    assert_eq!((own.len(), sessions(&rep).len()), (2, 1));
    let (this, others): (Vec<_>, Vec<_>) = own.iter().partition(|session| session["is_this"] == true);
    assert_eq!(this.len(), 1);
    assert!(this[0]["since"].as_i64().is_some_and(|since| since <= knock.now()), "{this:?}");
    let id = others[0]["id"].as_str().expect("an id");
    assert!(!other.cookie.contains(id), "the id shown does not sign in");
    assert_eq!(end(&rep, others[0]), 404, "not one's own");
    assert_eq!((end(&admin, others[0]), other.get(&knock, "/api/v1/session").code), (204, 401));
    assert_eq!((end(&admin, this[0]), admin.get(&knock, "/api/v1/session").code), (204, 401));
    let key = knock.key("rep");
    assert_eq!(knock.get("/api/v1/sessions", &key).body["sessions"], json!([]));
}

#[test]
fn wrong_invitations_name_the_field() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    for (body, code, pointer) in [
        (json!({"email": "bo", "role": "rep"}), 422, "/email"),
        (json!({"email": "bo@us.example", "role": "ingest"}), 422, "/role"),
        (json!({"email": "bo@us.example", "role": "boss"}), 400, "/role"),
        (json!({"email": "bo@us.example"}), 400, "/role"),
        (json!({"email": "bo@us.example", "role": "rep", "name": "Bo"}), 400, "/name"),
    ] {
        let reply = admin.ask(&knock, "POST", "/api/v1/members", &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{body} {}", reply.body);
    }
    let own = format!("/api/v1/members/{}", admin.id_of(&knock, "admin@localhost"));
    assert_eq!(admin.ask(&knock, "PATCH", &own, &json!({"role": "ingest"})).code, 422);
    assert_eq!(admin.ask(&knock, "PATCH", "/api/v1/members/x", &json!({"role": "rep"})).code, 404);
}
