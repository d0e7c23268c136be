//! Answers that arrive in a mailbox, read by IMAP from a real server.

use super::{MAILBOX, answer, mailed, reply_to};
use crate::mail::{gone, start_with};
use knock_testing::{ImapServer, MailServer, eventually};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/mail/inbound";

/// An account of the mailbox.
fn draft(server: &ImapServer, password: &str) -> Value {
    let credentials = json!({"url": server.url(), "user": ImapServer::USER, "password": password});
    json!({"way": "imap", "address": MAILBOX, "has_tags": true, "credentials": credentials})
}

#[test]
fn an_answer_in_the_mailbox_is_taken_once_and_marked_as_read() {
    let (mails, mut imap) = (MailServer::start(), ImapServer::start());
    let mut knock = start_with(&mails, &[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")]);
    let key = knock.admin_key();
    let check = |knock: &crate::support::Knock| knock.ask("POST", &format!("{PATH}/check"), &key, &Value::Null);

    let refused = knock.ask("PUT", PATH, &key, &draft(&imap, "wrong"));
    assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/credentials/password")));
    let mut elsewhere = draft(&imap, ImapServer::PASSWORD);
    elsewhere["folder"] = json!("Nowhere");
    let refused = knock.ask("PUT", PATH, &key, &elsewhere);
    assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/folder")));
    assert_eq!(knock.get(PATH, &key).body["way"], "none", "nothing was stored");

    // What is there before belongs to others.
    imap.deliver(b"From: x@y.example\r\nSubject: Before\r\n\r\nHello\r\n");
    let saved = knock.ask("PUT", PATH, &key, &draft(&imap, ImapServer::PASSWORD));
    assert_eq!((saved.code, &saved.body["server"]), (200, &json!("127.0.0.1")), "{}", saved.body);
    assert_eq!((&saved.body["folder"], &saved.body["credentials"]["user"]), (&json!("INBOX"), &json!("replies")));
    assert!(!saved.body.to_string().contains(ImapServer::PASSWORD));

    let chat = gone(&knock, &knock.site(), 1, "ann@first.example");
    let to = reply_to(&mailed(&knock, &mails, &chat, 1));
    imap.deliver(&answer(&to, "1", "Yes, for 20 seats."));
    let checked = check(&knock);
    assert_eq!((checked.code, &checked.body["problem"], &checked.body["taken"]), (200, &json!(""), &json!(1)));
    let record = chat.record(&knock, &key);
    let last = record["messages"].as_array().and_then(|all| all.last()).expect("a message").clone();
    assert_eq!((&last["text"], &last["by_mail"]), (&json!("Yes, for 20 seats."), &json!(true)));
    eventually("the answer alone is marked as read", || imap.flags() == ["", "S"]);

    // The password is kept for the same account, and another start reads nothing twice.
    let mut same = draft(&imap, "");
    same["has_tags"] = json!(false);
    assert_eq!(knock.ask("PUT", PATH, &key, &same).code, 200);
    knock = knock.kill_and_restart();
    assert_eq!(check(&knock).body["taken"], 1);
    let messages = chat.record(&knock, &key)["messages"].as_array().expect("a list").len();

    // A server that is away is said to be, and what arrived meanwhile is taken.
    imap.stop();
    let away = check(&knock).body;
    assert!(away["problem"].as_str().is_some_and(|problem| !problem.is_empty()), "{away}");
    imap.deliver(&answer(&to, "2", "And one more."));
    imap.resume();
    let back = check(&knock).body;
    assert_eq!((&back["problem"], &back["taken"]), (&json!(""), &json!(2)));
    assert_eq!(chat.record(&knock, &key)["messages"].as_array().expect("a list").len(), messages + 1);
}
