//! Rules over HTTP: created, set for a link, applied, edited, and tried on past leads.

use crate::support::{Knock, ORIGIN, Reply, batch, id, signal};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("content-type", "application/json");

pub(crate) struct Team {
    pub(crate) knock: Knock,
    pub(crate) key: String,
    pub(crate) rep: String,
}

impl Team {
    pub(crate) fn start() -> Team {
        // Each visitor has an address of their own, and so a rate limit of their own.
        let knock = Knock::start_with(&[("KNOCK_HTTP_TRUSTED_PROXIES", "127.0.0.0/8")]);
        let key = knock.admin_key();
        let rules = knock.get("/api/v1/rules", &key).body;
        let rep = rules["rules"][0]["fallback"]["assign"]["rep"].as_str().expect("the admin").to_owned();
        Team { knock, key, rep }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {}", self.key);
        self.knock.send(method, path, &[JSON, ("authorization", &bearer)], Some(body.to_string().as_bytes()))
    }

    /// A rule that routes job seekers to an agent, all others to the admin.
    pub(crate) fn rule(&self, name: &str) -> Value {
        let jobs = json!({"field": "intent.type", "op": "eq", "value": "Job seeker"});
        json!({"name": name, "funnel": "chat", "monitoring_channel": "#web",
            "segments": [{"id": "jobs", "name": "Job seekers", "when": jobs, "assign": {"ai_agent": "hiring"},
                "monitoring_channel": "#hiring"}],
            "fallback": {"assign": {"rep": self.rep}}})
    }

    /// Opens a chat on the site and writes; the page of the conversation.
    pub(crate) fn chat(&self, visitor: u64, texts: &[&str]) -> Value {
        let of = id(1_700_000_000_000, visitor);
        let body = json!({"site": self.knock.site(), "visitor": of, "session": of}).to_string();
        let address = format!("198.18.{}.{}", visitor / 250, visitor % 250);
        let from = [JSON, ("origin", ORIGIN), ("x-forwarded-for", address.as_str())];
        let opened = self.knock.send("POST", "/v1/chat", &from, Some(body.as_bytes())).body;
        let (path, token) =
            (opened["conversation"].as_str().expect("an id"), opened["token"].as_str().expect("a token"));
        for (place, text) in texts.iter().enumerate() {
            let message = json!({"id": id(self.knock.now(), visitor * 100 + place as u64), "text": text}).to_string();
            let bearer = format!("Bearer {token}");
            let headers = [from.as_slice(), &[("authorization", bearer.as_str())]].concat();
            let path = format!("/v1/chat/{path}/messages");
            assert_eq!(self.knock.send("POST", &path, &headers, Some(message.as_bytes())).code, 201);
        }
        self.knock.get(&format!("/api/v1/conversations/{path}"), &self.key).body
    }
}

