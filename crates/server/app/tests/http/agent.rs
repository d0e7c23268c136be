//! The AI agent over HTTP: playbooks, kinds of agents, clarification, the usual wait, and questions without an answer.

use crate::chat::{open_as, rep_writes};
use crate::support::{Knock, batch, signal};
use knock_testing::Chat;
use serde_json::{Value, json};

struct Workspace {
    knock: Knock,
    key: String,
    site: String,
}

impl Workspace {
    fn start() -> Workspace {
        let knock = Knock::start();
        let (key, site) = (knock.admin_key(), knock.site());
        Workspace { knock, key, site }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let reply = self.knock.ask(method, path, &self.key, body);
        (reply.code, reply.body)
    }

    fn get(&self, path: &str) -> Value {
        self.knock.get(path, &self.key).body
    }

    /// Sends a message; the replies of the agent.
    fn answers(&self, chat: &Chat, n: u64, text: &str) -> Vec<Value> {
        let before = chat.messages(&self.knock, 0).len() as u64;
        assert_eq!(chat.write(&self.knock, n, text).code, 201, "{text}");
        chat.messages(&self.knock, before + 1)
    }

    fn says(&self, chat: &Chat, n: u64, text: &str) -> String {
        let said = self.answers(chat, n, text);
        said.iter().filter_map(|message| message["text"].as_str()).collect::<Vec<_>>().join(" | ")
    }

    fn rep(&self) -> String {
        let rules = self.get("/api/v1/rules");
        rules["rules"][0]["fallback"]["assign"]["rep"].as_str().expect("the admin").to_owned()
    }

    /// Routes job seekers to an agent, all others to the admin.
    fn route_jobs_to_the_agent(&self) {
        let jobs = json!({"field": "intent.type", "op": "eq", "value": "Job seeker"});
        let rule = json!({"name": "Website", "funnel": "chat",
            "segments": [{"id": "jobs", "name": "Job seekers", "when": jobs, "assign": {"ai_agent": "auto"}}],
            "fallback": {"assign": {"rep": self.rep()}}});
        let (code, made) = self.ask("POST", "/api/v1/rules", &rule);
        assert_eq!(code, 201, "{made}");
        assert_eq!(self.ask("PUT", "/api/v1/links/Website/rule", &json!({"rule": made["id"]})).0, 204);
    }
}

#[test]
fn the_agent_that_routing_chose_guides_to_apply_until_a_person_is_asked_for() {
    let workspace = Workspace::start();
    workspace.route_jobs_to_the_agent();
    let now = workspace.knock.now();
    let careers = signal(now - 1_000, 1, "page_view", "/careers");
    assert_eq!(workspace.knock.post_signals(&batch(&workspace.site, 1, now, &[careers])).code, 202);
    let chat = open_as(&workspace.knock, &workspace.site, 1);
    let said = workspace.says(&chat, 1, "Are you hiring backend engineers? I'd like to send my CV");
    assert!(said.contains("/careers") && said.contains("open positions"), "{said}");
    let said = workspace.says(&chat, 2, "thank you, I had a look");
    assert!(said.contains("Which role"), "{said}");
    let record = chat.record(&workspace.knock, &workspace.key);
    assert_eq!(record["conversation"]["state"]["rep_owner"], "AI Agent");
    workspace.knock.advance(300_000);
    assert_eq!(chat.messages(&workspace.knock, 0).len(), 5, "no rep is waited for");

    let said = workspace.says(&chat, 3, "Can I talk to a human?");
    assert!(said.contains("to join this chat"), "{said}");
    let record = chat.record(&workspace.knock, &workspace.key);
    assert_eq!(record["conversation"]["state"]["rep_owner"], "admin@localhost");
    let last = record["decisions"].as_array().and_then(|all| all.last()).expect("a decision").clone();
    assert_eq!((&last["segment"], &last["notes"]), (&json!("Fallback Segment"), &json!(["jobs:person_asked_for"])));
    workspace.knock.advance(121_000);
    let all = chat.messages(&workspace.knock, 0);
    let away = all.last().and_then(|message| message["text"].as_str()).expect("a text");
    assert!(away.contains("cannot answer right now"), "{away}");
    workspace.knock.advance(3_600_000);
    assert_eq!(chat.messages(&workspace.knock, 0).len(), all.len(), "it is said once");
}

