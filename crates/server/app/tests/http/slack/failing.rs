//! Slack is down, slow, or loses responses; the server is killed: no message is lost, and none is posted twice.

use super::{Office, first_message, is_reply, key_of, once, text};
use contract_slack::seed;
use knock_testing::{Chat, found, is_late};
use serde_json::{Value, json};

/// The texts of a thread, in order: what the lead wrote first stands on its card.
fn thread_of(office: &Office, chat: &Chat) -> Vec<String> {
    let messages = office.slack.messages();
    let root = messages.iter().find(|message| key_of(message).starts_with(&format!("dm:{}:", chat.id)));
    let Some(root) = root else { return Vec::new() };
    let replies = messages.iter().filter(|message| is_reply(message, &root["ts"]));
    first_message(root).into_iter().chain(replies.map(|message| text(message, "text"))).collect()
}

/// Waits until a thread has these lines, in order; advances the clock meanwhile, since retries have growing delays.
pub(super) fn until_shown(office: &Office, chat: &Chat, lines: &[&str]) {
    found("the lines are in the thread", || {
        office.passes_between_attempts();
        let shown = thread_of(office, chat);
        let places: Vec<_> = lines.iter().map(|line| shown.iter().position(|text| text.ends_with(line))).collect();
        (places.iter().all(Option::is_some) && places.is_sorted()).then_some(())
    });
}

#[test]
fn an_outage_of_ten_minutes_is_made_up_for_in_order() {
    let office = Office::with_ann();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    for number in 2..5 {
        assert_eq!(chat.write(&office.knock, number, &format!("Line {number}")).code, 201);
    }
    for _ in 0..20 {
        found("no attempt is under way", || office.passes_between_attempts().then_some(()));
        let tried = office.slack.calls("chat.postMessage").len();
        office.until("it is tried or waits", |settings| settings["waiting"] != 0);
        assert!(tried < 100, "attempts are made ever more seldom");
    }
    assert_eq!(thread_of(&office, &chat).len(), 0);
    office.slack.control("PUT", "outage", &json!({"on": false}));
    until_shown(&office, &chat, &["a quote", "Line 2", "Line 3", "Line 4"]);
    once(&office);
}

#[test]
fn a_lost_answer_posts_nothing_twice() {
    let office = Office::with_ann();
    for after in [0, 1, 2] {
        let fault = json!({"method": "chat.postMessage", "do": "lose_answer", "times": 1, "after": after});
        office.slack.control("POST", "faults", &fault);
    }
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    until_shown(&office, &chat, &["a quote"]);
    found("it was looked for", || {
        office.passes_between_attempts();
        (!office.slack.calls("conversations.history").is_empty()).then_some(())
    });
    office.until("nothing waits to be posted", |settings| {
        office.passes_between_attempts();
        settings["waiting"] == 0
    });
    once(&office);
}

#[test]
fn a_reply_below_a_post_that_lost_its_response_reaches_the_lead_once() {
    let office = Office::with_ann();
    // The card in the channel, and the first message of the thread.
    office.slack.control("POST", "faults", &json!({"method": "chat.postMessage", "do": "lose_answer", "times": 2}));
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.ann_writes(&chat, "Happy to help");
    found("Slack is asked to send the event again", || {
        let state = office.slack.control("GET", "state", &Value::Null);
        state["deliveries"]["sent"].as_array().expect("a list").iter().any(|sent| sent["status"] == 503).then_some(())
    });
    found("the lead sees the reply", || {
        office.passes_between_attempts();
        let replies = office.seen(&chat);
        replies.contains(&("rep".to_owned(), "Happy to help".to_owned())).then_some(())
    });
    assert_eq!(office.seen(&chat).iter().filter(|(author, _)| author == "rep").count(), 1);
    once(&office);
}

#[test]
fn a_storm_of_limits_is_respected_and_made_up_for() {
    let office = Office::with_ann();
    let fault = json!({"method": "chat.postMessage", "do": "rate_limit", "retry_after": 60, "times": 1});
    office.slack.control("POST", "faults", &fault);
    let chats: Vec<_> = (1..9).map(|n| office.visitor_writes(n, "We are 200 people and need a quote")).collect();
    for chat in &chats {
        until_shown(&office, chat, &["a quote"]);
        found("it is in the channel", || {
            office.passes_between_attempts();
            let messages = office.slack.messages();
            messages.iter().any(|message| key_of(message) == format!("monitor:{}", chat.id)).then_some(())
        });
    }
    let state = office.slack.control("GET", "state", &Value::Null);
    assert_ne!(state["limited"], 0, "eight chats are more than a channel takes at once");
    let calls = office.slack.control("GET", "calls", &Value::Null)["calls"].clone();
    let limited: Vec<_> = calls.as_array().expect("a list").iter().filter(|call| call["status"] == 429).collect();
    // A clock that jumps ends a wait early.
    if !is_late() {
        assert_eq!(state["early"], 0, "a call came before it was asked to: {limited:#?}");
    }
    once(&office);
}

