//! Setting Slack up: by configuration or in the dashboard, with problems as texts.

use super::{Office, SETTINGS};
use crate::members::Browser;
use contract_slack::seed;
use knock_model::Role;
use knock_testing::eventually;
use serde_json::{Value, json};

fn connection(token: &str) -> Value {
    json!({"bot_token": token, "signing_secret": seed::SIGNING_SECRET})
}

#[test]
fn what_is_configured_is_connected_and_says_so() {
    let office = Office::configured();
    let settings = office.until("Slack has said whose token it is", |settings| settings["team"] == "Acme");
    let is = |name: &str, value: Value| assert_eq!(settings[name], value, "{name}: {settings}");
    is("is_connected", json!(true));
    is("is_configured", json!(true));
    is("note_mark", json!("//"));
    is("missing_scopes", json!([]));
    is("problems", json!([]));
    let settings = office.until("the people are listed", |settings| settings["users"] == 4);
    assert_eq!(settings["users_matched"], 0);
    assert_eq!(office.ask("POST", "/api/v1/slack/connect", &connection(seed::TOKEN)).code, 409);
    assert_eq!(office.ask("DELETE", SETTINGS, &Value::Null).code, 409);
}

#[test]
fn a_workspace_is_connected_in_the_dashboard_and_disconnected() {
    let office = Office::bare();
    assert_eq!(office.settings()["is_connected"], false);
    let wrong = |body: Value, pointer: &str, reason: &str| {
        let reply = office.ask("POST", "/api/v1/slack/connect", &body);
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (422, &json!(pointer)), "{}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{error}");
    };
    wrong(connection("xoxp-1"), "/bot_token", "xoxb-");
    wrong(connection("xoxb-wrong"), "/bot_token", "does not accept");
    wrong(json!({"bot_token": seed::TOKEN, "signing_secret": ""}), "/signing_secret", "Basic Information");
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    assert_eq!(office.ask("POST", "/api/v1/slack/connect", &connection(seed::TOKEN)).code, 503);
    office.slack.control("PUT", "outage", &json!({"on": false}));
    let reply = office.ask("POST", "/api/v1/slack/connect", &connection(seed::TOKEN));
    assert_eq!((reply.code, &reply.body["is_connected"]), (200, &json!(true)), "{}", reply.body);
    assert_eq!(reply.body["team"], "Acme");
    for secret in [seed::TOKEN, seed::SIGNING_SECRET] {
        let stored = office.knock.select("SELECT value FROM settings").join(" ");
        assert!(!stored.contains(secret), "it is sealed");
        assert!(!reply.body.to_string().contains(secret));
    }
    office.until("the people are listed", |settings| settings["users"] == 4);
    let office = Office { knock: office.knock.kill_and_restart(), ..office };
    assert_eq!(office.settings()["is_connected"], true);
    assert_eq!(office.ask("DELETE", SETTINGS, &Value::Null).code, 204);
    assert_eq!(office.ask("DELETE", SETTINGS, &Value::Null).code, 404);
    assert_eq!(office.settings()["is_connected"], false);
    let log = office.knock.get("/api/v1/audit?limit=200", &office.key).body;
    let entries = log["entries"].as_array().expect("a list").iter();
    let of_slack: Vec<_> =
        entries.filter(|entry| entry["subject"]["kind"] == "slack").map(|entry| entry["action"].clone()).collect();
    assert_eq!(of_slack, ["destination.deleted", "destination.created"]);
}

#[test]
fn what_is_wrong_with_a_choice_is_said_at_its_field() {
    let office = Office::configured();
    for (body, pointer) in [
        (json!({"monitoring_channel": "#leads", "note_mark": "//"}), "/monitoring_channel"),
        (json!({"monitoring_channel": "", "note_mark": ""}), "/note_mark"),
        (json!({"note_mark": "note"}), "/note_mark"),
        (json!({"note_mark": "/"}), "/note_mark"),
        (json!({"note_mark": "!!!!!!!!!!!"}), "/note_mark"),
    ] {
        let reply = office.ask("PUT", SETTINGS, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}");
    }
}

