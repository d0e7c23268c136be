//! Buttons and menus of a card, and the slash command.

use super::{Office, first_message, text};
use crate::members::Browser;
use contract_slack::seed;
use serde_json::{Value, json};

fn owner(office: &Office, chat: &knock_testing::Chat) -> Value {
    chat.record(&office.knock, &office.key)["conversation"]["state"]["rep_owner"].clone()
}

#[test]
fn a_chat_is_handed_back_taken_over_and_given_to_another() {
    let office = Office::with_ann();
    office.hires("bob@acme.example");
    office.until("both are members", |settings| settings["users_matched"] == 2);
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let ts = text(&office.post("monitor:"), "ts");
    let press = |user: &str, action: &str| {
        let answer = office.slack.press(user, seed::GENERAL, &ts, action);
        assert_eq!(answer["status"], 200, "{answer}");
    };
    press(seed::ANN, "hand_back");
    assert_eq!(owner(&office, &chat), "AI Agent");
    press(seed::BOB, "take_over");
    assert_eq!(owner(&office, &chat), "bob@acme.example");
    let bob = office.member("bob@acme.example");
    let root = office.post(&format!("dm:{}:{bob}", chat.id));
    // The new rep sees the earlier messages, and replies from a thread of their own.
    assert!(first_message(&root).is_some_and(|first| first.contains("200 people")), "{root}");
    office.slack.write(seed::BOB, &text(&root, "channel"), root["ts"].as_str(), "Bob here");
    office.until_seen(&chat, "Bob here");
    let ann = office.member("ann@acme.example");
    let given = json!({"user": seed::BOB, "channel": seed::GENERAL, "ts": ts, "action_id": "assign", "value": ann});
    assert_eq!(office.slack.control("POST", "press", &given)["status"], 200);
    assert_eq!(owner(&office, &chat), "ann@acme.example");
}

#[test]
fn the_first_human_reply_in_a_chat_of_the_agent_makes_its_writer_the_owner() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let ts = text(&office.post("monitor:"), "ts");
    office.thread(&chat);
    office.slack.press(seed::ANN, seed::GENERAL, &ts, "hand_back");
    assert_eq!(owner(&office, &chat), "AI Agent");
    office.ann_writes(&chat, "I take this");
    office.until_seen(&chat, "I take this");
    assert_eq!(owner(&office, &chat), "ann@acme.example");
}

#[test]
fn leads_are_rejected_with_a_reason_marked_as_spam_and_won() {
    let office = Office::with_ann();
    let [rejected, spam, won] = [1, 2, 3].map(|n| office.visitor_writes(n, "We are 200 people and need a quote"));
    let card = |chat: &knock_testing::Chat| text(&office.post(&format!("monitor:{}", chat.id)), "ts");
    let given = json!({"user": seed::ANN, "channel": seed::GENERAL, "ts": card(&rejected), "action_id": "reject",
        "value": "No budget"});
    assert_eq!(office.slack.control("POST", "press", &given)["status"], 200);
    let state = rejected.record(&office.knock, &office.key)["conversation"]["state"].clone();
    assert_eq!((&state["status"], &state["reject_reason"]), (&json!("Rejected"), &json!("No budget")));
    office.slack.press(seed::ANN, seed::GENERAL, &card(&spam), "spam");
    assert_eq!(spam.status(&office.knock, &office.key), "Spam");
    office.slack.press(seed::ANN, seed::GENERAL, &card(&won), "deal_opened");
    assert_eq!(won.status(&office.knock, &office.key), "Qualified");
    // A button pressed by a user who is no member has no effect except an explanation.
    office.slack.press(seed::CLEO, seed::GENERAL, &card(&won), "hand_back");
    office
        .slack
        .until(|state| state["ephemeral"].as_array()?.iter().find(|shown| shown["user"] == seed::CLEO).cloned());
    assert_eq!(owner(&office, &won), "ann@acme.example");
}

