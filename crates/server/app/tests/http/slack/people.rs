//! The people of the Slack workspace as members, and a channel that is created there.

use super::Office;
use crate::members::Browser;
use contract_slack::seed;
use knock_model::Role;
use serde_json::{Value, json};

const CHANNELS: &str = "/api/v1/slack/channels";

impl Office {
    /// A user of the workspace as the page lists them.
    fn listed(&self, email: &str) -> Option<Value> {
        let users = self.knock.get("/api/v1/slack/users", &self.key).body;
        users["users"].as_array().expect("a list").iter().find(|user| user["email"] == email).cloned()
    }

    fn user(&self, kind: &str, email: &str) {
        self.slack.control("POST", "users", &json!({"id": seed::BOB, "name": "Bob", "email": email, "kind": kind}));
    }
}

#[test]
fn who_is_invited_and_who_has_left_is_shown_until_they_are_no_member() {
    let office = Office::configured();
    let bob = "bob@acme.example";
    office.until("the people are listed", |settings| settings["users"] == 4);
    let user = office.listed(bob).expect("Bob");
    assert_eq!((&user["is_invited"], &user["has_left"], user.get("member")), (&json!(false), &json!(false), None));
    let invited = office.ask("POST", "/api/v1/members", &json!({"email": bob, "role": "rep"}));
    assert_eq!(invited.code, 201, "{}", invited.body);
    let user = office.listed(bob).expect("Bob");
    assert_eq!((&user["is_invited"], user["member"].is_string()), (&json!(true), true));
    Browser::nameless(&office.knock, &Browser::admin(&office.knock), bob, Role::Rep);
    office.until("Bob is a member", |settings| settings["users_matched"] == 1);
    assert_eq!(office.listed(bob).expect("Bob")["is_invited"], false);
    // Slack hides the address of a user who has left.
    office.user("deactivated", "");
    office.until("Bob has left", |settings| settings["users"] == 3);
    let user = office.listed(bob).expect("still a member");
    assert_eq!((&user["has_left"], &user["member"]), (&json!(true), &json!(office.member(bob))));
    let member = format!("/api/v1/members/{}", office.member(bob));
    assert_eq!(office.ask("DELETE", &member, &Value::Null).code, 204);
    assert_eq!(office.listed(bob), None);
    // A user who comes back is listed again.
    office.user("member", bob);
    office.until("Bob is back", |settings| settings["users"] == 4);
    assert_eq!(office.listed(bob).expect("Bob")["has_left"], false);
}

#[test]
fn a_channel_is_created_and_every_chat_is_shown_there() {
    let office = Office::configured();
    let create = |name: &str| office.ask("POST", CHANNELS, &json!({"name": name}));
    let reply = create(" #new-leads ");
    assert_eq!((reply.code, &reply.body["monitoring_channel_name"]), (201, &json!("new-leads")), "{}", reply.body);
    assert_eq!((&reply.body["problems"], &reply.body["note_mark"]), (&json!([]), &json!("//")));
    let tested = office.ask("POST", "/api/v1/slack/test", &Value::Null).body;
    assert_eq!(tested["is_posted"], true, "{tested}");
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    let entries = log["entries"].as_array().expect("a list");
    assert!(entries.iter().any(|entry| entry["action"] == "destination.changed"), "{log}");
    let chosen = office.settings()["monitoring_channel"].clone();
    let wrong = |name: &str, reason: &str| {
        let reply = create(name);
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (422, &json!("/name")), "{name}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{name}: {error}");
    };
    wrong("Two Words", "lower-case letters");
    wrong("", "lower-case letters");
    wrong("new-leads", "there already");
    let fault = |error: &str| {
        let fault = json!({"method": "conversations.create", "do": "error", "error": error});
        office.slack.control("POST", "faults", &fault);
    };
    fault("restricted_action");
    wrong("others", "does not let apps");
    office.slack.control("POST", "token", &json!({"without": "channels:manage"}));
    wrong("others", "channels:manage");
    office.until("the scope is missing", |settings| settings["problems"][0]["kind"] == "missing_scope");
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    assert_eq!(create("others").code, 503);
    assert_eq!(office.settings()["monitoring_channel"], chosen);
    let bare = Office::bare();
    assert_eq!(bare.ask("POST", CHANNELS, &json!({"name": "leads"})).code, 404);
}
