//! Returned mails: the address is no longer mailed, until somebody says otherwise.

use super::{Scene, answer, mailed};
use crate::chat::rep_writes;
use crate::mail::{PATIENCE, advance, gone, mails, until_ended};
use knock_testing::found;
use serde_json::{Value, json};

/// The report of a mail server about a mail that was not delivered (RFC 3464).
fn report(to: &str, recipient: &str) -> Vec<u8> {
    let head = [
        "From: MAILER-DAEMON@mx.example",
        &format!("To: {to}"),
        "Subject: Undelivered Mail Returned to Sender",
        "Message-ID: <r1@mx.example>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=line",
    ]
    .join("\r\n");
    format!(
        "{head}\r\n\r\n--line\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n--line\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n--line--\r\n"
    )
    .into_bytes()
}

fn actions(scene: &Scene) -> Vec<String> {
    let entries = scene.knock.get("/api/v1/audit?limit=200", &scene.key).body["entries"].clone();
    let words = entries.as_array().expect("a list").iter().map(|entry| entry["action"].as_str().expect("a word"));
    words.map(str::to_owned).collect()
}

#[test]
fn an_address_that_does_not_exist_is_not_mailed_until_a_member_says_so() {
    let scene = Scene::start();
    let path = format!("/api/v1/conversations/{}/bounce", scene.chat.id);
    assert_eq!(scene.knock.ask("DELETE", &path, &scene.key, &Value::Null).code, 404, "none was returned");
    assert_eq!(scene.outcome(&report(&scene.to, "ann@first.example")), "noted");
    let record = scene.record();
    assert_eq!((&record["mails"][0]["kind"], &record["mail_to"]), (&json!("bounce"), &Value::Null));
    let bounce = &record["bounce"];
    assert_eq!((&bounce["email"], &bounce["is_dead"]), (&json!("ann@first.example"), &json!(true)));
    assert!(bounce["reason"].as_str().is_some_and(|reason| reason.contains("user unknown")), "{bounce}");
    let lead = record["conversation"]["lead"].as_str().expect("an id");
    let contact = scene.knock.get(&format!("/api/v1/contacts/{lead}"), &scene.key).body;
    assert_eq!(contact["bounces"][0]["email"], "ann@first.example");

    assert_eq!(rep_writes(&scene.knock, &scene.chat, 60, "Are you there?"), 201);
    advance(&scene.knock, PATIENCE + 1);
    assert_eq!(mails(&scene.knock, &scene.key).len(), 1, "nothing is mailed there");

    assert_eq!(scene.knock.ask("DELETE", &path, &scene.key, &Value::Null).code, 204);
    assert!(actions(&scene).contains(&"mail_bounce.forgotten".to_owned()));
    assert_eq!(scene.record()["mail_to"], "ann@first.example");
    assert_eq!(scene.knock.ask("DELETE", &path, &scene.key, &Value::Null).code, 404);
    drop(mailed(&scene.knock, &scene.mails, &scene.chat, 2));
}

#[test]
fn a_mail_from_the_address_shows_that_it_is_there() {
    let scene = Scene::start();
    assert_eq!(scene.outcome(&report(&scene.to, "ann@first.example")), "noted");
    assert_eq!(scene.outcome(&answer(&scene.to, "2", "I am here")), "message");
    let record = scene.record();
    assert_eq!((&record["bounce"], &record["mail_to"]), (&Value::Null, &json!("ann@first.example")));
}

#[test]
fn a_report_about_another_address_is_shown_and_stops_nothing() {
    let scene = Scene::start();
    assert_eq!(scene.outcome(&report(&scene.to, "cy@other.example")), "noted");
    let record = scene.record();
    assert_eq!((&record["bounce"], &record["mail_to"]), (&Value::Null, &json!("ann@first.example")));
}

#[test]
fn an_address_that_our_own_server_refuses_counts_as_returned() {
    let scene = Scene::start();
    let chat = gone(&scene.knock, &scene.knock.site(), 2, "never@first.example");
    assert_eq!(rep_writes(&scene.knock, &chat, 70, "It is $490 a month."), 201);
    advance(&scene.knock, PATIENCE + 1);
    until_ended(&scene.knock, &scene.key);
    let record = found("the refusal is noted", || {
        let record = chat.record(&scene.knock, &scene.key);
        (!record["bounce"].is_null()).then_some(record)
    });
    assert_eq!((&record["bounce"]["is_dead"], &record["mail_to"]), (&json!(true), &Value::Null));
}

#[test]
fn a_warning_of_delay_is_nothing() {
    let scene = Scene::start();
    let delayed = String::from_utf8(report(&scene.to, "ann@first.example")).expect("text");
    let delayed = delayed.replace("Action: failed", "Action: delayed").replace("5.1.1", "4.4.1");
    assert_eq!(scene.outcome(delayed.as_bytes()), "not_ours");
    assert_eq!(scene.record()["mails"], Value::Null);
}
