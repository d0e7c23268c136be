//! Settings of webhooks, and addresses that may not be requested.

use super::{SETTINGS, Sender};
use crate::support::Knock;
use knock_testing::{Answer, Receiver};
use serde_json::{Value, json};

fn pointers(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().expect("errors").iter().map(|error| error["pointer"].as_str().expect("text")).collect()
}

#[test]
fn a_draft_is_refused_by_the_field_that_is_wrong() {
    let sender = Sender::by(Knock::start());
    let cases = [
        (json!({"url": "ftp://example.com/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "hooks", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "https://me:pw@example.com/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "http://127.0.0.1:9/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "https://example.com:25/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "http://[::ffff:0:10.0.0.1]/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "http://0x7f.1/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "http://[::ffff:10.0.0.1]/", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "http://169.254.169.254/latest/meta-data", "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": format!("https://example.com/{}", "a".repeat(2_000)), "events": ["webhook.test"]}), 422, "/url"),
        (json!({"url": "https://example.com/", "events": []}), 422, "/events"),
        (json!({"url": "https://example.com/", "events": ["chat.opened"]}), 400, "/events/0"),
        (json!({"url": "https://example.com/", "events": ["webhook.test"], "secret": "x"}), 400, "/secret"),
    ];
    for (draft, code, pointer) in cases {
        let reply = sender.ask("POST", "/api/v1/webhooks", &draft);
        assert_eq!((reply.code, pointers(&reply.body)), (code, vec![pointer]), "{draft} {}", reply.body);
    }
    assert_eq!(sender.knock.get("/api/v1/webhooks", &sender.key).body["webhooks"], json!([]));
}

#[test]
fn a_webhook_is_made_changed_and_taken_away() {
    let sender = Sender::start();
    let made = sender.add("https://example.com/a", &["webhook.test", "chat.status_changed", "webhook.test"]);
    assert_eq!(made["events"], json!(["chat.status_changed", "webhook.test"]));
    let path = format!("/api/v1/webhooks/{}", made["id"].as_str().expect("an id"));
    let draft = json!({"url": "https://example.com/b", "events": ["chat.status_changed"], "is_active": false});
    let changed = sender.ask("PUT", &path, &draft);
    assert_eq!((changed.code, &changed.body["url"], &changed.body["is_active"]), (200, &draft["url"], &json!(false)));
    assert_eq!(changed.body["signing_secret"], made["signing_secret"]);
    assert_eq!(sender.ask("DELETE", &path, &Value::Null).code, 204);
    for (method, path) in [("DELETE", path.clone()), ("PUT", path.clone()), ("POST", format!("{path}/test"))] {
        assert_eq!(sender.ask(method, &path, &draft).code, 404, "{method} {path}");
    }
    assert_eq!(sender.knock.get(&format!("{path}/deliveries"), &sender.key).code, 404);
}

#[test]
fn there_is_a_most_and_only_the_team_may_ask() {
    let sender = Sender::start();
    for number in 0..20 {
        sender.add(&format!("https://example.com/{number}"), &["webhook.test"]);
    }
    let draft = json!({"url": "https://example.com/", "events": ["webhook.test"]});
    assert_eq!(sender.ask("POST", "/api/v1/webhooks", &draft).code, 409);
    let ingest = sender.knock.key("ingest");
    assert_eq!(sender.knock.get("/api/v1/webhooks", &ingest).code, 403);
    assert_eq!(sender.knock.send("GET", "/api/v1/webhooks", &[], None).code, 401);
}

#[test]
fn a_name_that_leads_into_the_house_is_not_asked() {
    // A name may resolve to a private address only later: it is checked again at each request.
    let sender = Sender::by(Knock::start_with(&[SETTINGS[1]]));
    let receiver = Receiver::start(|_, _| Answer::Code(200));
    let webhook = sender.add(&format!("http://localhost:{}/", receiver.port()), &["webhook.test"]);
    sender.test(&webhook["id"]);
    let tried = sender.until(&webhook["id"], |all| all[0]["attempts"] == 1 && all[0]["state"] == "waiting");
    assert!(tried[0]["answer"].as_str().expect("text").contains("private network"), "{tried:?}");
    assert!(receiver.all().is_empty());
}

#[test]
fn a_redirect_is_not_followed() {
    let inner = Receiver::start(|_, _| Answer::Code(200));
    let target = inner.url("/secret");
    let outer = Receiver::start(move |_, _| Answer::With(307, "location", target.clone()));
    let sender = Sender::start();
    let webhook = sender.add(&outer.url("/"), &["webhook.test"]);
    sender.test(&webhook["id"]);
    let parked = sender.until(&webhook["id"], |all| all[0]["state"] == "parked");
    assert!(parked[0]["answer"].as_str().expect("text").contains("redirects are not followed"), "{parked:?}");
    assert!(inner.all().is_empty());
}