#[test]
fn after_a_long_outage_the_agent_does_not_say_that_no_rep_was_there() {
    let workspace = Workspace::start();
    let chat = open_as(&workspace.knock, &workspace.site, 1);
    workspace.says(&chat, 1, "We are 200 people and need a quote");
    let before = chat.messages(&workspace.knock, 0).len();
    workspace.knock.advance(62 * 60_000 + 1_000);
    assert_eq!(chat.messages(&workspace.knock, 0).len(), before);
}

#[test]
fn a_rep_who_answered_is_not_waited_for() {
    let workspace = Workspace::start();
    let chat = open_as(&workspace.knock, &workspace.site, 1);
    workspace.says(&chat, 1, "We are 200 people and need a quote");
    assert_eq!(rep_writes(&workspace.knock, &chat, 2, "Hello!"), 201);
    let before = chat.messages(&workspace.knock, 0).len();
    workspace.knock.advance(300_000);
    assert_eq!(chat.messages(&workspace.knock, 0).len(), before);
    assert_eq!(workspace.says(&chat, 3, "do you have an API?"), "", "a person talks");
}

#[test]
fn a_playbook_is_saved_in_versions_and_used_from_then_on() {
    let workspace = Workspace::start();
    let list = workspace.get("/api/v1/playbooks");
    assert_eq!(list["playbooks"].as_array().map(Vec::len), Some(20));
    let path = "/api/v1/playbooks/buying/en";
    let mut steps = workspace.get(path)["versions"][0]["steps"].clone();
    for step in steps.as_array_mut().expect("steps") {
        step.as_object_mut().expect("a step").remove("places");
        if step["step"] == "handover" {
            step["texts"] = json!(["  {rep} knows prices.  ", ""]);
        }
    }
    let (code, saved) = workspace.ask("PUT", path, &json!({"version": 0, "steps": steps}));
    assert_eq!((code, &saved["version"], &saved["is_standard"]), (200, &json!(1), &json!(false)), "{saved}");
    let chat = open_as(&workspace.knock, &workspace.site, 1);
    assert_eq!(workspace.says(&chat, 1, "We are 200 people and need a quote"), "Our team knows prices.");

    let (code, late) = workspace.ask("PUT", path, &json!({"version": 0, "steps": steps}));
    assert_eq!((code, late["type"].as_str().is_some_and(|kind| kind.ends_with("changed-meanwhile"))), (409, true));
    steps[0]["texts"] = json!(["Hi {unknown}"]);
    let (code, wrong) = workspace.ask("PUT", path, &json!({"version": 1, "steps": steps}));
    assert_eq!((code, &wrong["errors"][0]["pointer"]), (422, &json!("/steps/0/texts/0")), "{wrong}");
    let (code, back) = workspace.ask("PUT", path, &json!({"version": 1, "steps": []}));
    assert_eq!((code, &back["version"], &back["is_standard"]), (200, &json!(2), &json!(true)));
    let versions = workspace.get(path);
    let numbers: Vec<_> =
        versions["versions"].as_array().expect("versions").iter().map(|one| &one["version"]).collect();
    assert_eq!(numbers, [&json!(2), &json!(1), &json!(0)]);
    assert_eq!(workspace.knock.get("/api/v1/playbooks/selling/en", &workspace.key).code, 404);
    let audit = workspace.get("/api/v1/audit");
    assert_eq!(audit["entries"][0]["action"], "playbook.saved");
}