#[test]
fn another_reason_is_asked_for_in_a_form() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let ts = text(&office.post("monitor:"), "ts");
    let chooses = |user: &str| {
        let given = json!({"user": user, "channel": seed::GENERAL, "ts": ts, "action_id": "reject",
            "value": "other..."});
        assert_eq!(office.slack.control("POST", "press", &given)["status"], 200);
    };
    let sends = |reason: &str| {
        let given = json!({"user": seed::ANN, "values": {"reason": reason}});
        let answer = office.slack.control("POST", "submit", &given);
        assert_eq!(answer["status"], 200, "{answer}");
        answer["body"].to_string()
    };
    let status = || chat.status(&office.knock, &office.key);
    chooses(seed::CLEO);
    assert!(office.slack.calls("views.open").is_empty(), "no member");
    chooses(seed::ANN);
    assert_ne!(status(), "Rejected");
    assert!(sends("  ").contains("Enter a reason"));
    assert!(sends(&"x".repeat(201)).contains("longer than 200"));
    assert_ne!(status(), "Rejected");
    assert!(!sends(" Moves to a <competitor> & stays ").contains("errors"));
    let state = chat.record(&office.knock, &office.key)["conversation"]["state"].clone();
    let reason = json!("Moves to a <competitor> & stays");
    assert_eq!((&state["status"], &state["reject_reason"]), (&json!("Rejected"), &reason));
    // If Slack opens no modal, the user gets a message.
    office.slack.control(
        "POST",
        "faults",
        &json!({"method": "views.open", "do": "error", "error": "expired_trigger_id"}),
    );
    chooses(seed::ANN);
    office.slack.until(|state| {
        let mut shown = state["ephemeral"].as_array()?.iter();
        shown.find(|shown| shown["text"].as_str().is_some_and(|text| text.contains("in time"))).cloned()
    });
}

#[test]
fn the_command_lists_links_to_members_who_may_see_them() {
    let office = Office::with_ann();
    let ask = |user: &str, text: &str| {
        let given = json!({"user": user, "channel": seed::GENERAL, "command": "/knock", "text": text});
        let answer = office.slack.control("POST", "command", &given);
        assert_eq!(answer["status"], 200, "{answer}");
        answer["body"].to_string()
    };
    let refused = ask(seed::ANN, "links");
    assert!(!refused.contains("/l/chat") && refused.contains("role"), "{refused}");
    let admin = Browser::admin(&office.knock);
    let ann = format!("/api/v1/members/{}", admin.id_of(&office.knock, "ann@acme.example"));
    assert_eq!(admin.ask(&office.knock, "PATCH", &ann, &json!({"role": "manager"})).code, 200);
    assert!(ask(seed::ANN, "links").contains("/l/chat"));
    assert!(ask(seed::ANN, "status").contains("still to be posted"));
    assert!(ask(seed::ANN, "").contains("/knock links"));
    assert!(!ask(seed::CLEO, "links").contains("/l/chat"));
}

#[test]
fn a_meeting_is_offered_by_the_own_calendar_and_without_hours_by_the_team_s() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let ts = text(&office.post("monitor:"), "ts");
    let cards = || -> Vec<Value> {
        let all = chat.messages(&office.knock, 0).into_iter();
        all.map(|message| message["card"].clone()).filter(|card| !card.is_null()).collect()
    };
    let press = || office.slack.press(seed::ANN, seed::GENERAL, &ts, "booking_card");
    assert_eq!(
        (press()["status"].clone(), cards()),
        (json!(200), vec![json!({"kind": "meeting"})]),
        "Ann has no hours"
    );
    let day = json!([["09:00", "17:00"]]);
    let hours = json!({"zone": "Europe/Berlin", "mon": day, "tue": day, "wed": day, "thu": day, "fri": day});
    let path = format!("/api/v1/members/{}/availability", office.member("ann@acme.example"));
    assert_eq!(office.ask("PUT", &path, &json!({"hours": hours})).code, 200);
    press();
    assert_eq!(cards(), [json!({"kind": "meeting"}), json!({"kind": "meeting", "own": true})]);
}
