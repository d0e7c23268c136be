//! Receivers that fail, are slow, or are gone; and a server that is killed.

use super::Sender;
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

#[test]
fn who_fails_is_asked_again_with_the_same_id() {
    let sender = Sender::start();
    let receiver = Receiver::start(|_, before| Answer::Code([500, 503, 200][before.min(2)]));
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    sender.test(&webhook["id"]);
    receiver.count(1);
    for attempts in [1, 2] {
        sender.until(&webhook["id"], |all| all[0]["state"] == "waiting" && all[0]["attempts"] == attempts);
        sender.advance(10_000);
        receiver.count(attempts + 1);
    }
    let ended = sender.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    assert_eq!(ended[0]["attempts"], 3);
    let heard = receiver.all();
    assert!(heard.iter().all(|one| one.header("webhook-id") == heard[0].header("webhook-id")));
    assert!(heard.iter().all(|one| one.text == heard[0].text));
    // Each attempt is signed with its own instant: receivers refuse old signatures.
    assert_ne!(heard[0].header("webhook-timestamp"), heard[2].header("webhook-timestamp"));
}

#[test]
fn who_asks_to_wait_is_asked_no_sooner() {
    let sender = Sender::start();
    let receiver =
        Receiver::start(
            |_, before| {
                if before == 0 { Answer::With(429, "retry-after", "3600".into()) } else { Answer::Code(200) }
            },
        );
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    sender.test(&webhook["id"]);
    let waiting = sender.until(&webhook["id"], |all| all[0]["state"] == "waiting" && all[0]["attempts"] == 1);
    let wait = waiting[0]["due_at"].as_i64().expect("an instant") - waiting[0]["at"].as_i64().expect("an instant");
    assert!((3_600_000..3_660_000).contains(&wait), "{wait}");
    sender.advance(3_599_000 - 60_000);
    // Another event is delivered at once, so the server has checked its outbox.
    let other = sender.add(&receiver.url("/other"), &["webhook.test"]);
    sender.test(&other["id"]);
    assert!(receiver.count(2)[1].path == "/other");
    sender.advance(120_000);
    assert_eq!(receiver.count(3)[2].path, "/");
}

#[test]
fn a_clock_that_is_set_forward_during_an_attempt_makes_no_second_one() {
    let sender = Sender::start();
    let (answer, answered) = mpsc::channel();
    let answered = Mutex::new(answered);
    let receiver = Receiver::start(move |_, _| {
        answered.lock().expect("locked").recv().expect("the test answers");
        Answer::Code(200)
    });
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    sender.test(&webhook["id"]);
    sender.until(&webhook["id"], |all| all[0]["attempts"] == 1);
    sender.advance(3_600_000);
    // What is due after the clock was set is delivered: so the server has looked at its outbox.
    let other = Receiver::start(|_, _| Answer::Code(200));
    let beside = sender.add(&other.url("/"), &["webhook.test"]);
    sender.test(&beside["id"]);
    other.count(1);
    for _ in 0..2 {
        answer.send(()).expect("it waits");
    }
    let ended = sender.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    assert_eq!((&ended[0]["attempts"], receiver.all().len()), (&json!(1), 1));
}

#[test]
fn a_silent_receiver_does_not_delay_others() {
    let sender = Sender::start();
    let receiver =
        Receiver::start(|heard, _| if heard.path == "/silent" { Answer::Silence } else { Answer::Code(200) });
    let silent = sender.add(&receiver.url("/silent"), &["chat.status_changed"]);
    let quick = sender.add(&receiver.url("/quick"), &["chat.status_changed"]);
    let site = sender.knock.site();
    for visitor in 1..=8 {
        crate::chat::open_as(&sender.knock, &site, visitor);
    }
    let at = |heard: &knock_testing::Heard, path: &str| heard.path == path;
    let heard = receiver.until(|heard| heard.iter().filter(|one| at(one, "/quick")).count() >= 8);
    assert!(heard.iter().filter(|one| at(one, "/silent")).count() <= 2, "two at once at most");
    sender.until(&quick["id"], |all| all.iter().all(|one| one["state"] == "delivered"));
    // After its time limit it counts as failed.
    let failed =
        sender.until(&silent["id"], |all| all.iter().any(|one| one["state"] == "waiting" && one["attempts"] == 1));
    let failed = failed.iter().find(|one| one["attempts"] == 1 && one["state"] == "waiting").expect("one");
    assert!(failed["answer"].as_str().expect("text").contains("timed out"), "{failed}");
}

