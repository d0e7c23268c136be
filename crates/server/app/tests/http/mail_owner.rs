//! Mail of a conversation: only an address that the conversation itself gave gets any. Ids of visitors are not secret.

use crate::chat::{Chat, open_as, rep_writes};
use crate::mail::{PATIENCE, advance, start};
use crate::support::{Knock, batch, id, identify};
use knock_testing::MailServer;
use serde_json::{Value, json};

const VICTIM: u64 = 1;
const STRANGER: &str = "evil@attacker.example";
const ANN: &str = "ann@first.example";

/// The chat of a visitor who gave no address.
fn anonymous(knock: &Knock) -> Chat {
    let chat = open_as(knock, &knock.site(), VICTIM);
    assert_eq!(chat.write(knock, 100, "We are about to be sold, and nobody may know").code, 201);
    chat
}

/// Answers the chat and lets the time pass after which a reply is mailed; the recipients of all mails.
fn mailed(knock: &Knock, server: &MailServer, chat: &Chat) -> Vec<String> {
    assert_eq!(rep_writes(knock, chat, 900, "Of course."), 201);
    advance(knock, PATIENCE + 1);
    // A mail to another lead, who is answered later, comes after all that are due.
    let last = open_as(knock, &knock.site(), 77);
    assert_eq!(last.write(knock, 177, "I am last@other.example").code, 201);
    assert_eq!(rep_writes(knock, &last, 977, "Hello!"), 201);
    advance(knock, PATIENCE + 1);
    let to = |mail: &knock_testing::Mail| mail.0["rcpt"][0].as_str().expect("a recipient").to_owned();
    let all = knock_testing::found("the last mail is there", || {
        let all: Vec<String> = server.all().iter().map(to).collect();
        all.contains(&"last@other.example".to_owned()).then_some(all)
    });
    all.into_iter().filter(|to| to != "last@other.example").collect()
}

fn email_of_lead(knock: &Knock, chat: &Chat) -> Value {
    let page = knock.get(&format!("/api/v1/conversations/{}", chat.id), &knock.admin_key());
    page.body["conversation"]["contact"]["email"].clone()
}

fn check_stranger(claim: impl Fn(&Knock)) {
    let server = MailServer::start();
    let knock = start(&server);
    let chat = anonymous(&knock);
    claim(&knock);
    assert_eq!(email_of_lead(&knock, &chat), STRANGER, "the claim itself is believed, as claimed");
    assert_eq!(mailed(&knock, &server, &chat), [] as [String; 0]);
}

#[test]
fn a_stranger_who_identifies_the_visitor_gets_no_mail() {
    check_stranger(|knock| {
        let now = knock.now();
        knock.post_signals(&batch(&knock.site(), VICTIM, now, &[identify(now, 50, STRANGER)]));
    });
}

#[test]
fn a_stranger_who_gives_an_address_for_a_booking_gets_no_mail() {
    check_stranger(|knock| {
        let visitor = id(1_700_000_000_000, VICTIM);
        let step = json!({"link": "meeting", "visitor": visitor, "session": visitor, "email": STRANGER});
        let given = knock.post("/v1/meetings/email", &step);
        assert_eq!(given.code, 200, "{}", given.body);
    });
}

#[test]
fn a_stranger_with_an_address_of_a_mail_merge_gets_no_mail() {
    check_stranger(|knock| {
        let (bearer, body) = (format!("Bearer {}", knock.admin_key()), json!({"emails": [STRANGER]}).to_string());
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        let made = knock.send("POST", "/api/v1/links/chat/addresses", &headers, Some(body.as_bytes()));
        let url = made.body["addresses"][0]["url"].as_str().expect("an address");
        let (visitor, query) = (id(1_700_000_000_000, VICTIM), &url[url.find('?').expect("a query")..]);
        let start = json!({"link": "chat", "visitor": visitor, "session": visitor, "resume": query});
        assert_eq!(knock.post("/v1/chat", &start).code, 201);
    });
}

#[test]
fn a_visitor_whom_the_page_identifies_is_mailed_once_the_chat_says_the_same() {
    let server = MailServer::start();
    let knock = start(&server);
    let (chat, now) = (anonymous(&knock), knock.now());
    knock.post_signals(&batch(&knock.site(), VICTIM, now, &[identify(now, 50, ANN)]));
    let write = |body: Value| {
        let headers = [("authorization", chat.token()), ("content-type", "application/json")];
        let path = format!("{}/messages", chat.path());
        knock.send("POST", &path, &headers, Some(body.to_string().as_bytes()))
    };
    assert_eq!(write(json!({"id": id(now, 101), "text": "Hello?", "email": "ann"})).code, 201, "it is ignored");
    assert_eq!(write(json!({"id": id(now, 102), "text": "Is anybody there?", "email": ANN})).code, 201);
    assert_eq!(mailed(&knock, &server, &chat), [ANN]);
}

#[test]
fn an_address_given_in_the_chat_is_mailed_whatever_a_stranger_claimed_before() {
    let server = MailServer::start();
    let knock = start(&server);
    let (chat, now) = (anonymous(&knock), knock.now());
    knock.post_signals(&batch(&knock.site(), VICTIM, now, &[identify(now, 50, STRANGER)]));
    advance(&knock, 1_000);
    assert_eq!(chat.write(&knock, 101, &format!("Reach me at {ANN}")).code, 201);
    assert_eq!(mailed(&knock, &server, &chat), [ANN]);
}
