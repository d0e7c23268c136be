//! The mail server of the dashboard: checked field by field, tested, used at once and after a restart, and never before that
//! of the configuration.

use crate::mail::{self, until_ended};
use crate::members::Browser;
use crate::support::{Knock, Reply};
use knock_testing::{MailServer, Place, Setup, eventually};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/mail/server";
const OWN_NETWORK: [(&str, &str); 1] = [("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")];
const PASSWORD: &str = "heron-granite-41";

fn draft(port: u16) -> Value {
    json!({"host": "127.0.0.1", "port": port, "security": "none", "username": "knock", "password": PASSWORD,
        "from_address": "hello@acme.example", "from_name": "Acme"})
}

fn with(mut draft: Value, field: &str, value: Value) -> Value {
    draft[field] = value;
    draft
}

fn started() -> (MailServer, Knock, String) {
    let server = MailServer::start_with(&["--auth", &format!("knock:{PASSWORD}")]);
    let knock = Knock::start_with(&OWN_NETWORK);
    let key = knock.admin_key();
    (server, knock, key)
}

/// Requests a sign-in link; whether it is mailed.
fn ask_link(knock: &Knock) -> Value {
    let body = json!({"email": "admin@localhost"}).to_string();
    let headers = [("content-type", "application/json"), ("origin", &*knock.url)];
    knock.send("POST", "/api/v1/session/link", &headers, Some(body.as_bytes())).body["is_mail_set_up"].clone()
}

fn tested(knock: &Knock, admin: &Browser, server: &Value) -> Value {
    let reply = admin.ask(knock, "POST", &format!("{PATH}/test"), &json!({"to": "ann@us.example", "server": server}));
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body
}

fn pointer(refused: &Reply) -> (u16, &Value) {
    (refused.code, &refused.body["errors"][0]["pointer"])
}

#[test]
fn a_field_that_cannot_be_right_is_named() {
    let knock = Knock::start();
    let key = knock.admin_key();
    for (field, value, at) in [
        ("host", json!(""), "/host"),
        ("host", json!("smtps://smtp.acme.example"), "/host"),
        ("port", json!(0), "/port"),
        ("port", json!(65_536), "/port"),
        ("username", json!(""), "/username"),
        ("password", json!(""), "/password"),
        ("from_address", json!("acme"), "/from_address"),
        ("from_name", json!("Acme\r\nBcc: ann@us.example"), "/from_name"),
        // Private networks are connected to only if the operator names them.
        ("host", json!("localhost"), "/host"),
    ] {
        let refused = knock.ask("PUT", PATH, &key, &with(draft(25), field, value.clone()));
        assert_eq!(pointer(&refused), (422, &json!(at)), "{field} {value}: {}", refused.body);
    }
    assert_eq!(knock.get(PATH, &key).body["source"], "none");
    assert_eq!(knock.ask("DELETE", PATH, &key, &Value::Null).code, 404);
    assert_eq!(knock.send("GET", PATH, &[], None).code, 401);
    assert_eq!(knock.ask("PUT", PATH, &knock.key("manager"), &draft(25)).code, 403);
}

#[test]
fn it_is_tested_before_it_is_saved_and_used_at_once_and_after_a_restart() {
    let (server, mut knock, key) = started();
    assert_eq!(ask_link(&knock), false);
    until_ended(&knock, &key);
    let admin = Browser::admin(&knock);
    let wrong = with(draft(server.port()), "password", json!("granite"));
    let refused = tested(&knock, &admin, &wrong);
    assert_eq!((&refused["is_sent"], &refused["step"]), (&json!(false), &json!("login")), "{refused}");
    let accepted = tested(&knock, &admin, &draft(server.port()));
    assert_eq!((&accepted["is_sent"], &accepted["step"]), (&json!(true), &json!("accepted")), "{accepted}");
    assert_eq!(server.until(1)[0].0["rcpt"], json!(["ann@us.example"]));
    assert_eq!(knock.get(PATH, &key).body["source"], "none", "nothing is saved by a test");

    assert_eq!(pointer(&knock.ask("PUT", PATH, &key, &wrong)), (422, &json!("/password")));
    let saved = knock.ask("PUT", PATH, &key, &draft(server.port()));
    assert_eq!((saved.code, &saved.body["source"]), (200, &json!("dashboard")), "{}", saved.body);
    assert_eq!((&saved.body["has_password"], &saved.body["problem"]), (&json!(true), &json!("")));
    assert_eq!(ask_link(&knock), true);
    let mail = server.until(2)[1].clone();
    assert_eq!((&mail.0["rcpt"], mail.header("From")), (&json!(["admin@localhost"]), "Acme <hello@acme.example>"));
    // The one from before is not sent by itself.
    // A server that is killed before it has stored a delivery would send that mail again.
    let states: Vec<Value> = until_ended(&knock, &key).iter().map(|mail| mail["state"].clone()).collect();
    assert_eq!(states.last(), Some(&json!("parked")), "{states:?}");
    let methods = knock.send("GET", "/api/v1/session/methods", &[], None).body;
    assert_eq!(methods, json!({"mail": true, "password": true}), "one that fails does not lock the team out");

    knock = knock.kill_and_restart();
    assert_eq!(ask_link(&knock), true);
    server.until(3);
    let shown = knock.get(PATH, &key).body;
    let page = knock.get("/api/v1/mail", &key).body;
    assert_eq!((&page["is_set_up"], &page["from"]), (&json!(true), &json!(mail::FROM)));
    let audit = knock.get("/api/v1/audit?limit=200", &key).body;
    for text in [shown.to_string(), audit.to_string(), page.to_string()] {
        assert!(!text.contains(PASSWORD), "{text}");
    }
    assert!(audit.to_string().contains("mail_server.changed"));

    assert_eq!(knock.ask("DELETE", PATH, &key, &Value::Null).code, 204);
    assert_eq!(ask_link(&knock), false);
    until_ended(&knock, &key);
    assert_eq!(server.all().len(), 3);
}

