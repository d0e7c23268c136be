//! Posts of workflows in a channel: the words of the step and the card of the lead, once, also after the channel was gone.

use super::install::{app, decided};
use super::{Office, key_of, once, text};
use crate::members::Browser;
use contract_slack::seed;
use serde_json::{Value, json};

/// A workflow that posts in a channel when a lead writes.
fn draft(channel: &str) -> Value {
    json!({
        "name": "Job seekers",
        "definition": {"trigger": {"on": "message", "by": "lead"}, "steps": [{"id": "s", "do": "slack"}]},
        "contents": {"s": {"do": "slack", "channel": channel, "channel_name": "leads",
            "text": "Looks for a job: {{email|unknown}}."}},
    })
}

impl Office {
    fn posts_in(&self, channel: &str) {
        let saved = self.ask("POST", "/api/v1/workflows", &draft(channel));
        assert_eq!(saved.code, 201, "{}", saved.body);
        let state = format!("/api/v1/workflows/{}/state", saved.text("id"));
        assert_eq!(self.ask("PUT", &state, &json!({"enabled": true})).code, 200);
    }
}

/// The posts of workflows.
fn posts(office: &Office) -> Vec<Value> {
    office.slack.messages().into_iter().filter(|message| key_of(message).starts_with("workflow:")).collect()
}

#[test]
fn a_step_posts_its_words_with_the_card_of_the_lead_once() {
    let office = Office::open();
    office.posts_in(seed::LEADS);
    office.visitor_writes(1, "I saw your job opening. I am lee@first.example");
    let post = office.post("workflow:");
    assert_eq!(text(&post, "channel"), seed::LEADS);
    let notified = "Looks for a job: lee@first.example: lee@first.example (first.example)";
    assert_eq!(text(&post, "text"), notified);
    let blocks = post["blocks"].to_string();
    for part in ["Looks for a job: lee@first.example", "Workflow Job seekers", "/app/contacts/"] {
        assert!(blocks.contains(part), "{part}: {blocks}");
    }
    office.settle();
    assert_eq!(posts(&office).len(), 1);
    once(&office);
}

#[test]
fn a_post_waits_until_its_channel_can_be_used_again() {
    let office = Office::open();
    office.posts_in(seed::LEADS);
    office.slack.control("POST", "channel", &json!({"channel": seed::LEADS, "do": "archive"}));
    office.visitor_writes(1, "I saw your job opening and want to apply");
    office.until("it is shown", |settings| settings["problems"][0]["kind"] == "channel_gone");
    office.until("it was given up", |settings| settings["parked"] != 0);
    office.slack.control("POST", "channel", &json!({"channel": seed::LEADS, "do": "unarchive"}));
    office.post("workflow:");
    office.until("nothing is wrong", |settings| settings["problems"] == json!([]) && settings["parked"] == 0);
    once(&office);
}

#[test]
fn a_channel_that_slack_does_not_list_is_refused_unless_it_was_named_before() {
    let office = Office::bare();
    let path = "/api/v1/workflows";
    let saved = office.ask("POST", path, &draft("C09NOWHERE"));
    assert_eq!(saved.code, 201, "without a connection nothing is known: {}", saved.body);
    let admin = Browser::admin(&office.knock);
    let back = decided(&admin.installs(&office.knock, &app()), "allow");
    assert_eq!(admin.comes_back(&office.knock, &back), "done");
    let change = |channel: &str| json!({"draft": draft(channel)});
    let own = format!("{path}/{}", saved.text("id"));
    for (method, path, body, pointer) in [
        ("POST", path, draft(seed::GENERAL), ""),
        ("POST", path, draft(seed::SECRET), "/contents/s/channel"),
        ("POST", path, draft(seed::ARCHIVED), "/contents/s/channel"),
        ("POST", path, draft("C09NOWHERE"), "/contents/s/channel"),
        ("PUT", &own, change(seed::SECRET), "/draft/contents/s/channel"),
        ("PUT", &own, change("C09NOWHERE"), ""),
    ] {
        let reply = office.ask(method, path, &body);
        let found = reply.body["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert_eq!((found, reply.code == 422), (pointer, !pointer.is_empty()), "{body}: {}", reply.body);
    }
}