#[test]
fn a_receiver_that_is_gone_gets_nothing_more_until_a_person_switches_it_on() {
    let sender = Sender::start();
    let receiver = Receiver::start(|_, before| Answer::Code(if before == 0 { 410 } else { 200 }));
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    let path = format!("/api/v1/webhooks/{}", webhook["id"].as_str().expect("an id"));
    sender.test(&webhook["id"]);
    sender.until(&webhook["id"], |all| all[0]["state"] == "parked");
    let stopped = sender.webhook(&webhook["id"]);
    assert_eq!((&stopped["is_active"], &stopped["why_stopped"]), (&json!(false), &json!("answered 410")));
    assert_eq!(stopped["parked"], 1);
    let again = sender.ask("PUT", &path, &json!({"url": webhook["url"], "events": webhook["events"]}));
    assert_eq!((again.code, &again.body["why_stopped"]), (200, &json!("")));
    let sent = sender.ask("POST", &format!("{path}/send-again"), &json!({}));
    assert_eq!((sent.code, &sent.body["sent"]), (202, &json!(1)));
    sender.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    let nothing = sender.ask("POST", &format!("{path}/send-again"), &json!({"number": 1}));
    assert_eq!(nothing.code, 404);
}

#[test]
fn what_was_under_way_when_the_server_died_arrives_by_the_next() {
    let sender = Sender::start();
    let receiver = Receiver::start(|_, before| if before == 0 { Answer::Silence } else { Answer::Code(200) });
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    sender.test(&webhook["id"]);
    receiver.count(1);
    let Sender { knock, key } = sender;
    let sender = Sender { knock: knock.kill_and_restart(), key };
    sender.advance(60_000);
    let heard = receiver.count(2);
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    let ended = sender.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert_eq!(ended[0]["data"], Value::Object(serde_json::Map::new()));
}

#[test]
fn a_delivery_that_waits_for_a_quarter_of_an_hour_is_shown_until_it_arrives() {
    let sender = Sender::start();
    let is_up = Arc::new(AtomicBool::new(false));
    let answers = Arc::clone(&is_up);
    let receiver = Receiver::start(move |_, _| Answer::Code(if answers.load(Ordering::Relaxed) { 200 } else { 503 }));
    let webhook = sender.add(&receiver.url("/"), &["webhook.test"]);
    sender.test(&webhook["id"]);
    let waiting = sender.until(&webhook["id"], |all| all[0]["state"] == "waiting" && all[0]["attempts"] == 1);
    // The age of the oldest, which reading the metrics measures, and what is said about it.
    let shown = || {
        let age = sender.knock.metric("knock_outbox_oldest_seconds{destination=\"webhook\"}");
        let ready = sender.knock.send("GET", "/readyz", &[], None);
        let session = sender.knock.get("/api/v1/session", &sender.key).body;
        (age, ready.body.as_str().unwrap_or_default().to_owned(), session["deliveries"].clone())
    };
    let (age, ready, deliveries) = shown();
    assert!((0.0..900.0).contains(&age), "{age}");
    assert_eq!((ready.as_str(), &deliveries), ("ready", &Value::Null));
    sender.advance(16 * 60_000);
    sender.until(&webhook["id"], |all| all[0]["state"] == "waiting" && all[0]["attempts"] == 2);
    let (age, ready, deliveries) = shown();
    assert!((960.0..1_800.0).contains(&age), "{age}");
    assert_eq!(ready, "degraded: deliveries of webhook have been waiting for more than 15 minutes");
    assert_eq!(deliveries, json!([{"destination": "webhook", "late_since": waiting[0]["at"]}]));
    is_up.store(true, Ordering::Relaxed);
    sender.advance(60_000);
    sender.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    assert_eq!(shown(), (0.0, "ready".to_owned(), Value::Null));
}