#[test]
fn a_link_s_rule_decides_and_an_edit_is_a_new_version() {
    let team = Team::start();
    let made = team.ask("POST", "/api/v1/rules", &team.rule("Website"));
    assert_eq!((made.code, &made.body["version"], &made.body["is_default"]), (201, &json!(1), &json!(false)));
    let rule = made.body["id"].as_str().expect("an id").to_owned();
    assert_eq!(team.ask("PUT", "/api/v1/links/Website/rule", &json!({"rule": rule})).code, 204);

    let record = team.chat(1, &["Are you hiring backend engineers? I'd like to send my CV"]);
    let decision = &record["decisions"][0];
    assert_eq!(decision["assignee"], "AI Agent (hiring)");
    assert_eq!((&decision["reason"], &decision["segment"]), (&json!("segment_ai"), &json!("Job seekers")));
    assert_eq!(decision["notify"], json!(["#hiring"]));
    assert_eq!(record["conversation"]["state"]["rep_owner"], "AI Agent");
    assert_eq!(record["types"][0]["why"], "message");

    let path = format!("/api/v1/rules/{rule}");
    let mut edited = team.rule("Website");
    edited["segments"][0]["assign"] = json!({"rep": team.rep});
    assert_eq!(team.ask("PUT", &path, &edited).body["version"], 2);
    assert_eq!(team.ask("PUT", &path, &edited).body["version"], 2);
    let record = team.chat(2, &["Are you hiring? I want to apply for a job"]);
    assert_eq!(
        (&record["decisions"][0]["version"], &record["decisions"][0]["assignee"]),
        (&json!(2), &json!("admin@localhost"))
    );

    let decisions = team.knock.get("/api/v1/decisions", &team.key).body;
    let versions: Vec<_> =
        decisions["decisions"].as_array().expect("a list").iter().map(|row| &row["decision"]["version"]).collect();
    assert_eq!(versions, [2, 1]);
    let first = team.knock.get("/api/v1/decisions?limit=1", &team.key).body;
    let next = format!("/api/v1/decisions?after={}", first["next"].as_str().expect("more"));
    assert_eq!(team.knock.get(&next, &team.key).body["decisions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_draft_is_tried_on_what_happened_and_changes_nothing() {
    let team = Team::start();
    team.chat(1, &["Are you hiring backend engineers? I'd like to send my CV"]);
    team.chat(2, &["How much is a licence for 200 people? We need a quote"]);
    let before = team.knock.get("/api/v1/decisions", &team.key).body;
    let mut draft = team.rule("Default Routing Rule");
    draft["id"] = json!("default_chat");
    let answer = team.ask("POST", "/api/v1/rules/what-if", &json!({"rule": draft, "days": 7})).body;
    assert_eq!((&answer["decisions"], answer["changed"].as_array().map(Vec::len)), (&json!(2), Some(1)));
    assert_eq!(answer["changed_count"], 1);
    let change = &answer["changed"][0];
    assert_eq!(
        (&change["was"]["assignee"], &change["would"]["assignee"]),
        (&json!("admin@localhost"), &json!("AI Agent (hiring)"))
    );
    assert_eq!(change["why"][0]["because"], json!(["intent.type eq \"Job seeker\": \"Job seeker\""]));
    assert_eq!(change["would"]["version"], 2);
    assert_eq!(answer["before"], json!({"admin@localhost": 2}));
    assert_eq!(answer["after"], json!({"admin@localhost": 1, "AI Agent (hiring)": 1}));
    // A rule without a link changes nothing, until a link is named.
    draft["id"] = json!("new");
    let other = team.ask("POST", "/api/v1/rules/what-if", &json!({"rule": draft, "days": 7})).body;
    assert_eq!(other["changed"], json!([]));
    let named =
        team.ask("POST", "/api/v1/rules/what-if", &json!({"rule": draft, "days": 7, "links": ["Website"]})).body;
    assert_eq!(named["changed"].as_array().map(Vec::len), Some(1));
    // Decisions before the requested days are left out.
    team.knock.set_clock(&json!({"advance_ms": 8 * 86_400_000_i64}));
    let later =
        team.ask("POST", "/api/v1/rules/what-if", &json!({"rule": draft, "days": 7, "links": ["Website"]})).body;
    assert_eq!(later["decisions"], 0);
    assert_eq!(team.knock.get("/api/v1/decisions", &team.key).body, before);
}

#[test]
fn wrong_rules_are_refused_naming_the_field() {
    let team = Team::start();
    let refused = |method: &str, path: &str, body: &Value, code: u16, pointer: &str, reason: &str| {
        let reply = team.ask(method, path, body);
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (code, &json!(pointer)), "{}", reply.body);
        assert!(error["reason"].as_str().expect("text").contains(reason), "{error}");
    };
    let with = |pointer: &str, value: Value| {
        let mut rule = team.rule("R");
        *rule.pointer_mut(pointer).expect("there") = value;
        rule
    };
    let rules = "/api/v1/rules";
    let field = with("/segments/0/when/field", json!("intent.kind"));
    refused("POST", rules, &field, 400, "/segments/0/when/field", "`intent.kind` is not a field");
    let unknown = with("/fallback/assign/rep", json!("unknown"));
    refused("POST", rules, &unknown, 422, "/fallback/assign", "`unknown` is not a member of the team");
    refused("POST", rules, &with("/name", json!(" ")), 422, "/name", "is empty");
    let twice = with("/segments/0/id", json!("fallback"));
    refused("POST", rules, &twice, 400, "", "segments[0].id: expected a name of its own");
    refused("PUT", "/api/v1/links/chat/rule", &json!({"rule": "x"}), 422, "/rule", "is no rule");
    let meeting = json!({"rule": "default_meeting"});
    refused("PUT", "/api/v1/links/chat/rule", &meeting, 422, "/rule", "is of the other funnel");
    let ask = json!({"rule": team.rule("R"), "days": 91});
    refused("POST", "/api/v1/rules/what-if", &ask, 422, "/days", "is not between 1 and 90");
    refused("PUT", "/api/v1/rules/default_meeting", &team.rule("R"), 422, "/funnel", "cannot change");
    assert_eq!(team.ask("PUT", "/api/v1/rules/none", &team.rule("R")).code, 404);
    assert_eq!(team.ask("PUT", "/api/v1/links/none/rule", &json!({"rule": null})).code, 404);
}

#[test]
fn a_new_type_routes_again_until_a_human_replied_and_a_person_has_the_last_word() {
    let team = Team::start();
    let rule = team.ask("PUT", "/api/v1/rules/default_chat", &team.rule("Default Routing Rule"));
    assert_eq!(rule.body["is_default"], true);
    let record = team.chat(
        1,
        &["We need a quote for your product", "I'm looking for a job, are you hiring? I want to apply with my CV"],
    );
    let kinds: Vec<_> = record["types"].as_array().expect("a list").iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["Buying", "Job seeker"]);
    let got: Vec<_> = record["decisions"].as_array().expect("a list").iter().map(|one| &one["assignee"]).collect();
    assert_eq!(got, ["admin@localhost", "AI Agent (hiring)"]);

    let id = record["conversation"]["id"].as_str().expect("an id");
    let act = |action: &Value| team.ask("POST", &format!("/api/v1/conversations/{id}/actions"), action).code;
    assert_eq!(act(&json!({"set_type": {"kind": "Unknown"}})), 422);
    assert_eq!(act(&json!({"set_type": {"kind": "Partnership"}})), 204);
    let record = team.chat(1, &["is the position still open? here is my resume, I want the job"]);
    assert_eq!(record["conversation"]["intent"]["type"], "Partnership");
}

