//! The agent rejects leads by conditions of the workspace, over HTTP (CS-14, 7.7).

use crate::chat::open_as;
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::Chat;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/agent/rejections";
const HIRING: &str = "Are you hiring backend engineers? I'd like to send my CV";
const NOT_YET: &str = "We have nothing to offer you at the moment";

struct Scene {
    knock: Knock,
    key: String,
    site: String,
}

/// A condition that every lead of a chat matches.
fn by_link() -> Value {
    json!({"any": [{"field": "link.id", "op": "is_set"}]})
}

fn hiring(is_on: bool, when: &Value) -> Value {
    json!({"agents": [{"kind": "hiring", "is_on": is_on, "when": when, "reason": "Job seeker"}]})
}

impl Scene {
    fn begin() -> Scene {
        let knock = Knock::start();
        let (key, site) = (knock.admin_key(), knock.site());
        Scene { knock, key, site }
    }

    fn saves(&self, rejections: &Value) -> Value {
        let reply = self.knock.ask("PUT", PATH, &self.key, rejections);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    }

    fn opens(&self, visitor: u64) -> Chat {
        open_as(&self.knock, &self.site, visitor)
    }

    /// Sends a message; the texts of the agent's replies.
    fn answers(&self, chat: &Chat, n: u64, text: &str) -> Vec<String> {
        let before = chat.messages(&self.knock, 0).len() as u64;
        assert_eq!(chat.write(&self.knock, n, text).code, 201, "{text}");
        let said = chat.messages(&self.knock, before + 1);
        said.iter().filter_map(|message| message["text"].as_str().map(str::to_owned)).collect()
    }

    fn state(&self, chat: &Chat) -> Value {
        chat.record(&self.knock, &self.key)["conversation"]["state"].clone()
    }

    fn is_rejected(&self, chat: &Chat) -> bool {
        self.state(chat)["status"] == "Rejected"
    }
}

#[test]
fn at_first_no_agent_rejects_and_managers_change_it() {
    let scene = Scene::begin();
    let (knock, admin) = (&scene.knock, Browser::admin(&scene.knock));
    let [rep, manager] = [("bo@us.example", Role::Rep), ("cy@us.example", Role::Manager)]
        .map(|(email, role)| Browser::member(knock, &admin, email, role));
    let first = rep.get(knock, PATH).body["agents"].clone();
    let kinds: Vec<&Value> = first.as_array().into_iter().flatten().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["buying", "support", "hiring", "partnership", "general"]);
    let is_off = |one: &Value| one["is_on"] == false && one["when"] == json!({"any": []}) && one["reason"] == "";
    assert!(first.as_array().into_iter().flatten().all(is_off), "{first}");
    assert_eq!(rep.ask(knock, "PUT", PATH, &hiring(true, &by_link())).code, 403);
    for _ in 0..2 {
        let saved = manager.ask(knock, "PUT", PATH, &hiring(true, &by_link()));
        assert_eq!((saved.code, &saved.body["agents"][2]["reason"]), (200, &json!("Job seeker")), "{}", saved.body);
    }
    let entries = knock.get("/api/v1/audit?action=agent.changed", &scene.key).body["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1), "the same again is no change: {entries}");
    assert_eq!(entries[0]["after"]["rejects_hiring"]["is_on"], true, "{entries}");
}