#[test]
fn a_preview_uses_the_draft_and_stores_nothing() {
    let workspace = Workspace::start();
    let mut steps = workspace.get("/api/v1/playbooks/general/de")["versions"][0]["steps"].clone();
    for step in steps.as_array_mut().expect("steps") {
        step.as_object_mut().expect("a step").remove("places");
        if step["step"] == "greeting" {
            step["texts"] = json!(["Moin von {workspace}!"]);
        }
    }
    let ask = json!({"site": workspace.site, "language": "de", "kind": "support",
        "draft": {"kind": "general", "language": "de", "steps": steps},
        "messages": ["hallo", "Hilfe zum Produkt", "Seit gestern"]});
    let (code, preview) = workspace.ask("POST", "/api/v1/playbooks/preview", &ask);
    assert_eq!(code, 200, "{preview}");
    let texts: Vec<&str> = preview["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .filter_map(|message| message["text"].as_str())
        .collect();
    assert_eq!(texts[0], "Moin von Tareline!");
    assert_eq!(preview["messages"][2]["choices"].as_array().map(Vec::len), Some(5));
    assert!(texts[4].contains("Seit wann"), "{texts:?}");
    assert_eq!(preview["intent_type"], "Support");
    assert_eq!(workspace.get("/api/v1/conversations")["conversations"], json!([]));
    for (field, value, pointer) in [
        ("language", json!("xx"), "/language"),
        ("kind", json!("boss"), "/kind"),
        ("site", json!("none"), "/site"),
        ("messages", json!([" "]), "/messages/0"),
    ] {
        let mut wrong = ask.clone();
        wrong[field] = value;
        let (code, problem) = workspace.ask("POST", "/api/v1/playbooks/preview", &wrong);
        assert_eq!((code, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
}

#[test]
fn with_clarification_off_nothing_is_asked() {
    let workspace = Workspace::start();
    assert_eq!(workspace.get("/api/v1/agent"), json!({"asks_to_clarify": true, "rejects_abuse": true}));
    let chat = open_as(&workspace.knock, &workspace.site, 1);
    assert!(workspace.says(&chat, 1, "hi").contains("what is this about"));
    assert_eq!(workspace.ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false})).0, 200);
    let now = workspace.knock.now();
    let pricing = signal(now - 1_000, 200, "page_view", "/pricing");
    assert_eq!(workspace.knock.post_signals(&batch(&workspace.site, 2, now, &[pricing])).code, 202);
    let chat = open_as(&workspace.knock, &workspace.site, 2);
    let said = workspace.answers(&chat, 20, "hi");
    assert!(said.iter().all(|message| message["choices"].is_null()), "{said:?}");
    let record = chat.record(&workspace.knock, &workspace.key);
    assert_eq!(record["conversation"]["intent"]["type"], "Buying", "the pages decide");
    assert_eq!(record["decisions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_usual_wait_is_named_once_five_leads_waited() {
    let workspace = Workspace::start();
    for n in 1..=6 {
        let chat = open_as(&workspace.knock, &workspace.site, n);
        let said = workspace.says(&chat, n * 10, "We are 200 people and need a quote");
        assert!(!said.contains("usually"), "{said}");
        workspace.knock.advance(60_000 * i64::try_from(n).expect("small"));
        if n < 6 {
            assert_eq!(rep_writes(&workspace.knock, &chat, n * 10 + 1, "Hello!"), 201);
        }
    }
    workspace.knock.advance(2 * 3_600_000);
    let chat = open_as(&workspace.knock, &workspace.site, 9);
    let said = workspace.says(&chat, 90, "We are 200 people and need a quote");
    assert!(said.ends_with("An answer usually takes about 4 minutes."), "{said}");
}

#[test]
fn questions_without_an_answer_are_counted_until_they_are_dismissed() {
    let workspace = Workspace::start();
    let list = |workspace: &Workspace| {
        let path = format!("/api/v1/knowledge/unanswered?site={}", workspace.site);
        let list = workspace.get(&path)["questions"].clone();
        let shown = |one: &Value| (one["question"].as_str().expect("a text").to_owned(), one["times"].clone());
        (list.as_array().expect("a list").iter().map(shown).collect::<Vec<_>>(), list)
    };
    for (n, text) in [
        (1, "Do you support SAML single sign-on?"),
        (2, "SAML single sign on, do you support it?"),
        (3, "Which wetsuit fits a large dog?"),
    ] {
        let chat = open_as(&workspace.knock, &workspace.site, n);
        workspace.says(&chat, n * 10, text);
    }
    let chat = open_as(&workspace.knock, &workspace.site, 4);
    let said = workspace.answers(&chat, 40, "Do you have an API?");
    assert!(said[0]["text"].as_str().is_some_and(|text| text.contains("/demo/docs/api")), "{said:?}");
    let record = chat.record(&workspace.knock, &workspace.key);
    let source = &record["sources"][0];
    let question = &source["source"]["question"]["question"];
    assert_eq!((&source["seq"], question), (&json!(3), &json!("Do you have an API?")));
    assert!(source["confidence"].as_u64().is_some_and(|confidence| (60..=100).contains(&confidence)), "{source}");
    let (shown, all) = list(&workspace);
    let saml = ("SAML single sign on, do you support it?".to_owned(), json!(2));
    assert_eq!(shown, [saml, ("Which wetsuit fits a large dog?".to_owned(), json!(1))]);
    let dismissal = json!({"site": workspace.site, "question": all[0]["id"]});
    assert_eq!(workspace.ask("POST", "/api/v1/knowledge/unanswered/dismiss", &dismissal).0, 204);
    assert_eq!(list(&workspace).0.len(), 1);
    workspace.knock.advance(1_000);
    let chat = open_as(&workspace.knock, &workspace.site, 5);
    workspace.says(&chat, 50, "do you support SAML single sign on");
    assert_eq!(list(&workspace).0.len(), 2, "it is asked again");
}
