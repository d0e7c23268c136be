//! Deliveries: signed, in order, and listed for the team.

use super::Sender;
use crate::chat::open_as;
use crate::support::{batch, identify, signal};
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};

const EVENTS: [&str; 2] = ["chat.status_changed", "contact.score_changed"];

#[test]
fn the_statuses_of_a_chat_arrive_signed_and_in_order() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(204)));
    let webhook = sender.add(&receiver.url("/hook"), &EVENTS);
    let site = sender.knock.site();
    let chat = open_as(&sender.knock, &site, 1);
    assert_eq!(chat.write(&sender.knock, 1, "We want to buy 200 seats, mail me: ann@first.example").code, 201);
    let status = chat.status(&sender.knock, &sender.key);
    let heard = receiver.until(|heard| heard.iter().any(|heard| heard.body()["data"]["status"] == status.as_str()));
    let secret = webhook["signing_secret"].as_str().expect("a secret");
    let verifier = standardwebhooks::Webhook::new(secret).expect("a secret");
    for request in &heard {
        assert_eq!((request.path.as_str(), request.header("content-type")), ("/hook", "application/json"));
        assert!(request.header("user-agent").starts_with("Knock/"));
        verifier.verify(request.text.as_bytes(), &request.headers).expect("signed");
        verifier.verify(b"{}", &request.headers).expect_err("of this body only");
    }
    let of_chat: Vec<Value> =
        heard.iter().map(|heard| heard.body()).filter(|event| event["type"] == EVENTS[0]).collect();
    for (before, after) in of_chat.iter().zip(&of_chat[1..]) {
        assert_eq!(after["data"]["previous"], before["data"]["status"]);
        assert!(after["sequence"].as_i64() > before["sequence"].as_i64());
    }
    let last = &of_chat[of_chat.len() - 1]["data"];
    assert_eq!(last["lead"]["email"], "ann@first.example");
    assert!(last["rule"].as_str().expect("a rule").starts_with("CS-"), "{last}");
    let deliveries = sender.until(&webhook["id"], |all| all.iter().all(|one| one["state"] == "delivered"));
    assert_eq!(deliveries.len(), heard.len());
    assert_eq!((&deliveries[0]["attempts"], &deliveries[0]["answer"]), (&json!(1), &json!("answered 204")));
    assert_eq!(sender.webhook(&webhook["id"])["waiting"], 0);
}

#[test]
fn a_score_is_sent_when_an_action_or_the_clock_changes_it() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    sender.add(&receiver.url("/"), &["contact.score_changed"]);
    let (site, now) = (sender.knock.site(), sender.knock.now());
    let form = |n| signal(now, n, "form_submit", "/contact-sales");
    sender.knock.post_signals(&batch(
        &site,
        1,
        now,
        &[identify(now, 1, "ann@first.example"), form(2), form(3), form(4)],
    ));
    let first = receiver.count(1)[0].body();
    assert_eq!(
        (&first["data"]["contact"]["email"], &first["data"]["previous"]),
        (&json!("ann@first.example"), &Value::Null)
    );
    sender.advance(90 * 86_400_000);
    let second = receiver.count(2)[1].body();
    assert_eq!(second["data"]["previous"], first["data"]["score"]);
    let shown = sender.knock.get("/api/v1/contacts", &sender.key).body["contacts"][0]["intent"]["bucket"].clone();
    assert_eq!(second["data"]["score"], shown);
}

#[test]
fn an_erased_person_is_in_no_delivery_and_an_export_has_them_all() {
    let (sender, receiver) = (Sender::start(), Receiver::start(|_, _| Answer::Code(200)));
    let webhook = sender.add(&receiver.url("/"), &EVENTS);
    let chat = open_as(&sender.knock, &sender.knock.site(), 1);
    chat.write(&sender.knock, 1, "mail me: ann@first.example");
    let sent = sender.until(&webhook["id"], |all| all.iter().any(|one| one["data"].to_string().contains("ann@first")));
    let exported = sender.knock.command(&["export", "--person", "ann@first.example"]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    assert_eq!(exported["deliveries"].as_array().map(Vec::len), Some(sent.len()), "{exported}");
    assert!(sender.knock.command(&["erase", "--person", "ann@first.example"]).status.success());
    assert_eq!(sender.deliveries(&webhook["id"]), [Value::Null; 0]);
}
