//! Mails to members about waiting leads: once, by a real SMTP server, and only during the wait.

use crate::chat::{Chat, open_as, rep_writes};
use crate::mail::{advance, start, until_ended};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::{Mail, MailServer};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const SETTINGS: &str = "/api/v1/notifications";

/// The chat of a lead that the default rule assigns to the admin.
fn writes(knock: &Knock, n: u64, text: &str) -> Chat {
    let chat = open_as(knock, &knock.site(), n);
    assert_eq!(chat.write(knock, n, text).code, 201);
    chat
}

/// The recipients and subjects of all mails sent so far, without the numbers of visitors.
fn sent(knock: &Knock, server: &MailServer) -> Vec<(String, String)> {
    until_ended(knock, &knock.admin_key());
    let subject = |mail: &Mail| {
        let subject = mail.header("Subject").split(" (").next().unwrap_or_default().to_owned();
        match subject.strip_prefix("Visitor ").and_then(|rest| rest.split_once(' ')) {
            Some((number, rest)) if number.len() == 4 => format!("Visitor {rest}"),
            _ => subject,
        }
    };
    let shown = |mail: &Mail| (mail.0["rcpt"][0].as_str().expect("one").to_owned(), subject(mail));
    let mut sent: Vec<_> = server.all().iter().map(shown).collect();
    sent.sort();
    sent
}

fn to(address: &str) -> (String, String) {
    (address.to_owned(), "Visitor is waiting for an answer".to_owned())
}

fn set(knock: &Knock, browser: &Browser, change: impl FnOnce(&mut Value)) {
    let mut settings = browser.get(knock, SETTINGS).body;
    change(&mut settings);
    assert_eq!(browser.ask(knock, "PUT", SETTINGS, &settings).code, 200);
}

#[test]
fn a_wait_is_mailed_once_after_two_minutes_to_the_rep_who_has_the_chat() {
    let server = MailServer::start();
    let knock = start(&server);
    let chat = writes(&knock, 1, "We are 200 people and need a quote");
    advance(&knock, MINUTE);
    assert_eq!(sent(&knock, &server), []);
    advance(&knock, MINUTE);
    assert_eq!(sent(&knock, &server), [to("admin@localhost")]);
    let mail: &Mail = &server.all()[0];
    assert!(mail.header("Subject").starts_with("Visitor 0001 is waiting"), "the name of the lead in all lists");
    let text = mail.part("text/plain");
    assert!(text.contains("for 2 minutes. The chat is assigned to you."), "{text}");
    assert!(text.contains(&format!("{}/app/inbox/{}", knock.url, chat.id)) && !text.contains("quote"), "{text}");
    // The same wait goes on: no other mail, even after more messages of the lead.
    assert_eq!(chat.write(&knock, 2, "Hello?").code, 201);
    advance(&knock, 60 * MINUTE);
    assert_eq!(sent(&knock, &server).len(), 1);
    // Another wait is another mail.
    assert_eq!(rep_writes(&knock, &chat, 3, "Here I am"), 201);
    assert_eq!(chat.write(&knock, 4, "At last").code, 201);
    advance(&knock, 2 * MINUTE);
    assert_eq!(sent(&knock, &server).len(), 2);
}

#[test]
fn a_lead_answered_in_time_rejected_or_spam_causes_no_mail() {
    let server = MailServer::start();
    let knock = start(&server);
    let key = knock.admin_key();
    let [answered, rejected, spam] = [1, 2, 3].map(|n| writes(&knock, n, "We are 200 people and need a quote"));
    advance(&knock, MINUTE);
    assert_eq!(rep_writes(&knock, &answered, 4, "Hello, happy to help!"), 201);
    assert_eq!(rejected.act(&knock, &key, &json!({"reject": "Too small"})), 204);
    assert_eq!(spam.act(&knock, &key, &json!("mark_spam")), 204);
    advance(&knock, 60 * MINUTE);
    assert_eq!(sent(&knock, &server), []);
}

#[test]
fn an_unassigned_chat_is_mailed_to_all_who_want_that_each_after_their_minutes() {
    let server = MailServer::start();
    let knock = start(&server);
    let admin = Browser::admin(&knock);
    let [bo, cy, di] = ["bo@us.example", "cy@us.example", "di@us.example"]
        .map(|email| Browser::member(&knock, &admin, email, Role::Rep));
    until_ended(&knock, &knock.admin_key());
    let invitations = server.all().len();
    set(&knock, &bo, |settings| settings["covers_unassigned"] = json!(false));
    set(&knock, &cy, |settings| settings["mail"] = json!(false));
    set(&knock, &di, |settings| {
        settings["wait_minutes"] = json!(1);
        settings["shows_text"] = json!(true);
    });
    // The message shows no intent: the agent asks, and the chat is unassigned for two minutes.
    writes(&knock, 1, "Hello");
    advance(&knock, MINUTE);
    let mails = sent(&knock, &server);
    assert_eq!(mails.len(), invitations + 1);
    assert!(mails.contains(&to("di@us.example")));
    let mail = server
        .all()
        .into_iter()
        .find(|mail| mail.0["rcpt"][0] == "di@us.example" && mail.part("text/plain").contains("unassigned"));
    assert!(mail.expect("the mail").part("text/plain").contains("\nHello\n"));
    advance(&knock, MINUTE);
    let mails = sent(&knock, &server);
    assert_eq!(mails.len(), invitations + 2, "{mails:?}");
    assert!(mails.contains(&to("admin@localhost")));
}

#[test]
fn in_quiet_hours_a_mail_is_held_until_they_end_and_only_if_the_lead_still_waits() {
    let server = MailServer::start();
    let knock = start(&server);
    let admin = Browser::admin(&knock);
    // From an hour before now until an hour after: the clock of these tests is rarely near midnight.
    let minute_of_day = knock.now().div_euclid(MINUTE).rem_euclid(1_440);
    let time = |minute: i64| {
        let minute = minute.rem_euclid(1_440);
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    let hours =
        json!({"days": [1, 2, 3, 4, 5, 6, 7], "from": time(minute_of_day - 60), "to": time(minute_of_day + 60)});
    set(&knock, &admin, |settings| settings["quiet"] = json!([hours]));
    let [waits, answered] = [1, 2].map(|n| writes(&knock, n, "We are 200 people and need a quote"));
    advance(&knock, 30 * MINUTE);
    assert_eq!(rep_writes(&knock, &answered, 3, "Hello, happy to help!"), 201);
    assert_eq!(sent(&knock, &server), []);
    advance(&knock, 31 * MINUTE);
    assert_eq!(sent(&knock, &server), [to("admin@localhost")]);
    assert!(server.all()[0].part("text/plain").contains(&waits.id));
}

#[test]
fn without_a_mail_server_nothing_waits_to_be_mailed() {
    let knock = Knock::start();
    writes(&knock, 1, "We are 200 people and need a quote");
    advance(&knock, 10 * MINUTE);
    let mails = knock.get("/api/v1/mail", &knock.admin_key()).body;
    assert_eq!(mails["mails"], json!([]));
}