#[test]
fn a_reply_reaches_the_lead_while_slack_answers_no_call() {
    let office = Office::with_ann();
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    office.settle();
    office.slack.control("POST", "faults", &json!({"method": "*", "do": "timeout", "times": 1000}));
    office.ann_writes(&chat, "Happy to help");
    office.until_seen(&chat, "Happy to help");
    office.slack.control("POST", "quiet", &Value::Null);
    // Slack counts an event as lost if it is not acknowledged within three seconds.
    let state = office.slack.control("GET", "state", &Value::Null);
    let sent = state["deliveries"]["sent"].as_array().expect("a list");
    assert!(sent.iter().all(|sent| sent["status"] == 200 && sent["retries"] == 0), "{sent:?}");
}

#[test]
fn when_slack_asks_to_wait_it_is_waited() {
    let office = Office::with_ann();
    let fault = json!({"method": "*", "do": "rate_limit", "retry_after": 30, "times": 4});
    office.slack.control("POST", "faults", &fault);
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    until_shown(&office, &chat, &["a quote"]);
    once(&office);
}

#[test]
fn a_post_that_is_refused_after_its_channel_was_mended_is_made_up_for() {
    let office = Office::with_ann();
    office.slack.control("POST", "channel", &json!({"channel": seed::GENERAL, "do": "archive"}));
    let slow = json!({"method": "chat.postMessage", "do": "slow", "millis": 3_000, "times": 2});
    office.slack.control("POST", "faults", &slow);
    office.visitor_writes(1, "We are 200 people and need a quote");
    found("a refusal is on its way", || {
        let calls = office.slack.calls("chat.postMessage");
        calls.iter().any(|call| call["error"] == "is_archived").then_some(())
    });
    office.slack.control("POST", "channel", &json!({"channel": seed::GENERAL, "do": "unarchive"}));
    office.until("it was given up", |settings| settings["parked"] != 0);
    office.post("monitor:");
    office.until("nothing is wrong", |settings| settings["problems"] == json!([]) && settings["parked"] == 0);
    once(&office);
}

#[test]
fn a_broken_channel_is_shown_keeps_no_rep_waiting_and_is_made_up_for_when_it_is_mended() {
    let office = Office::with_ann();
    office.slack.control("POST", "channel", &json!({"channel": seed::GENERAL, "do": "archive"}));
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.thread(&chat);
    office.until("it is shown", |settings| settings["problems"][0]["kind"] == "channel_gone");
    office.until("it was given up", |settings| settings["parked"] != 0);
    office.slack.control("POST", "channel", &json!({"channel": seed::GENERAL, "do": "unarchive"}));
    office.post("monitor:");
    office.until("nothing is wrong", |settings| settings["problems"] == json!([]) && settings["parked"] == 0);
    once(&office);
}

#[test]
fn a_revoked_token_stops_everything_until_there_is_one_that_works() {
    let office = Office::with_ann();
    office.slack.control("POST", "token", &json!({"state": "revoked"}));
    let chat = office.visitor_writes(1, "We are 200 people and need a quote");
    office.until("it is shown", |settings| settings["problems"][0]["kind"] == "token");
    office.slack.control("POST", "token", &json!({"state": "valid"}));
    assert_eq!(office.ask("POST", "/api/v1/slack/test", &Value::Null).body["is_posted"], true);
    until_shown(&office, &chat, &["a quote"]);
    once(&office);
}

#[test]
fn two_servers_on_one_database_post_everything_once() {
    let mut office = Office::with_ann();
    let Some(other) = office.knock.start_beside() else { return };
    // Both follow one clock from here on: claims of deliveries do not work with clocks a minute apart.
    other.advance(office.knock.now() - other.now());
    office.peers.push(other);
    let other = &office.peers[0];
    let chats: Vec<_> = (1..4).map(|n| office.visitor_writes(n, "We are 200 people and need a quote")).collect();
    for (number, chat) in (10..).zip(&chats) {
        until_shown(&office, chat, &["a quote"]);
        // A message sent to one server, and an event that Slack sends to another one, are in the same thread.
        assert_eq!(chat.write(other, number, "By Friday please").code, 201);
        until_shown(&office, chat, &["a quote", "By Friday please"]);
    }
    office.slack.tell(&format!("http://{}", other.address()));
    office.ann_writes(&chats[0], "Happy to help");
    office.until_seen(&chats[0], "Happy to help");
    once(&office);
    office.peers.remove(0).stop();
    once(&office);
}
