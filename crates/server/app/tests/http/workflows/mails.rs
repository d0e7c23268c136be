//! Mails of workflows: in the language of the lead, once, ended by one click, and answered into the conversation.

use super::PATH;
use crate::inbound::{answer, hook, reply_to};
use crate::mail::{advance, gone, mails, start, until_ended};
use crate::members::Browser;
use crate::support::{Knock, batch, identify, signal};
use knock_testing::{Mail, MailServer, eventually};
use serde_json::{Value, json};

const ANN: &str = "ann@first.example";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A workflow that mails a lead for each event of a trigger, switched on.
fn begin(knock: &Knock, admin: &Browser, trigger: &Value) {
    let draft = json!({
        "name": "Prices",
        "definition": {"trigger": trigger, "again": "always", "steps": [{"id": "m", "do": "mail"}]},
        "contents": {"m": {"do": "mail",
            "subject": {"en": "Our prices, {{first_name|friend}}", "de": "Unsere Preise"},
            "body": {"en": "Hello {{first_name|there}},\n\nsee https://acme.example/prices <b>soon</b>.",
                "de": "Guten Tag {{first_name|zusammen}},\n\nsiehe https://acme.example/preise."}}},
    });
    let saved = admin.ask(knock, "POST", PATH, &draft);
    assert_eq!(saved.code, 201, "{}", saved.body);
    let on = format!("{PATH}/{}/state", saved.text("id"));
    assert_eq!(admin.ask(knock, "PUT", &on, &json!({"enabled": true})).code, 200);
}

fn messages() -> Value {
    json!({"on": "message", "by": "lead"})
}

/// The mails of the workflow so far.
fn mailed(knock: &Knock, server: &MailServer, key: &str) -> Vec<Mail> {
    until_ended(knock, key);
    let is_ours =
        |mail: &Mail| ["Our prices", "Unsere Preise"].iter().any(|start| mail.header("Subject").starts_with(start));
    server.all().into_iter().filter(is_ours).collect()
}

#[test]
fn a_mail_goes_out_once_in_the_language_of_the_lead() {
    let server = MailServer::start();
    let mut knock = start(&server);
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    begin(&knock, &admin, &messages());
    gone(&knock, &knock.site(), 1, ANN);
    let mail = &server.until_to(ANN, 1)[0];
    assert_eq!(mail.header("Subject"), "Our prices, friend");
    let (text, html) = (mail.part("text/plain"), mail.part("text/html"));
    assert!(text.starts_with("Hello there,\n\nsee https://acme.example/prices <b>soon</b>."), "{text}");
    assert!(html.contains("<a href=\"https://acme.example/prices\">") && !html.contains("<b>soon"), "{html}");
    assert!(html.contains("<html lang=\"en\">") && html.contains("Tareline"), "{html}");

    let german = crate::chat::open_as(&knock, &knock.site(), 2);
    assert_eq!(german.write(&knock, 102, "Guten Tag, was kostet das? Ich bin bob@second.example").code, 201);
    let mail = &server.until_to("bob@second.example", 1)[0];
    assert_eq!(mail.header("Subject"), "Unsere Preise");
    assert!(mail.part("text/html").contains("<html lang=\"de\">"), "{}", mail.part("text/html"));
    assert!(mail.part("text/plain").contains("Keine solchen E-Mails mehr erhalten: "), "{}", mail.part("text/plain"));

    // Until a delivery is recorded, a mail that the server took goes out again with the same id.
    until_ended(&knock, &key);
    knock = knock.kill_and_restart();
    advance(&knock, 60_000);
    assert_eq!(mailed(&knock, &server, &key).len(), 2, "nothing goes out again");
    let listed = knock.get("/api/v1/mail", &key).body.to_string();
    assert!(listed.contains("mail.workflow") && listed.contains("proof=HIDDEN"), "{listed}");
}

