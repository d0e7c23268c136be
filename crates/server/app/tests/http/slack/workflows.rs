//! Posts of workflows in a channel: the words of the step and the card of the lead, once, also after the channel was gone.

use super::{Office, key_of, once, text};
use contract_slack::seed;
use serde_json::{Value, json};

impl Office {
    /// A workflow that posts in a channel when a lead writes.
    fn posts_in(&self, channel: &str) {
        let draft = json!({
            "name": "Job seekers",
            "definition": {"trigger": {"on": "message", "by": "lead"}, "steps": [{"id": "s", "do": "slack"}]},
            "contents": {"s": {"do": "slack", "channel": channel, "channel_name": "leads",
                "text": "Looks for a job: {{email|unknown}}"}},
        });
        let saved = self.ask("POST", "/api/v1/workflows", &draft);
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
