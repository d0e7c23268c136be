//! How answers arrive: checked field by field, changed, ended, and in the audit log.

use super::{MAILBOX, RAW, Scene, answer, hook, mailed, reply_to};
use crate::mail::start;
use knock_testing::MailServer;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/mail/inbound";

#[test]
fn a_field_that_cannot_be_right_is_named() {
    let mails = MailServer::start();
    let knock = start(&mails);
    let key = knock.admin_key();
    let long = format!("{}@acme.example", "x".repeat(22));
    let imap = |url: &str| json!({"url": url, "user": "replies", "password": "heron-granite-41"});
    for (draft, pointer) in [
        (json!({"way": "none", "address": MAILBOX}), "/way"),
        (json!({"way": "hook", "address": "acme"}), "/address"),
        (json!({"way": "hook", "address": long, "has_tags": true}), "/address"),
        (json!({"way": "imap", "address": MAILBOX}), "/credentials/url"),
        (json!({"way": "imap", "address": MAILBOX, "credentials": {"token": "x"}}), "/credentials/token"),
        (
            json!({"way": "imap", "address": MAILBOX, "folder": "a\nb", "credentials": imap("imaps://x.example")}),
            "/folder",
        ),
        (json!({"way": "imap", "address": MAILBOX, "credentials": imap("http://x.example")}), "/credentials/url"),
        // Private networks are asked nothing unless the operator names them.
        (json!({"way": "imap", "address": MAILBOX, "credentials": imap("imaps://127.0.0.1")}), "/credentials/url"),
    ] {
        let refused = knock.ask("PUT", PATH, &key, &draft);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{draft}");
    }
    assert_eq!(knock.get(PATH, &key).body["way"], "none");
    let long_without = knock.ask("PUT", PATH, &key, &json!({"way": "hook", "address": long}));
    assert_eq!(long_without.code, 200, "a tag needs the room, the address alone does not");
}

#[test]
fn the_address_of_a_provider_is_shown_once_and_ends_with_a_new_one() {
    let mut scene = Scene::start();
    let shown = scene.knock.get(PATH, &scene.key).body;
    assert_eq!((&shown["way"], &shown["address"], &shown["hook_url"]), (&json!("hook"), &json!(MAILBOX), &Value::Null));
    let draft = json!({"way": "hook", "address": "answers@acme.example", "has_tags": true});
    let kept = scene.knock.ask("PUT", PATH, &scene.key, &draft);
    assert_eq!((kept.code, &kept.body["hook_url"]), (200, &Value::Null));
    assert_eq!(scene.outcome(&answer(&scene.to, "1", "Under the same address")), "message");

    let mut renewed = draft;
    renewed["is_new_hook"] = json!(true);
    let renewed = scene.knock.ask("PUT", PATH, &scene.key, &renewed);
    let new = renewed.text("hook_url").strip_prefix(&scene.knock.url).expect("this server").to_owned();
    assert_eq!(scene.post(&answer(&scene.to, "2", "x")).code, 404, "the one before has ended");
    scene.hook = new;
    assert_eq!(scene.outcome(&answer(&scene.to, "2", "Under the new one")), "message");
    assert_eq!(scene.knock.get(PATH, &scene.key).body["taken"], 2);
    assert_eq!(scene.knock.ask("POST", &format!("{PATH}/check"), &scene.key, &Value::Null).code, 404, "no mailbox");
}

#[test]
fn once_it_is_ended_answers_go_to_the_rep_again() {
    let scene = Scene::start();
    assert_eq!(scene.knock.ask("DELETE", PATH, &scene.key, &Value::Null).code, 204);
    assert_eq!(scene.knock.ask("DELETE", PATH, &scene.key, &Value::Null).code, 404);
    assert_eq!(scene.post(&answer(&scene.to, "1", "x")).code, 404);
    let mail = mailed(&scene.knock, &scene.mails, &scene.chat, 2);
    assert_ne!(reply_to(&mail), scene.to);
    assert!(!mail.part("text/plain").contains("your answer reaches the conversation"));
    let entries = scene.knock.get("/api/v1/audit?limit=200", &scene.key).body["entries"].clone();
    let entries = entries.as_array().expect("a list").clone();
    let of = |action: &str| entries.iter().find(|entry| entry["action"] == action).cloned().expect(action);
    assert_eq!(of("inbound_mail.removed")["before"]["address"], MAILBOX);
    let changed = of("inbound_mail.changed");
    assert_eq!(changed["after"]["way"], "hook");
    let secret = scene.hook.rsplit('/').next().expect("a secret");
    assert!(!json!(entries).to_string().contains(secret), "no entry has the secret");
    // A new start begins with a new address.
    let again = hook(&scene.knock, &scene.key);
    assert_ne!(again, scene.hook);
    let reply = scene.knock.send("POST", &again, &[RAW], Some(&answer(&scene.to, "2", "Still genuine")));
    assert_eq!(reply.text("outcome"), "message");
}
