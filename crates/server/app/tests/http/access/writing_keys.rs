//! API keys that write: as a member, or as an integration with a name of its own.

use crate::office::Office;
use knock_testing::{Chat, JSON, Reply};
use serde_json::{Value, json};

const MORNING: &str = "2030-01-08T09:00:00Z";

/// Creates a key of the role `rep` with an author.
fn key(office: &Office, name: &str, author: &Value) -> String {
    let draft = json!({"name": name, "role": "rep", "author": author});
    let made = office.admin.ask(&office.knock, "POST", "/api/v1/keys", &draft);
    assert_eq!(made.code, 201, "{}", made.body);
    made.text("key")
}

/// Posts something about a chat under an idempotency key.
fn post(office: &Office, chat: &Chat, (key, once): (&str, &str), (what, body): (&str, &Value)) -> Reply {
    let bearer = format!("Bearer {key}");
    let headers = [JSON, ("authorization", bearer.as_str()), ("idempotency-key", once)];
    let path = format!("/api/v1/conversations/{}/{what}", chat.id);
    office.knock.send("POST", &path, &headers, Some(body.to_string().as_bytes()))
}

#[test]
fn a_key_of_a_member_replies_as_them_once_and_ends_with_them() {
    let office = Office::open(MORNING);
    let chat = office.writes(1, "We are 200 people and need a quote");
    let zap = key(&office, "Zap of Bo", &json!({"member": office.id("bo@us.example")}));
    let text = json!({"text": "Bo here: 49 a month."});
    let replies = [201, 200].map(|code| {
        let reply = post(&office, &chat, (&zap, "run-1"), ("messages", &text));
        assert_eq!(reply.code, code, "{}", reply.body);
        reply.body["seq"].clone()
    });
    assert_eq!(replies[0], replies[1], "a retry stores no second message");
    assert_eq!(chat.status(&office.knock, &office.key), "Rep Discovery");
    let state = office.record(&chat).0["state"].clone();
    assert_eq!(state["responding_rep"], "bo@us.example", "{state}");
    let said = chat.messages(&office.knock, 0).pop().expect("a message");
    assert_eq!((&said["author"], &said["name"]), (&json!("rep"), &json!("Bo")));

    let own = office.knock.get("/api/v1/availability", &zap);
    assert_eq!((own.code, &own.body["email"]), (200, &json!("bo@us.example")), "{}", own.body);
    let none = office.knock.get("/api/v1/availability", &office.key);
    let reason = none.body["errors"][0]["reason"].as_str().unwrap_or_default().to_owned();
    assert!(none.code == 403 && reason.contains("a key that is bound to one"), "{}", none.body);

    let gone = format!("/api/v1/members/{}", office.id("bo@us.example"));
    assert_eq!(office.admin.ask(&office.knock, "DELETE", &gone, &json!({})).code, 204);
    assert_eq!(office.knock.get("/api/v1/conversations", &zap).code, 401);
}

#[test]
fn a_key_of_a_member_may_no_more_than_their_role() {
    let office = Office::open(MORNING);
    let draft = json!({"name": "All", "role": "admin", "author": {"member": office.id("bo@us.example")}});
    let zap = office.admin.ask(&office.knock, "POST", "/api/v1/keys", &draft).text("key");
    assert_eq!(office.knock.get("/api/v1/conversations", &zap).code, 200);
    assert_eq!(office.knock.get("/api/v1/rules", &zap).code, 403, "Bo is a rep");
}

