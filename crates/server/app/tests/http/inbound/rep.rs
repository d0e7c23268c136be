//! Without a mailbox for answers: they go to the rep.

use crate::mail::{PATIENCE, advance, gone, start};
use crate::members::Browser;
use crate::support::id;
use knock_model::Role;
use knock_testing::MailServer;
use serde_json::{Value, json};

#[test]
fn an_answer_to_a_mail_goes_to_the_rep_while_they_are_in_the_team() {
    let server = MailServer::start();
    let knock = start(&server);
    let admin = Browser::admin(&knock);
    let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let profile = json!({"name": "Bo Lund"});
    assert_eq!(bo.ask(&knock, "PUT", "/api/v1/profile", &profile).code, 200);
    let chats = [(1, "ann@first.example"), (2, "bob@second.example")]
        .map(|(visitor, email)| gone(&knock, &knock.site(), visitor, email));
    let replies = |number: usize| {
        let reply = json!({"id": id(knock.now(), 40), "text": "It is $490 a month."});
        let path = format!("/api/v1/conversations/{}/messages", chats[number].id);
        assert_eq!(bo.ask(&knock, "POST", &path, &reply).code, 201);
    };
    replies(0);
    advance(&knock, PATIENCE + 1);
    let mail = &server.until_to("ann@first.example", 1)[0];
    assert_eq!(mail.header("Reply-To"), "Bo Lund <bo@us.example>");
    let text = mail.part("text/plain");
    let goes = "An answer to this e-mail goes to Bo Lund of Tareline, not into the conversation.";
    assert!(text.contains(goes), "{text}");
    // Who is removed before the mail leaves gets no answers.
    replies(1);
    let removed = admin.id_of(&knock, "bo@us.example");
    assert_eq!(admin.ask(&knock, "DELETE", &format!("/api/v1/members/{removed}"), &Value::Null).code, 204);
    advance(&knock, PATIENCE + 1);
    let mail = &server.until_to("bob@second.example", 1)[0];
    assert_eq!(mail.header("Reply-To"), "");
    assert!(mail.part("text/plain").contains("Please do not answer this e-mail."), "{}", mail.part("text/plain"));
}
