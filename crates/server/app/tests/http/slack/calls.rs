//! Few calls: direct messages are opened once, and what Slack refused is not looked for.

use super::failing::until_shown;
use super::{Office, once};
use contract_slack::seed;
use serde_json::json;

#[test]
fn direct_messages_are_opened_once_for_all_chats_of_a_rep() {
    let office = Office::with_ann();
    for visitor in 1..4 {
        let chat = office.visitor_writes(visitor, "We are 200 people and need a quote");
        until_shown(&office, &chat, &["a quote"]);
    }
    assert_eq!(office.slack.calls("conversations.open").len(), 1);
    once(&office);
}

#[test]
fn after_a_refusal_for_the_rate_nothing_is_looked_for() {
    let office = Office::with_ann();
    let fault = json!({"method": "chat.postMessage", "do": "rate_limit", "retry_after": 2, "times": 2});
    office.slack.control("POST", "faults", &fault);
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    until_shown(&office, &chat, &["a quote"]);
    office.post(&format!("monitor:{}", chat.id));
    for method in ["conversations.history", "conversations.replies"] {
        assert_eq!(office.slack.calls(method).len(), 0, "{method}");
    }
    once(&office);
}

#[test]
fn the_first_message_of_a_lead_is_on_the_card_and_not_below_it_again() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    until_shown(&office, &chat, &["a quote"]);
    assert_eq!(chat.write(&office.knock, 2, "By Friday please").code, 201);
    until_shown(&office, &chat, &["a quote", "By Friday please"]);
    let (_, thread) = office.thread(&chat);
    let posted = office.slack.calls("chat.postMessage");
    let in_thread = posted.iter().filter(|call| call["arguments"]["thread_ts"] == thread.as_str());
    let first = in_thread.filter(|call| call["arguments"]["text"].to_string().contains("200 people")).count();
    assert_eq!(first, 0, "{posted:#?}");
    assert!(posted.iter().any(|call| call["arguments"]["channel"] == seed::GENERAL));
}