#[test]
fn the_bot_joins_a_public_channel_and_what_is_wrong_with_another_is_shown() {
    let office = Office::configured();
    let put = |channel: &str| office.ask("PUT", SETTINGS, &json!({"monitoring_channel": channel, "note_mark": "//"}));
    let reply = put(seed::LEADS);
    assert_eq!((reply.code, &reply.body["problems"]), (200, &json!([])), "{}", reply.body);
    assert_eq!(reply.body["monitoring_channel_name"], "leads");
    assert!(!office.slack.calls("conversations.join").is_empty());
    let tested = office.ask("POST", "/api/v1/slack/test", &Value::Null).body;
    assert_eq!(tested, json!({"is_posted": true, "problem": ""}));
    let reply = put(seed::ARCHIVED);
    let problem = &reply.body["problems"][0];
    assert_eq!((&problem["kind"], &problem["channel"]), (&json!("channel_gone"), &json!(seed::ARCHIVED)));
    assert!(problem["text"].as_str().is_some_and(|text| text.contains("archived")), "{problem}");
    assert_eq!(office.ask("POST", "/api/v1/slack/test", &Value::Null).body["is_posted"], false);
    assert_eq!(put(seed::GENERAL).body["problems"], json!([]));
}

#[test]
fn a_revoked_token_is_shown_and_mended_by_itself_when_it_is_right_again() {
    let office = Office::open();
    office.slack.control("POST", "token", &json!({"state": "revoked"}));
    assert_eq!(office.ask("POST", "/api/v1/slack/test", &Value::Null).body["is_posted"], false);
    office.until("the token does not work", |settings| settings["problems"][0]["kind"] == "token");
    office.slack.control("POST", "token", &json!({"state": "valid"}));
    assert_eq!(office.ask("POST", "/api/v1/slack/test", &Value::Null).body["is_posted"], true);
    office.until("nothing is wrong", |settings| settings["problems"] == json!([]));
}

#[test]
fn channels_people_and_the_manifest_are_listed() {
    let office = Office::configured();
    let admin = Browser::admin(&office.knock);
    Browser::nameless(&office.knock, &admin, "ann@acme.example", Role::Rep);
    let channels = office.knock.get("/api/v1/slack/channels", &office.key).body;
    let names: Vec<_> =
        channels["channels"].as_array().expect("a list").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names.len(), 3, "{channels}");
    assert_eq!(channels["is_complete"], true);
    office.until("Ann is a member", |settings| settings["users_matched"] == 1);
    let users = office.knock.get("/api/v1/slack/users", &office.key).body;
    let users = users["users"].as_array().expect("a list");
    let matched: Vec<_> = users.iter().filter(|user| user["member"].is_string()).map(|user| &user["email"]).collect();
    assert_eq!(matched, [&json!("ann@acme.example")]);
    assert_eq!(users.len(), 4, "{users:?}");
    let manifest = office.knock.get("/api/v1/slack/manifest", &office.key).body;
    let url = manifest["manifest"]["settings"]["event_subscriptions"]["request_url"].as_str().expect("an address");
    assert!(url.ends_with("/hooks/slack/events"), "{url}");
    assert!(manifest["problem"].as_str().is_some_and(|problem| problem.contains("https")), "{manifest}");
}

#[test]
fn the_server_works_while_slack_cannot_be_reached() {
    let office = Office::open();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 0}));
    let office = Office { knock: office.knock.kill_and_restart(), ..office };
    assert_eq!(office.settings()["is_connected"], true);
    let body = json!({"monitoring_channel": seed::LEADS, "note_mark": "!!"});
    assert_eq!(office.ask("PUT", SETTINGS, &body).code, 200);
    eventually("it is up", || office.knock.get("/readyz", "").code == 200);
}

#[test]
fn only_who_manages_connections_sees_slack() {
    let office = Office::bare();
    let admin = Browser::admin(&office.knock);
    let rep = Browser::nameless(&office.knock, &admin, "bo@us.example", Role::Rep);
    assert_eq!(rep.get(&office.knock, SETTINGS).code, 403);
    assert_eq!(admin.get(&office.knock, SETTINGS).code, 200);
}