#[test]
fn a_wrong_field_is_named_and_changes_nothing() {
    let scene = Scene::begin();
    let one = |change: Value| {
        let mut one = json!({"kind": "hiring", "is_on": true, "when": by_link(), "reason": "Job seeker"});
        one.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
        one
    };
    let right = one(json!({}));
    let asks = |field: &str, value: &str| one(json!({"when": {"field": field, "op": "eq", "value": value}}));
    for (agents, code, pointer) in [
        (vec![right.clone(), one(json!({"kind": "sales"}))], 422, "/agents/1/kind"),
        (vec![right.clone(), right.clone()], 422, "/agents/1/kind"),
        (vec![one(json!({"when": {"all": []}}))], 422, "/agents/0/when"),
        (vec![one(json!({"when": {"not": {"any": []}}}))], 422, "/agents/0/when"),
        (vec![asks("custom.paln", "gold")], 422, "/agents/0/when"),
        (
            vec![right.clone(), {
                let mut other = asks("intent.type", "Byuing");
                other["kind"] = json!("buying");
                other
            }],
            422,
            "/agents/1/when",
        ),
        (vec![one(json!({"reason": " "}))], 422, "/agents/0/reason"),
        (vec![one(json!({"reason": "x".repeat(61)}))], 422, "/agents/0/reason"),
    ] {
        let reply = scene.knock.ask("PUT", PATH, &scene.key, &json!({"agents": agents}));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(scene.knock.get(PATH, &scene.key).body["agents"][2]["is_on"], false);
    // Switched off, nothing is needed.
    scene.saves(&json!({"agents": [one(json!({"is_on": false, "when": {"all": []}, "reason": ""}))]}));
}

#[test]
fn a_lead_who_matches_hears_the_last_words_once_and_is_rejected() {
    let scene = Scene::begin();
    scene.saves(&hiring(true, &by_link()));
    let chat = scene.opens(1);
    let said = scene.answers(&chat, 1, HIRING);
    assert!(said.len() == 1 && said[0].contains(NOT_YET), "{said:?}");
    let state = scene.state(&chat);
    let expected = (&json!("Rejected"), &json!("AI"), &json!("Job seeker"));
    assert_eq!((&state["status"], &state["rejected_by"], &state["reject_reason"]), expected);
    let record = chat.record(&scene.knock, &scene.key);
    assert_eq!(record["decisions"], json!([]), "it is not routed: {record}");
    assert_eq!(scene.answers(&chat, 2, "Hello? Can I talk to a human?"), Vec::<String>::new(), "the chat is over");
    scene.knock.advance(300_000);
    assert!(scene.is_rejected(&chat) && chat.record(&scene.knock, &scene.key)["decisions"] == json!([]));

    let other = scene.opens(2);
    scene.answers(&other, 11, "What does a licence cost?");
    assert!(!scene.is_rejected(&other), "another agent has other conditions");
}

#[test]
fn a_rejection_that_a_member_takes_back_is_not_made_again() {
    let scene = Scene::begin();
    scene.saves(&hiring(true, &by_link()));
    let chat = scene.opens(1);
    scene.answers(&chat, 1, HIRING);
    assert!(scene.is_rejected(&chat));
    assert_eq!(chat.act(&scene.knock, &scene.key, &json!("undo_reject")), 204);
    assert!(!scene.is_rejected(&chat));
    assert!(!scene.answers(&chat, 2, HIRING).is_empty(), "the agent goes on");
    assert!(!scene.is_rejected(&chat));
}

#[test]
fn no_one_is_rejected_while_a_member_has_the_chat_or_it_is_switched_off() {
    let scene = Scene::begin();
    let chat = scene.opens(1);
    scene.answers(&chat, 1, "Can I talk to a human?");
    assert_ne!(scene.state(&chat)["rep_owner"], "AI Agent");
    scene.saves(&hiring(true, &by_link()));
    scene.answers(&chat, 2, HIRING);
    assert!(!scene.is_rejected(&chat), "a member has it");

    // Handed back after an answer of a human: someone of the team knows the lead.
    assert_eq!(chat.rep_writes(&scene.knock, 3, "Hello, I am Ann"), 201);
    assert_eq!(chat.act(&scene.knock, &scene.key, &json!({"assign": {"to": "ai_agent"}})), 204);
    scene.answers(&chat, 4, HIRING);
    assert!(!scene.is_rejected(&chat), "a member has answered");

    scene.saves(&hiring(false, &by_link()));
    let off = scene.opens(2);
    assert!(!scene.answers(&off, 11, HIRING).is_empty());
    assert!(!scene.is_rejected(&off), "it is switched off");
}

#[test]
fn each_kind_of_agent_has_its_own_last_words_in_the_language_of_the_lead() {
    let scene = Scene::begin();
    scene.saves(&hiring(true, &by_link()));
    let chat = scene.opens(1);
    let said = scene.answers(&chat, 1, "Ich möchte mich auf die Stelle bewerben");
    assert!(said.len() == 1 && said[0].contains("Zurzeit können wir Ihnen nichts anbieten"), "{said:?}");

    let path = "/api/v1/playbooks/hiring/en";
    let mut steps = scene.knock.get(path, &scene.key).body["versions"][0]["steps"].clone();
    for step in steps.as_array_mut().expect("steps") {
        step.as_object_mut().expect("a step").remove("places");
        if step["step"] == "rejected" {
            step["texts"] = json!(["We hire no one this year."]);
        }
    }
    let saved = scene.knock.ask("PUT", path, &scene.key, &json!({"version": 0, "steps": steps}));
    assert_eq!(saved.code, 200, "{}", saved.body);
    let chat = scene.opens(2);
    assert_eq!(scene.answers(&chat, 11, HIRING), ["We hire no one this year."]);
}