#[test]
fn one_click_ends_mails_of_workflows_alone_and_is_taken_back() {
    let server = MailServer::start();
    let knock = start(&server);
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    begin(&knock, &admin, &messages());
    let chat = gone(&knock, &knock.site(), 1, ANN);
    let mail = &server.until_to(ANN, 1)[0];
    assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let link = mail.header("List-Unsubscribe").trim_matches(['<', '>']).to_owned();
    assert!(mail.part("text/plain").contains(&link), "{}", mail.part("text/plain"));
    let page = link.strip_prefix(&knock.url).expect("a page of ours").to_owned();
    let shown = |method: &str, path: &str| {
        let reply = knock.send(method, path, &[FORM], Some(b"List-Unsubscribe=One-Click"));
        assert_eq!(reply.code, 200, "{path}");
        reply.body.as_str().expect("a page").to_owned()
    };
    // Scanners open links: that changes nothing.
    let asked = knock.send("GET", &page, &[], None).body;
    assert!(asked.as_str().is_some_and(|page| page.contains("data-step=\"ask\"")), "{asked}");
    assert!(shown("POST", &page).contains("data-step=\"done\""));
    assert!(shown("POST", &page.replace("lang=en", "lang=de")).contains("Erledigt: "));
    let write = |n: u64| assert_eq!(chat.write(&knock, 200 + n, "One more question").code, 201);
    write(1);
    let lead = chat.record(&knock, &key)["conversation"]["lead"].as_str().expect("a lead").to_owned();
    let skipped = || {
        let shown = admin.get(&knock, &format!("/api/v1/contacts/{lead}/workflows")).body;
        shown["workflows"][0]["runs"][0]["log"][0]["reason"] == "unsubscribed"
    };
    eventually("the mail is left out", skipped);
    assert_eq!(mailed(&knock, &server, &key).len(), 1);
    // Replies in the chat are still mailed.
    assert_eq!(crate::chat::rep_writes(&knock, &chat, 900, "It is $490 a month."), 201);
    advance(&knock, crate::mail::PATIENCE + 1);
    server.until_to(ANN, 2);

    assert!(shown("POST", &format!("{page}&again=1")).contains("You will get these e-mails again."));
    write(2);
    server.until_to(ANN, 3);
    assert_eq!(mailed(&knock, &server, &key).len(), 2);
    for wrong in [page.replace("proof=", "proof=0"), "/mail/workflows?lead=x".to_owned(), "/mail/workflows".to_owned()]
    {
        for method in ["GET", "POST"] {
            assert_eq!(knock.send(method, &wrong, &[FORM], None).code, 404, "{method} {wrong}");
        }
    }
}

#[test]
fn a_mail_that_has_to_wait_is_not_sent_after_the_click_nor_too_late() {
    let mut server = MailServer::start();
    let knock = start(&server);
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    begin(&knock, &admin, &messages());
    let chat = gone(&knock, &knock.site(), 1, ANN);
    let link = server.until_to(ANN, 1)[0].header("List-Unsubscribe").trim_matches(['<', '>']).to_owned();
    let page = link.strip_prefix(&knock.url).expect("a page of ours").to_owned();
    let is_ours = |mail: &Value| mail["kind"] == "mail.workflow";
    let of_workflow = || mails(&knock, &key).into_iter().filter(is_ours).collect::<Vec<_>>();
    // The first attempt at the next mail fails.
    let mut wait = |n: u64| {
        server.fail(1);
        assert_eq!(chat.write(&knock, 200 + n, "One more question").code, 201);
        eventually("it waits for another attempt", || of_workflow()[0]["answer"].to_string().contains("later"));
    };
    let click = |again: &str| knock.send("POST", &format!("{page}{again}"), &[FORM], Some(b"")).code;
    wait(1);
    assert_eq!(click(""), 200);
    assert_eq!(of_workflow().len(), 1, "it is withdrawn");
    assert_eq!(click("&again=1"), 200);
    wait(2);
    advance(&knock, 25 * 3_600_000);
    until_ended(&knock, &key);
    let last = &of_workflow()[0];
    let late = json!("it is too late for this step of the workflow");
    assert_eq!((&last["state"], &last["answer"]), (&json!("parked"), &late));
    assert_eq!(mailed(&knock, &server, &key).len(), 1);
}

#[test]
fn an_answer_reaches_the_inbox_also_of_a_lead_without_a_conversation() {
    let server = MailServer::start();
    let knock = start(&server);
    let (key, admin, site) = (knock.admin_key(), Browser::admin(&knock), knock.site());
    let provider = hook(&knock, &key);
    begin(&knock, &admin, &json!({"on": "signal", "signal": "page_view", "category": "Pricing"}));
    let now = knock.now();
    knock.post_signals(&batch(&site, 1, now, &[identify(now, 11, ANN)]));
    knock.post_signals(&batch(&site, 1, now, &[signal(now, 12, "page_view", "/pricing")]));
    let mail = &server.until_to(ANN, 1)[0];
    let to = reply_to(mail);
    assert!(to.starts_with("replies+"), "{to}");
    let written = answer(&to, "1", "Yes, for 20 seats.");
    let taken = knock.send("POST", &provider, &[("content-type", "message/rfc822")], Some(&written));
    assert_eq!((taken.code, taken.text("outcome").as_str()), (200, "message"), "{}", taken.body);
    let page = knock.get("/api/v1/conversations?view=open", &key).body;
    let row = &page["conversations"][0];
    assert_eq!(row["contact"]["email"], ANN, "{page}");
    let record = knock.get(&format!("/api/v1/conversations/{}", row["id"].as_str().expect("an id")), &key).body;
    assert!(record["messages"].to_string().contains("Yes, for 20 seats."), "{record}");
}