#[test]
fn a_password_may_be_left_out_for_the_same_host_and_user_alone() {
    let (server, knock, key) = started();
    assert_eq!(knock.ask("PUT", PATH, &key, &draft(server.port())).code, 200);
    let mut without = draft(server.port());
    without.as_object_mut().expect("an object").remove("password");
    let renamed = with(without.clone(), "from_name", json!("Acme Sales"));
    let saved = knock.ask("PUT", PATH, &key, &renamed);
    assert_eq!((saved.code, &saved.body["from_name"]), (200, &json!("Acme Sales")), "{}", saved.body);
    for (field, value) in [("username", "other"), ("host", "localhost")] {
        let refused = knock.ask("PUT", PATH, &key, &with(without.clone(), field, json!(value)));
        assert_eq!(pointer(&refused), (422, &json!("/password")), "{field}");
    }
    assert_eq!(ask_link(&knock), true);
    assert_eq!(server.until(1)[0].header("From"), "Acme Sales <hello@acme.example>");
}

#[test]
fn the_configuration_counts_first() {
    let server = MailServer::start();
    let knock = mail::start(&server);
    let key = knock.admin_key();
    let shown = knock.get(PATH, &key).body;
    assert_eq!((&shown["source"], &shown["from"]), (&json!("file"), &json!(mail::FROM)));
    assert_eq!(shown["server"], json!(format!("127.0.0.1:{}", server.port())));
    for method in ["PUT", "DELETE"] {
        let refused = knock.ask(method, PATH, &key, &draft(25));
        assert_eq!(refused.code, 409, "{method}: {}", refused.body);
        assert!(refused.text("detail").contains("smtp.url"), "{}", refused.body);
    }
    assert_eq!(Browser::admin(&knock).ask(&knock, "POST", &format!("{PATH}/test"), &json!({})).code, 409);
}

#[test]
fn without_the_key_of_the_server_the_password_is_asked_for_again() {
    let server = MailServer::start_with(&["--auth", &format!("knock:{PASSWORD}")]);
    let home = tempfile::tempdir().expect("a directory");
    let data = home.path().join("data");
    let on = || Setup::on(Place::kept(&data, "")).settings(&OWN_NETWORK);
    let knock = on().start();
    assert_eq!(knock.ask("PUT", PATH, &knock.admin_key(), &draft(server.port())).code, 200);
    knock.stop();
    std::fs::remove_file(data.join("secret.key")).expect("it was there");
    let knock = on().arguments(&["--new-secret-key"]).start();
    let key = knock.admin_key();
    let shown = knock.get(PATH, &key).body;
    assert!(shown["problem"].as_str().is_some_and(|problem| problem.contains("give it again")), "{shown}");
    assert_eq!((ask_link(&knock), &knock.get("/api/v1/mail", &key).body["is_set_up"]), (json!(false), &json!(false)));
    assert_eq!(knock.ask("PUT", PATH, &key, &draft(server.port())).code, 200);
    assert_eq!(ask_link(&knock), true);
    server.until(1);
}

#[test]
fn another_server_of_the_workspace_uses_it_too() {
    let (server, one, key) = started();
    let Some(other) = one.start_beside() else { return };
    assert_eq!(one.ask("PUT", PATH, &key, &draft(server.port())).code, 200);
    eventually("the other server sends mail", || other.get("/api/v1/mail", &key).body["is_set_up"] == true);
    assert_eq!(other.ask("DELETE", PATH, &key, &Value::Null).code, 204);
    eventually("the first server sends none", || one.get("/api/v1/mail", &key).body["is_set_up"] == false);
}
