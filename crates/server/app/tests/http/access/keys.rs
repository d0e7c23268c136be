//! API keys: created, listed, used, expired, revoked.

use crate::support::Knock;
use knock_testing::{JSON, eventually};
use serde_json::{Value, json};

fn keys(knock: &Knock, key: &str) -> Vec<Value> {
    let list = knock.get("/api/v1/keys", key);
    assert_eq!(list.code, 200, "{}", list.body);
    list.body["keys"].as_array().expect("a list").clone()
}

fn works(knock: &Knock, key: &str) -> bool {
    match knock.get("/api/v1/contacts", key).code {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

#[test]
fn a_key_has_a_name_a_creator_its_last_use_and_an_end() {
    let knock = Knock::start();
    let admin = knock.admin_key();
    let cookie = knock.session();
    let end = knock.now() + 86_400_000;
    let body = json!({"name": "  Data team ", "role": "rep", "ends": end}).to_string();
    let headers = [JSON, ("cookie", cookie.as_str()), ("origin", knock.url.as_str())];
    let made = knock.send("POST", "/api/v1/keys", &headers, Some(body.as_bytes()));
    assert_eq!((made.code, &made.body["role"]), (201, &json!("rep")), "{}", made.body);
    let (id, key) = (made.text("id"), made.text("key"));
    let row = || keys(&knock, &admin).into_iter().find(|row| row["id"] == json!(id)).expect("it is listed");
    let before = row();
    assert_eq!((&before["name"], &before["ends_at"]), (&json!("Data team"), &json!(end)));
    assert_eq!((before.get("used_at"), &before["has_ended"]), (None, &json!(false)));
    assert!(before["created_by"].as_str().is_some_and(|by| by.contains('@')), "{before}");
    assert!(!before.to_string().contains(&key), "the secret is shown once");

    assert!(works(&knock, &key));
    eventually("its use is recorded", || row()["used_at"].is_i64());
    knock.advance(2 * 86_400_000);
    assert!(!works(&knock, &key));
    assert_eq!(row()["has_ended"], json!(true), "it stays in the list");
}

#[test]
fn a_revoked_key_is_refused_at_once() {
    let knock = Knock::start();
    let admin = knock.admin_key();
    let made = knock.ask("POST", "/api/v1/keys", &admin, &json!({"name": "Old", "role": "manager"}));
    let (id, key) = (made.text("id"), made.text("key"));
    assert!(works(&knock, &key));
    let revoke = |id: &str| knock.ask("DELETE", &format!("/api/v1/keys/{id}"), &admin, &json!({})).code;
    assert_eq!((revoke(&id), revoke(&id), revoke("nonsense")), (204, 404, 404));
    assert!(!works(&knock, &key));
    let session = knock.session();
    assert!(keys(&knock, &admin).iter().all(|row| row["id"] != json!(id)));
    assert!(!session.is_empty());
}

#[test]
fn a_wrong_draft_names_its_field() {
    let knock = Knock::start();
    let admin = knock.admin_key();
    let cases = [
        (json!({"name": " ", "role": "rep"}), 422, "/name"),
        (json!({"name": "x".repeat(101), "role": "rep"}), 422, "/name"),
        (json!({"name": "a\nb", "role": "rep"}), 422, "/name"),
        (json!({"name": "x", "role": "rep", "ends": 1}), 422, "/ends"),
        (json!({"name": "x", "role": "king"}), 400, "/role"),
        (json!({"name": "x", "role": "rep", "color": 1}), 400, "/color"),
    ];
    for (draft, code, pointer) in cases {
        let reply = knock.ask("POST", "/api/v1/keys", &admin, &draft);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{draft}");
    }
}

#[test]
fn the_command_line_lists_and_revokes_them_with_and_without_a_server() {
    let mut knock = Knock::start();
    let said = |output: std::process::Output| String::from_utf8(output.stdout).expect("text");
    let create = ["api-key", "create", "--role", "manager", "--name", "Nightly", "--ends", "2999-01-01T00:00:00Z"];
    let key = said(knock.command(&create)).trim().to_owned();
    assert!(works(&knock, &key));
    let list = said(knock.command(&["api-key", "list"]));
    let line = list.lines().find(|line| line.contains("Nightly")).unwrap_or_else(|| panic!("{list}")).to_owned();
    assert!(line.contains("manager") && line.contains("2999-01-01") && line.contains("command line"), "{line}");
    let id = line.split_whitespace().next().expect("an id").to_owned();
    let wrong = knock.command(&["api-key", "revoke", "nonsense"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("nonsense"));
    knock.kill();
    assert!(knock.command(&["api-key", "revoke", &id]).status.success());
    assert!(!said(knock.command(&["api-key", "list"])).contains("Nightly"));
}
