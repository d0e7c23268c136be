//! Chats that were assigned before Slack's users were read.

use super::Office;
use crate::support::Knock;
use contract_slack::{Slack, seed};
use serde_json::{Value, json};

impl Office {
    /// Makes Ann a rep who gets every chat.
    fn routes_to_ann(&self) {
        self.hires("ann@acme.example");
        let rule = json!({"name": "Default Routing Rule", "funnel": "chat", "segments": [],
            "fallback": {"assign": {"rep": self.member("ann@acme.example")}}});
        assert_eq!(self.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
        assert_eq!(self.ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false})).code, 200);
    }

    fn shows_nothing_to_ann(&self) {
        self.post("monitor:");
        self.settle();
        assert!(!self.slack.messages().iter().any(|message| super::key_of(message).starts_with("dm:")));
    }
}

#[test]
fn a_chat_that_was_assigned_before_the_users_were_read_is_shown_to_its_rep_then() {
    let slack = Slack::start();
    slack.control(
        "POST",
        "faults",
        &json!({"method": "users.list", "do": "error", "error": "fatal_error", "times": 99}),
    );
    let api_url = slack.api_url();
    let settings = [
        ("KNOCK_SLACK_API_URL", api_url.as_str()),
        ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
        ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
    ];
    let office = Office::with(slack, Knock::start_with(&settings));
    let body = json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"});
    assert_eq!(office.ask("PUT", super::SETTINGS, &body).code, 200);
    office.routes_to_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.shows_nothing_to_ann();
    office.slack.control("DELETE", "faults", &Value::Null);
    // An event about a channel makes the server list the users again.
    office.slack.control("POST", "channel", &json!({"channel": seed::GENERAL, "do": "rename", "name": "all"}));
    office.thread(&chat);
    office.ann_writes(&chat, "Hello");
    office.until_seen(&chat, "Hello");
}

#[test]
fn a_chat_of_a_rep_whose_account_changes_to_their_address_is_shown_to_them() {
    let office = Office::open();
    office.slack.control("POST", "users", &json!({"id": seed::ANN, "email": "ann@other.example"}));
    office.routes_to_ann();
    office.until("the users are listed", |settings| settings["users"] == 4 && settings["users_matched"] == 0);
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.shows_nothing_to_ann();
    office.slack.control("POST", "users", &json!({"id": seed::ANN, "email": "ann@acme.example"}));
    office.thread(&chat);
    super::once(&office);
}
