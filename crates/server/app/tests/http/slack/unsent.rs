//! Who writes where no lead reads gets a hint, and learns how a lead is answered.

use super::{Office, text};
use contract_slack::seed;

#[test]
fn a_message_outside_a_thread_is_answered_with_a_hint() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let (channel, _) = office.thread(&chat);
    office.slack.write(seed::ANN, &channel, None, "Happy to help");
    assert_eq!(office.until_shown_alone(seed::ANN, "This did not reach a lead"), 1);
    // In a thread of their own message, too.
    let own = office.slack.write(seed::ANN, &channel, None, "Hello?");
    office.slack.write(seed::ANN, &channel, Some(&own), "Anybody?");
    office.ann_writes(&chat, "The end");
    office.until_seen(&chat, "The end");
    office.settle();
    assert_eq!(office.until_shown_alone(seed::ANN, "choose Reply in thread"), 3);
    assert!(office.seen(&chat).iter().all(|(author, text)| author != "rep" || text == "The end"));
}

#[test]
fn who_talks_in_a_channel_is_left_alone() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    let card = office.post("monitor:");
    office.slack.write(seed::ANN, seed::GENERAL, Some(&text(&card, "ts")), "I know them");
    office.slack.write(seed::ANN, seed::GENERAL, None, "Lunch?");
    office.ann_writes(&chat, "The end");
    office.until_seen(&chat, "The end");
    office.settle();
    assert_eq!(office.slack.state()["ephemeral"].as_array().map(Vec::len), Some(0));
}
