//! Each type of event as received.

use super::Sender;
use crate::chat::open_as;
use crate::support::{batch, identify, signal};
use knock_testing::{Answer, Heard, Receiver};
use serde_json::{Value, json};

const EVENTS: [&str; 6] = [
    "chat.assigned",
    "chat.status_changed",
    "contact.created",
    "contact.score_changed",
    "contact.type_changed",
    "message.created",
];

/// The data of the events of a type, in the order they arrived.
fn of_type(heard: &[Heard], event: &str) -> Vec<Value> {
    let bodies = heard.iter().map(Heard::body).filter(|body| body["type"] == event);
    bodies.map(|mut body| body["data"].take()).collect()
}

/// Waits for an event whose data is as wanted.
fn until(receiver: &Receiver, event: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
    let heard = receiver.until(|heard| of_type(heard, event).iter().any(&is_wanted));
    of_type(&heard, event).into_iter().find(is_wanted).expect("it was heard")
}

#[test]
fn a_chat_is_followed_from_its_first_message_to_the_reply() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    let webhook = sender.add(&receiver.url("/"), &EVENTS);
    assert_eq!(webhook["events"], json!(EVENTS));
    let chat = open_as(&sender.knock, &sender.knock.site(), 1);
    assert_eq!(chat.write(&sender.knock, 1, "We need a quote for 200 seats").code, 201);
    assert_eq!(chat.rep_writes(&sender.knock, 2, "Hello, when may I call?"), 201);
    until(&receiver, "message.created", |data| data["author"] == "rep");
    let heard = receiver.all();
    let id = &heard[0].body()["data"]["contact"]["id"];
    assert_eq!(heard[0].body()["type"], "contact.created", "it is the first");
    assert!(heard.windows(2).all(|two| two[0].body()["sequence"].as_i64() < two[1].body()["sequence"].as_i64()));

    let messages = of_type(&heard, "message.created");
    let authors: Vec<&Value> = messages.iter().map(|message| &message["author"]).collect();
    assert_eq!(
        (authors[0], authors[1], authors[authors.len() - 1]),
        (&json!("ai_agent"), &json!("lead"), &json!("rep"))
    );
    assert_eq!(messages[1]["text"], "We need a quote for 200 seats");
    assert_eq!(messages[messages.len() - 1]["rep"], "admin@localhost");
    let record = chat.record(&sender.knock, &sender.key);
    let (shown, decision) = (&record["messages"], &record["decisions"][0]);
    assert_eq!(messages.len(), shown.as_array().map_or(0, Vec::len), "each once");
    for (message, shown) in messages.iter().zip(shown.as_array().expect("a list")) {
        assert_eq!((&message["id"], &message["seq"]), (&shown["id"], &shown["seq"]));
        assert_eq!((&message["conversation"], &message["contact"]["id"]), (&record["conversation"]["id"], id));
    }

    let assigned = &of_type(&heard, "chat.assigned")[0];
    for (field, of_decision) in
        [("assignee", "assignee"), ("rule", "rule"), ("segment", "segment"), ("reason", "reason")]
    {
        assert_eq!(assigned[field], decision[of_decision], "{field}");
    }
    assert_eq!((&assigned["lead"]["id"], &assigned["previous"]), (id, &Value::Null));
    let changed = &of_type(&heard, "contact.type_changed")[0];
    assert_eq!((&changed["previous"], &changed["intent_type"]), (&json!("Unknown"), &json!("Buying")));
}

#[test]
fn what_spam_wrote_is_no_event_and_what_comes_after_is_one() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    sender.add(&receiver.url("/"), &["message.created", "chat.status_changed"]);
    let chat = open_as(&sender.knock, &sender.knock.site(), 1);
    let text =
        "CONGRATULATIONS! You won a free iPhone. Claim your prize now: http://win.example/claim http://a.example";
    for n in [1, 2] {
        assert_eq!(chat.write(&sender.knock, n, text).code, 201);
    }
    until(&receiver, "chat.status_changed", |data| data["is_spam"] == true);
    assert_eq!(chat.act(&sender.knock, &sender.key, &json!("unmark_spam")), 204);
    assert_eq!(chat.write(&sender.knock, 3, "We need a quote for 200 seats").code, 201);
    until(&receiver, "message.created", |data| data["text"] == "We need a quote for 200 seats");
    let messages = of_type(&receiver.all(), "message.created");
    let of_lead = messages.iter().filter(|message| message["author"] == "lead");
    assert_eq!(of_lead.count(), 1, "{messages:?}");
}

#[test]
fn a_type_that_a_rep_sets_arrives_with_what_it_was() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    sender.add(&receiver.url("/"), &["contact.type_changed"]);
    let chat = open_as(&sender.knock, &sender.knock.site(), 1);
    assert_eq!(chat.write(&sender.knock, 1, "We need a quote for 200 seats").code, 201);
    assert_eq!(chat.act(&sender.knock, &sender.key, &json!({"set_type": {"kind": "Partnership"}})), 204);
    let changed = until(&receiver, "contact.type_changed", |data| data["why"] == "set_by_rep");
    assert_eq!((&changed["previous"], &changed["intent_type"]), (&json!("Buying"), &json!("Partnership")));
    assert_eq!(receiver.all().len(), 2);
}

#[test]
fn a_contact_is_created_once_by_the_first_identify() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    sender.add(&receiver.url("/"), &["contact.created"]);
    let (site, now) = (sender.knock.site(), sender.knock.now());
    sender.knock.post_signals(&batch(&site, 1, now, &[signal(now, 1, "page_view", "/pricing")]));
    sender.knock.post_signals(&batch(&site, 1, now, &[identify(now, 2, "ann@first.example")]));
    sender.knock.post_signals(&batch(&site, 2, now, &[identify(now, 3, "ann@first.example")]));
    sender.knock.post_signals(&batch(&site, 3, now, &[identify(now, 4, "bob@first.example")]));
    let heard = of_type(&receiver.count(2), "contact.created");
    let mut emails: Vec<&Value> = heard.iter().map(|data| &data["contact"]["email"]).collect();
    emails.sort_by_key(|email| email.to_string());
    assert_eq!(emails, ["ann@first.example", "bob@first.example"]);
    let (contacts, ids) =
        (sender.knock.get("/api/v1/contacts", &sender.key).body, heard.iter().map(|data| &data["contact"]["id"]));
    let contacts = contacts["contacts"].as_array().expect("a list");
    assert!(ids.into_iter().all(|id| contacts.iter().any(|contact| contact["id"] == *id)), "{contacts:?}");
}

#[test]
fn what_was_written_is_in_no_delivery_once_its_writer_is_erased() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(503)));
    let webhook = sender.add(&receiver.url("/"), &EVENTS);
    let chat = open_as(&sender.knock, &sender.knock.site(), 1);
    chat.write(&sender.knock, 1, "I am ann@first.example and want 7731 xylophones");
    sender.until(&webhook["id"], |all| all.iter().any(|one| one["data"].to_string().contains("xylophones")));
    let exported = sender.knock.command(&["export", "--person", "ann@first.example"]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    assert!(exported["deliveries"].to_string().contains("xylophones"));
    assert!(sender.knock.command(&["erase", "--person", "ann@first.example"]).status.success());
    assert_eq!(sender.deliveries(&webhook["id"]), [Value::Null; 0]);
}