#[test]
fn who_was_taken_for_spam_is_routed_once_a_person_says_otherwise() {
    let team = Team::start();
    let spam = "Casino bonus! Earn 5000$ a day with bitcoin, click http://win.example now and claim your prize";
    let record = team.chat(1, &[spam]);
    assert_eq!(record["conversation"]["state"]["status"], "Spam");
    assert_eq!((&record["decisions"], &record["types"]), (&json!([]), &json!([])));
    assert_eq!(record["messages"].as_array().map(Vec::len), Some(2));
    let path = format!("/api/v1/conversations/{}", record["conversation"]["id"].as_str().expect("an id"));
    assert_eq!(team.ask("POST", &format!("{path}/actions"), &json!("unmark_spam")).code, 204);
    let record = team.knock.get(&path, &team.key).body;
    assert_eq!(record["conversation"]["state"]["status"], "AI Discovery");
    assert_eq!(record["decisions"][0]["assignee"], "admin@localhost");
    assert_eq!(record["conversation"]["state"]["rep_owner"], "admin@localhost");
}

#[test]
fn what_is_asked_of_a_session_is_of_that_session_however_much_was_done_before() {
    let team = Team::start();
    let (site, now) = (team.knock.site(), team.knock.now());
    let views = |session: u64, numbers: std::ops::Range<u64>| {
        let view = |n| {
            let before = if session == 1 { 3_600_000 } else { 1_000 };
            signal(now - before + i64::try_from(n).expect("small"), n, "page_view", &format!("/page-{n}"))
        };
        let mut batch = batch(&site, 1, now, &numbers.map(view).collect::<Vec<_>>());
        batch["session"] = json!(id(1_700_000_000_000, session));
        assert_eq!(team.knock.post_signals(&batch).code, 202);
    };
    views(1, 0..400);
    views(1, 400..700);
    views(2, 700..703);
    let body = json!({"site": site, "visitor": id(1_700_000_000_000, 1), "session": id(1_700_000_000_000, 2)});
    let opened = team.knock.send("POST", "/v1/chat", &[JSON, ("origin", ORIGIN)], Some(body.to_string().as_bytes()));
    let conversation = opened.body["conversation"].as_str().expect("an id");
    let bearer = format!("Bearer {}", opened.body["token"].as_str().expect("a token"));
    let message = json!({"id": id(team.knock.now(), 9), "text": "What does it cost? ann@globex.example"}).to_string();
    let headers = [JSON, ("origin", ORIGIN), ("authorization", bearer.as_str())];
    let path = format!("/v1/chat/{conversation}/messages");
    assert_eq!(team.knock.send("POST", &path, &headers, Some(message.as_bytes())).code, 201);

    let exported = team.knock.command(&["export", "--person", "ann@globex.example"]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let fields = &exported["decisions"][0]["fields"];
    assert_eq!(fields["session.page_count"].as_f64(), Some(3.0), "{fields}");
    assert_eq!(fields["session.is_returning"], json!(true));
    let landing = fields["session.landing_page"].as_str().expect("an address");
    assert!(landing.ends_with("/page-700"), "{landing}");
}
