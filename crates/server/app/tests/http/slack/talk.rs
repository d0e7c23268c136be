//! A chat in the right channel and with the right rep, who replies from the thread.

use super::{Office, calls_only, first_message, is_reply, key_of, mention, once, text};
use contract_slack::seed;
use knock_testing::{eventually, found};
use serde_json::{Value, json};

#[test]
fn a_lead_is_shown_in_the_channel_and_answered_from_the_thread() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote <!channel> & more");
    let card = office.post("monitor:");
    assert_eq!(card["channel"], seed::GENERAL);
    let shown = card["blocks"].to_string();
    for part in [&*mention(seed::ANN), "Assigned to", "Intent", "Status", "Routed by"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let (channel, thread) = office.thread(&chat);
    let root = office.post("dm:");
    assert_eq!((&root["channel"], &root["ts"]), (&json!(channel), &json!(thread)));
    assert_eq!(
        first_message(&root).as_deref(),
        Some("We are 200 people and need a quote &lt;!channel&gt; &amp; more"),
        "{root}"
    );
    assert!(calls_only(&root, seed::ANN), "no one is called by what a visitor writes: {root}");
    office.ann_writes(&chat, "Happy to help &amp; more :wave:");
    office.until_seen(&chat, "Happy to help & more \u{1f44b}");
    assert_eq!(chat.status(&office.knock, &office.key), "Rep Discovery");
    let state = &chat.record(&office.knock, &office.key)["conversation"]["state"];
    assert_eq!(
        (&state["rep_owner"], &state["responding_rep"]),
        (&json!("ann@acme.example"), &json!("ann@acme.example"))
    );
    assert!(state["response_minutes"].is_number(), "{state}");
    found("the card says so", || {
        let messages = office.slack.messages();
        let card = messages.iter().find(|message| key_of(message).starts_with("monitor:"))?;
        card["blocks"].to_string().contains("Rep Discovery").then_some(())
    });
    office.settle();
    once(&office);
    // Her own messages are not posted to her again.
    let in_thread = office.slack.messages().iter().filter(|message| is_reply(message, &json!(thread))).count();
    assert_eq!(in_thread, office.seen(&chat).len() - 1, "the first message stands on the card");
}

#[test]
fn what_is_written_in_the_inbox_and_by_the_lead_goes_into_the_thread_in_order() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let (_, thread) = office.thread(&chat);
    assert_eq!(chat.rep_writes(&office.knock, 2, "From the Inbox"), 201);
    for number in 3..8 {
        assert_eq!(chat.write(&office.knock, number, &format!("Line {number}")).code, 201);
    }
    let wanted = ["From the Inbox", "Line 3", "Line 4", "Line 5", "Line 6", "Line 7"];
    found("all is in the thread", || {
        // Slack takes three messages at once, then one a second.
        office.passes_between_attempts();
        let messages = office.slack.messages();
        let replies = messages.iter().filter(|message| is_reply(message, &json!(thread)));
        let texts: Vec<String> = replies.map(|message| text(message, "text")).collect();
        let places: Vec<_> = wanted.iter().map(|line| texts.iter().position(|text| text.ends_with(line))).collect();
        (places.iter().all(Option::is_some) && places.is_sorted()).then_some(())
    });
    office.settle();
    once(&office);
}

#[test]
fn nothing_is_told_twice_however_often_slack_tells_it() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.slack.control("PUT", "delivery", &json!({"duplicates": 3, "other_ids": true}));
    office.ann_writes(&chat, "Once");
    office.until_seen(&chat, "Once");
    office.settle();
    let of_rep = office.seen(&chat).into_iter().filter(|(author, _)| author == "rep").count();
    assert_eq!(of_rep, 1);
}

#[test]
fn who_is_no_member_is_told_so_and_nothing_is_sent() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let (channel, thread) = office.thread(&chat);
    // Her account in Slack gets another address.
    office.slack.control("POST", "users", &json!({"id": seed::ANN, "email": "ann@other.example"}));
    office.until("she is nobody here", |settings| settings["users_matched"] == 0);
    office.slack.write(seed::ANN, &channel, Some(&thread), "Hello");
    office.slack.until(|state| state["ephemeral"].as_array()?.iter().find(|shown| shown["user"] == seed::ANN).cloned());
    assert!(office.seen(&chat).iter().all(|(author, _)| author != "rep"));
}

#[test]
fn a_reply_in_the_monitoring_channel_stays_there() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let card = office.post("monitor:");
    office.slack.write(seed::ANN, seed::GENERAL, card["ts"].as_str(), "I know them");
    office.ann_writes(&chat, "Hello");
    office.until_seen(&chat, "Hello");
    assert!(office.seen(&chat).iter().all(|(_, text)| text != "I know them"));
}

#[test]
fn a_rep_is_reminded_after_two_minutes_and_the_channel_later() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    office.settle();
    office.passes(2 * 60_000);
    let nudge = office.post("nudge:");
    assert_eq!(nudge["notified"], json!([seed::ANN]), "{nudge}");
    let of_channel = |message: &Value| key_of(message).contains(":channel:");
    assert!(!office.slack.messages().iter().any(of_channel));
    office.passes(8 * 60_000);
    assert_eq!(office.slack.message(of_channel)["channel"], seed::GENERAL);
    eventually("nothing waits", || office.settings()["waiting"] == 0);
    once(&office);
}
