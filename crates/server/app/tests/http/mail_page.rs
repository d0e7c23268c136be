//! Settings > Mail over HTTP: the server that is shown, a test, and mails by their state.

use crate::mail::{FROM, mails, start, until_ended};
use crate::members::Browser;
use crate::support::Knock;
use knock_testing::{MailServer, eventually};
use serde_json::{Value, json};

#[test]
fn a_test_goes_to_whom_asks_and_its_outcome_is_among_the_mails() {
    let server = MailServer::start();
    let knock = start(&server);
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    let test = || admin.ask(&knock, "POST", "/api/v1/mail/test", &Value::Null);
    assert_eq!(test().code, 202);
    assert_eq!(server.until(1)[0].header("Subject"), "Test mail from Knock");
    let mails = until_ended(&knock, &key);
    assert_eq!((&mails[0]["kind"], &mails[0]["to"]), (&json!("mail.test"), &json!("admin@localhost")));
    assert_eq!((&mails[0]["state"], &mails[0]["answer"]), (&json!("delivered"), &json!("answered 250")));
    let page = knock.get("/api/v1/mail", &key).body;
    assert_eq!((&page["server"], &page["from"]), (&json!(server.url().trim_start_matches("smtp://")), &json!(FROM)));
    let entries = knock.get("/api/v1/audit?action=destination.tested", &key).body;
    assert_eq!(entries["entries"][0]["after"], json!({"to": "admin@localhost"}));
    assert_eq!(knock.ask("POST", "/api/v1/mail/test", &key, &Value::Null).code, 403, "a program has no address");
    let without = Knock::start();
    let admin = Browser::admin(&without);
    let refused = admin.ask(&without, "POST", "/api/v1/mail/test", &Value::Null);
    assert_eq!((refused.code, &refused.body["type"]), (409, &json!("urn:knock:problem:no-mail")));
}

#[test]
fn mails_are_listed_by_where_they_stand() {
    let server = MailServer::start();
    let knock = start(&server);
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    for name in ["ann", "later", "never"] {
        let draft = json!({"email": format!("{name}@us.example"), "role": "rep"});
        assert_eq!(admin.ask(&knock, "POST", "/api/v1/members", &draft).code, 201);
    }
    let found = |state: &str| {
        let page = knock.get(&format!("/api/v1/mail?state={state}"), &key).body;
        let mails = page["mails"].as_array().expect("a list").clone();
        mails.iter().map(|mail| mail["to"].as_str().expect("an address").to_owned()).collect::<Vec<_>>()
    };
    eventually("each was tried", || {
        let mails = mails(&knock, &key);
        mails.iter().all(|mail| mail["attempts"] != 0 && mail["state"] != "under_way")
    });
    assert_eq!(found(""), ["never@us.example", "later@us.example", "ann@us.example"]);
    for (state, expected) in [("sent", "ann"), ("waiting", "later"), ("failed", "never")] {
        assert_eq!(found(state), [format!("{expected}@us.example")], "{state}");
    }
    let wrong = knock.get("/api/v1/mail?state=lost", &key);
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (400, &json!("query/state")));
}
