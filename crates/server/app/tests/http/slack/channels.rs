//! The channels of rules and segments, and a private channel that the bot is removed from.

use super::{Office, key_of, once, text};
use crate::members::Browser;
use contract_slack::seed;
use knock_model::Role;
use knock_testing::{Chat, found};
use serde_json::{Value, json};

impl Office {
    /// An office with all chats for Ann; job seekers have a channel by its name, the others one by its id.
    fn with_channels() -> Office {
        let office = Office::with_ann();
        let assign = json!({"rep": office.member("ann@acme.example")});
        let jobs = json!({"field": "intent.type", "op": "eq", "value": "Job seeker"});
        let segment = json!({"id": "jobs", "name": "Job seekers", "when": jobs, "assign": assign,
            "monitoring_channel": "#leads"});
        let rule = json!({"name": "Default Routing Rule", "funnel": "chat", "segments": [segment],
            "fallback": {"assign": assign}, "monitoring_channel": seed::PRIVATE});
        let saved = office.ask("PUT", "/api/v1/rules/default_chat", &rule);
        assert_eq!(saved.code, 200, "{}", saved.body);
        office
    }

    /// Waits until the card says that the rep did not answer in time.
    fn settle_cards(&self) {
        found("the card says so", || {
            self.passes(3_000);
            self.post("monitor:")["blocks"].to_string().contains("Rep Reply Needed").then_some(())
        });
    }

    /// The channel that shows a chat.
    fn channel_of(&self, chat: &Chat) -> String {
        text(&self.post(&format!("monitor:{}", chat.id)), "channel")
    }
}

#[test]
fn chats_are_shown_in_the_channel_of_their_segment_else_of_their_rule() {
    let office = Office::with_channels();
    let job = office.visitor_writes(1, "I saw your job opening and want to apply, here is my resume");
    let quote = office.visitor_writes(2, "We are 200 people and need a quote");
    assert_eq!(office.channel_of(&job), seed::LEADS);
    assert_eq!(office.channel_of(&quote), seed::PRIVATE);
    office.settle();
    let in_general = office.slack.messages().iter().filter(|message| message["channel"] == seed::GENERAL).count();
    assert_eq!(in_general, 0);
}

#[test]
fn chats_of_a_private_channel_without_the_bot_are_shown_in_the_one_of_the_workspace() {
    let office = Office::with_channels();
    let is_changed = |change| office.slack.control("POST", "channel", &json!({"channel": seed::PRIVATE, "do": change}));
    is_changed("remove");
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    assert_eq!(office.channel_of(&chat), seed::GENERAL);
    let card = office.post(&format!("monitor:{}", chat.id))["blocks"].to_string();
    assert!(card.contains("the rule \u{201c}Default Routing Rule\u{201d}") && card.contains("nvite the bot"), "{card}");
    let settings = office.until("it is shown", |settings| settings["problems"][0]["channel"] == seed::PRIVATE);
    let problem = &settings["problems"][0];
    let kind = problem["kind"].as_str().expect("a kind");
    assert!(["channel_unknown", "not_in_channel"].contains(&kind), "{settings}");
    let place = &problem["places"][0];
    assert_eq!((&place["rule_id"], &place["segment"]), (&json!("default_chat"), &json!("")), "{settings}");
    let listed = office.knock.get("/api/v1/slack/channels", &office.key).body;
    assert_eq!(listed["problems"][0]["channel"], seed::PRIVATE, "{listed}");
    // The next chat does not try it again.
    let tried = || {
        let calls = office.slack.calls("chat.postMessage");
        calls.iter().filter(|call| call["arguments"]["channel"] == seed::PRIVATE).count()
    };
    let before = tried();
    let next = office.visitor_writes(2, "We are 300 people and need a quote");
    assert_eq!((office.channel_of(&next), tried()), (seed::GENERAL.to_owned(), before));
    office.settle();
    assert_eq!(office.settings()["parked"], 0);
    // Slack sends an event about the invitation; what comes then is shown there.
    is_changed("invite");
    office.until("nothing is wrong", |settings| settings["problems"] == json!([]));
    let later = office.visitor_writes(3, "We are 400 people and need a quote");
    assert_eq!(office.channel_of(&later), seed::PRIVATE);
    once(&office);
}

