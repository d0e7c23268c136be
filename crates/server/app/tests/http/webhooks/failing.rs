//! Receivers that fail, are slow, or are gone; and a server that dies.

use super::Told;
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};

#[test]
fn who_fails_is_asked_again_with_the_same_id() {
    let told = Told::start();
    let receiver = Receiver::start(|_, before| Answer::Code([500, 503, 200][before.min(2)]));
    let webhook = told.add(&receiver.url("/"), &["webhook.test"]);
    told.test(&webhook["id"]);
    receiver.count(1);
    for attempts in [1, 2] {
        told.until(&webhook["id"], |all| all[0]["state"] == "waiting" && all[0]["attempts"] == attempts);
        told.advance(10_000);
        receiver.count(attempts + 1);
    }
    let ended = told.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    assert_eq!(ended[0]["attempts"], 3);
    let heard = receiver.all();
    assert!(heard.iter().all(|one| one.header("webhook-id") == heard[0].header("webhook-id")));
    assert!(heard.iter().all(|one| one.text == heard[0].text));
    // Each attempt is signed at its own instant: receivers refuse what is old.
    assert_ne!(heard[0].header("webhook-timestamp"), heard[2].header("webhook-timestamp"));
}

#[test]
fn who_asks_to_wait_is_asked_no_sooner() {
    let told = Told::start();
    let receiver =
        Receiver::start(
            |_, before| {
                if before == 0 { Answer::With(429, "retry-after", "3600".into()) } else { Answer::Code(200) }
            },
        );
    let webhook = told.add(&receiver.url("/"), &["webhook.test"]);
    told.test(&webhook["id"]);
    let waiting = told.until(&webhook["id"], |all| all[0]["state"] == "waiting" && all[0]["attempts"] == 1);
    let wait = waiting[0]["due_at"].as_i64().expect("an instant") - waiting[0]["at"].as_i64().expect("an instant");
    assert!((3_600_000..3_660_000).contains(&wait), "{wait}");
    told.advance(3_599_000 - 60_000);
    // Another one goes at once, so the server has looked.
    let other = told.add(&receiver.url("/other"), &["webhook.test"]);
    told.test(&other["id"]);
    assert!(receiver.count(2)[1].path == "/other");
    told.advance(120_000);
    assert_eq!(receiver.count(3)[2].path, "/");
}

#[test]
fn who_is_silent_holds_up_nobody_else() {
    let told = Told::start();
    let receiver =
        Receiver::start(|heard, _| if heard.path == "/silent" { Answer::Silence } else { Answer::Code(200) });
    let silent = told.add(&receiver.url("/silent"), &["chat.status_changed"]);
    let quick = told.add(&receiver.url("/quick"), &["chat.status_changed"]);
    let site = told.knock.site();
    for visitor in 1..=8 {
        crate::chat::open_as(&told.knock, &site, visitor);
    }
    let at = |heard: &knock_testing::Heard, path: &str| heard.path == path;
    let heard = receiver.until(|heard| heard.iter().filter(|one| at(one, "/quick")).count() >= 8);
    assert!(heard.iter().filter(|one| at(one, "/silent")).count() <= 2, "two at once at most");
    told.until(&quick["id"], |all| all.iter().all(|one| one["state"] == "delivered"));
    // Its time over, it counts as failed.
    let failed =
        told.until(&silent["id"], |all| all.iter().any(|one| one["state"] == "waiting" && one["attempts"] == 1));
    let failed = failed.iter().find(|one| one["attempts"] == 1 && one["state"] == "waiting").expect("one");
    assert!(failed["answer"].as_str().expect("text").contains("timed out"), "{failed}");
}

#[test]
fn who_is_gone_is_told_nothing_more_until_a_person_says_so() {
    let told = Told::start();
    let receiver = Receiver::start(|_, before| Answer::Code(if before == 0 { 410 } else { 200 }));
    let webhook = told.add(&receiver.url("/"), &["webhook.test"]);
    let path = format!("/api/v1/webhooks/{}", webhook["id"].as_str().expect("an id"));
    told.test(&webhook["id"]);
    told.until(&webhook["id"], |all| all[0]["state"] == "parked");
    let stopped = told.webhook(&webhook["id"]);
    assert_eq!((&stopped["is_active"], &stopped["why_stopped"]), (&json!(false), &json!("answered 410")));
    assert_eq!(stopped["parked"], 1);
    let again = told.ask("PUT", &path, &json!({"url": webhook["url"], "events": webhook["events"]}));
    assert_eq!((again.code, &again.body["why_stopped"]), (200, &json!("")));
    let sent = told.ask("POST", &format!("{path}/send-again"), &json!({}));
    assert_eq!((sent.code, &sent.body["sent"]), (202, &json!(1)));
    told.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    let nothing = told.ask("POST", &format!("{path}/send-again"), &json!({"number": 1}));
    assert_eq!(nothing.code, 404);
}

#[test]
fn what_was_under_way_when_the_server_died_arrives_by_the_next() {
    let told = Told::start();
    let receiver = Receiver::start(|_, before| if before == 0 { Answer::Silence } else { Answer::Code(200) });
    let webhook = told.add(&receiver.url("/"), &["webhook.test"]);
    told.test(&webhook["id"]);
    receiver.count(1);
    let Told { knock, key } = told;
    let told = Told { knock: knock.kill_and_restart(), key };
    told.advance(60_000);
    let heard = receiver.count(2);
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    let ended = told.until(&webhook["id"], |all| all[0]["state"] == "delivered");
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert_eq!(ended[0]["data"], Value::Object(serde_json::Map::new()));
}
