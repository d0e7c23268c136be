//! The mail of a step, sent to the member who edits it.

use super::{PATH, Scene, pointers};
use crate::mail::start;
use crate::members::Browser;
use knock_testing::MailServer;
use serde_json::json;

#[test]
fn the_mail_of_a_step_goes_to_the_member_who_edits_it() {
    let server = MailServer::start();
    let knock = start(&server);
    let admin = Browser::admin(&knock);
    let draft = json!({
        "name": "Follow up",
        "definition": {"trigger": {"on": "form"}, "steps": [{"id": "a", "do": "mail"}]},
        "contents": {"a": {"do": "mail", "subject": {"en": "Our prices", "de": "Unsere Preise"},
            "body": {"en": "Hello {{first_name|there}}", "de": "Guten Tag {{full_name|zusammen}}"}}},
    });
    let path = format!("{PATH}/test-mail");
    let sent = admin.ask(&knock, "POST", &path, &json!({"draft": draft, "step": "a", "language": "de"}));
    assert_eq!(sent.code, 202, "{}", sent.body);
    let mail = &server.until(1)[0];
    assert_eq!((&mail.0["rcpt"], mail.header("Subject")), (&json!(["admin@localhost"]), "Unsere Preise"));
    assert!(mail.part("text/plain").contains("Guten Tag zusammen"), "{}", mail.part("text/plain"));
    let missing = admin.ask(&knock, "POST", &path, &json!({"draft": draft, "step": "b"}));
    assert_eq!((missing.code, pointers(&missing)), (422, vec!["/step".to_owned()]), "{}", missing.body);
    let audit = admin.get(&knock, "/api/v1/audit").body;
    assert_eq!(audit["entries"][0]["action"], "workflow.mail_tested");
}

#[test]
fn without_a_mail_server_no_test_is_sent() {
    let scene = Scene::start();
    let draft = json!({
        "name": "Follow up",
        "definition": {"trigger": {"on": "form"}, "steps": [{"id": "a", "do": "mail"}]},
        "contents": {"a": {"do": "mail", "subject": {"en": "Our prices"}, "body": {"en": "Hello"}}},
    });
    let reply = scene.ask("POST", &format!("{PATH}/test-mail"), &json!({"draft": draft, "step": "a"}));
    assert_eq!((reply.code, &reply.body["type"]), (409, &json!("urn:knock:problem:no-mail")), "{}", reply.body);
}