#[test]
fn an_integration_writes_by_its_name_and_the_lead_waits_on() {
    let office = Office::open(MORNING);
    let chat = office.writes(1, "We are 200 people and need a quote");
    assert_eq!(chat.act(&office.knock, &office.key, &json!({"assign": {"to": office.id("bo@us.example")}})), 204);
    let before = office.record(&chat).0;
    let zap = key(&office, "Prod zap", &json!({"integration": "Zapier"}));
    for code in [201, 200] {
        let reply = post(&office, &chat, (&zap, "run-1"), ("messages", &json!({"text": "Your ticket is 4711."})));
        assert_eq!(reply.code, code, "{}", reply.body);
        let note = post(&office, &chat, (&zap, "run-1"), ("notes", &json!({"text": "Paid invoice found."})));
        assert_eq!((note.code, &note.body["name"]), (code, &json!("Zapier (integration)")), "{}", note.body);
    }
    // For the lead the team has written; the name of a tool says nothing to them.
    let said = chat.messages(&office.knock, 0).pop().expect("a message");
    assert_eq!((&said["author"], &said["name"], said.get("is_integration")), (&json!("rep"), &json!(""), None));
    let record = chat.record(&office.knock, &office.key);
    let shown = record["messages"].as_array().and_then(|all| all.last()).cloned().expect("a message");
    assert_eq!((&shown["name"], &shown["is_integration"]), (&json!("Zapier (integration)"), &json!(true)));
    assert_eq!(record["notes"].as_array().map(Vec::len), Some(1));
    // No rep has replied: status, owner and wait are as before.
    let after = record["conversation"].clone();
    assert_eq!((&after["state"], &after["waiting_since"]), (&before["state"], &before["waiting_since"]));
    assert!(after["waiting_since"].is_i64(), "{after}");
    // A rep who replies is the first one.
    let draft = json!({"id": knock_testing::id(office.knock.now(), 9), "text": "Bo here."});
    let path = format!("/api/v1/conversations/{}/messages", chat.id);
    assert_eq!(office.bo.ask(&office.knock, "POST", &path, &draft).code, 201);
    assert_eq!(office.record(&chat).0["state"]["responding_rep"], "bo@us.example");
}

#[test]
fn an_integration_acts_once_and_the_audit_log_names_it_with_its_key() {
    let office = Office::open(MORNING);
    let chat = office.writes(1, "We are 200 people and need a quote");
    let zap = key(&office, "Prod zap", &json!({"integration": "Zapier"}));
    for _ in 0..2 {
        let reply = post(&office, &chat, (&zap, "run-1"), ("actions", &json!({"reject": "No budget"})));
        assert_eq!(reply.code, 204, "{}", reply.body);
    }
    assert_eq!(chat.status(&office.knock, &office.key), "Rejected");
    let log = office.knock.get("/api/v1/audit?action=lead.rejected", &office.key).body;
    let entries = log["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 1, "{log}");
    assert_eq!(entries[0]["actor"]["name"], "Zapier (integration), with the key Prod zap");
    // Undone by hand, a retry of the first request changes nothing.
    assert_eq!(chat.act(&office.knock, &office.key, &json!("undo_reject")), 204);
    assert_eq!(post(&office, &chat, (&zap, "run-1"), ("actions", &json!({"reject": "No budget"}))).code, 204);
    assert_ne!(chat.status(&office.knock, &office.key), "Rejected");
}

#[test]
fn a_key_without_an_author_writes_nothing_and_is_told_what_is_missing() {
    let office = Office::open(MORNING);
    let chat = office.writes(1, "Hello");
    for what in ["messages", "notes"] {
        let reply = post(&office, &chat, (&office.key, "run-1"), (what, &json!({"text": "Hi"})));
        let reason = reply.body["errors"][0]["reason"].as_str().unwrap_or_default();
        assert!(reply.code == 403 && reason.contains("bound to a member or to an integration"), "{}", reply.body);
    }
}

#[test]
fn a_wrong_author_names_its_field() {
    let office = Office::open(MORNING);
    let unknown = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";
    let cases = [
        (json!({"name": "x", "role": "ingest", "author": {"integration": "Zapier"}}), 422, "/role"),
        (json!({"name": "x", "role": "rep", "author": {"integration": " "}}), 422, "/author/integration"),
        (json!({"name": "x", "role": "rep", "author": {"integration": "x".repeat(61)}}), 422, "/author/integration"),
        (json!({"name": "x", "role": "rep", "author": {"member": unknown}}), 422, "/author/member"),
    ];
    for (draft, code, pointer) in cases {
        let reply = office.admin.ask(&office.knock, "POST", "/api/v1/keys", &draft);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{draft}");
    }
    let once = "x".repeat(256);
    let chat = office.writes(1, "Hello");
    let zap = key(&office, "Zap", &json!({"integration": "Zapier"}));
    let reply = post(&office, &chat, (&zap, &once), ("messages", &json!({"text": "Hi"})));
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("header/Idempotency-Key")));
}