#[test]
fn a_channel_that_slack_does_not_know_loses_no_card() {
    let office = Office::with_ann();
    let assign = json!({"rep": office.member("ann@acme.example")});
    let segment = json!({"id": "all", "name": "Everybody", "when": {"field": "intent.type", "op": "neq", "value": "Support"},
        "assign": assign, "monitoring_channel": "#gone"});
    let rule = json!({"name": "Assign", "funnel": "chat", "segments": [segment], "fallback": {"assign": assign}});
    let saved = office.ask("PUT", "/api/v1/rules/default_chat", &rule);
    assert_eq!(saved.code, 200, "{}", saved.body);
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    assert_eq!(office.channel_of(&chat), seed::GENERAL);
    let card = office.post(&format!("monitor:{}", chat.id))["blocks"].to_string();
    assert!(
        card.contains("#gone, the channel of the rule \u{201c}Assign\u{201d}, segment \u{201c}Everybody\u{201d}"),
        "{card}"
    );
    let settings = office.until("it is shown", |settings| settings["problems"][0]["kind"] == "channel_unknown");
    assert_eq!(settings["problems"][0]["places"][0]["segment"], "Everybody", "{settings}");
    office.settle();
    assert_eq!(office.settings()["parked"], 0);
}

#[test]
fn a_card_whose_channel_is_closed_goes_on_in_the_one_of_the_workspace() {
    let office = Office::with_channels();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    assert_eq!(office.channel_of(&chat), seed::PRIVATE);
    office.settle();
    office.slack.control("POST", "channel", &json!({"channel": seed::PRIVATE, "do": "archive"}));
    assert_eq!(chat.write(&office.knock, 2, "Could you call on Tuesday?").code, 201);
    let key = format!("monitor:{}", chat.id);
    let in_general = || {
        let messages = office.slack.messages();
        let is_card = |message: &Value| message["channel"] == seed::GENERAL && key_of(message) == key;
        messages.into_iter().filter(is_card).collect::<Vec<_>>()
    };
    let card = found("the card stands in the channel of the workspace", || {
        office.passes_between_attempts();
        in_general().pop()
    });
    let shown = card["blocks"].to_string();
    for wanted in ["Could you call on Tuesday?", "the rule \u{201c}Default Routing Rule\u{201d}", "is archived"] {
        assert!(shown.contains(wanted), "{wanted}: {shown}");
    }
    let settings = office.until("it is shown", |settings| settings["problems"][0]["channel"] == seed::PRIVATE);
    assert_eq!(settings["problems"][0]["kind"], "channel_gone", "{settings}");
    // What changes then is changed there, and so is the reminder of the channel.
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"reject": "Too small"})), 204);
    found("the card says so", || {
        office.passes_between_attempts();
        in_general().pop().filter(|card| card["blocks"].to_string().contains("Rejected"))
    });
    assert_eq!(in_general().len(), 1);
    assert_eq!(office.settings()["parked"], 0);
}

#[test]
fn the_reminder_of_a_closed_channel_stands_under_the_card_in_the_one_of_the_workspace() {
    let office = Office::with_channels();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    office.settle();
    office.passes(2 * 60_000);
    office.post("nudge:");
    office.settle_cards();
    office.slack.control("POST", "channel", &json!({"channel": seed::PRIVATE, "do": "archive"}));
    let reminder = found("the channel is reminded", || {
        office.passes_between_attempts();
        let messages = office.slack.messages();
        messages.into_iter().find(|message| key_of(message).contains(":channel:"))
    });
    assert_eq!(reminder["channel"], seed::GENERAL, "{reminder}");
    let card = office
        .slack
        .message(|message| message["channel"] == seed::GENERAL && key_of(message) == format!("monitor:{}", chat.id));
    assert_eq!(reminder["thread_ts"], card["ts"], "{reminder}");
}

#[test]
fn who_edits_rules_is_offered_the_channels() {
    let office = Office::with_ann();
    let admin = Browser::admin(&office.knock);
    let manager = Browser::nameless(&office.knock, &admin, "manager@acme.example", Role::Manager);
    let inputs = manager.get(&office.knock, "/api/v1/rules/inputs?funnel=chat");
    assert_eq!((inputs.code, &inputs.body["has_slack"]), (200, &json!(true)), "{}", inputs.body);
    let listed = manager.get(&office.knock, "/api/v1/slack/channels");
    assert_eq!((listed.code, &listed.body["is_complete"]), (200, &json!(true)), "{}", listed.body);
    assert_eq!(manager.get(&office.knock, "/api/v1/slack").code, 403);
    let rep = Browser::nameless(&office.knock, &admin, "rep@acme.example", Role::Rep);
    assert_eq!(rep.get(&office.knock, "/api/v1/slack/channels").code, 403);
}
