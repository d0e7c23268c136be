//! Connecting a calendar account: errors name their field, and the password is never shown again.

use super::{OWN, draft, path_of, post, start};
use crate::members::Browser;
use knock_model::Role;
use knock_testing::CalendarServer;
use serde_json::{Value, json};

/// The ids of an account's calendars that are read.
fn read(account: &Value) -> Vec<Value> {
    let calendars = account["calendars"].as_array().expect("a list").iter();
    calendars.filter(|calendar| calendar["is_read"] == true).map(|calendar| calendar["id"].clone()).collect()
}

#[test]
fn an_account_is_connected_changed_and_disconnected() {
    let (knock, server) = (start(&[]), CalendarServer::start());
    server.add("private");
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    let none = admin.get(&knock, OWN).body;
    assert_eq!((&none["accounts"], &none["providers"][0]["provider"]), (&json!([]), &json!("caldav")), "{none}");
    let mut draft = draft(&server, "");
    draft.as_object_mut().expect("an object").remove("events_in");
    let connected = post(&knock, &admin, &draft);
    assert_eq!(connected.code, 201, "{}", connected.body);
    let (connected, path) = (&connected.body, path_of(&connected.body));
    assert_eq!(read(connected).len(), 2, "all that are found: {connected}");
    assert_eq!(connected["events_in"], connected["calendars"][0]["id"]);
    assert_eq!(connected["credentials"], json!({"url": server.url(), "user": "ann"}), "{connected}");
    assert_eq!(connected["name"], "ann at 127.0.0.1");

    // The use alone, and credentials without the password, which stays for the same server and user.
    let work = json!([server.calendar("work")]);
    let changed = admin.ask(&knock, "PATCH", &path, &json!({"reads": work, "events_in": ""})).body;
    assert_eq!((&changed["events_in"], json!(read(&changed))), (&json!(""), work.clone()), "{changed}");
    let again = admin.ask(&knock, "PATCH", &path, &json!({"url": server.url()})).body;
    assert_eq!((&again["health"]["problem"], json!(read(&again)), &again["events_in"]), (&json!(""), work, &json!("")));
    assert_eq!(admin.get(&knock, OWN).body["accounts"], json!([again]));

    let log = knock.get("/api/v1/audit?limit=200", &key).body.to_string();
    assert!(log.contains("calendar.connected") && log.contains("calendar.changed"), "{log}");
    for shown in [&log, &changed.to_string()] {
        assert!(!shown.contains(CalendarServer::PASSWORD), "{shown}");
    }
    assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 404);
    assert_eq!(admin.get(&knock, OWN).body["accounts"], json!([]));
    assert!(knock.get("/api/v1/audit?limit=200", &key).body.to_string().contains("calendar.disconnected"));
}

#[test]
fn an_account_is_tested_and_finds_new_calendars() {
    let (knock, mut server) = (start(&[]), CalendarServer::start());
    let admin = Browser::admin(&knock);
    let test = format!("{}/test", path_of(&post(&knock, &admin, &draft(&server, &server.calendar("work"))).body));
    server.add("private");
    let tested = admin.ask(&knock, "POST", &test, &Value::Null).body;
    assert_eq!((tested["calendars"].as_array().map(Vec::len), read(&tested).len()), (Some(2), 1), "{tested}");
    server.stop();
    let away = admin.ask(&knock, "POST", &test, &Value::Null);
    let problem = away.body["health"]["problem"].as_str().expect("a text");
    assert!(away.code == 200 && !problem.is_empty() && away.body["health"]["problem_since"].is_i64(), "{}", away.body);
    server.resume();
    // A calendar that is gone at the provider can be neither read nor written into.
    server.remove("work");
    let tested = admin.ask(&knock, "POST", &test, &Value::Null).body;
    assert_eq!((&tested["health"]["problem"], &tested["events_in"]), (&json!(""), &json!("")), "{tested}");
    assert_eq!((tested["calendars"].as_array().map(Vec::len), read(&tested).len()), (Some(1), 0), "{tested}");
}

#[test]
fn what_is_wrong_with_an_account_is_said_at_its_field() {
    let (knock, mut server) = (start(&[]), CalendarServer::start());
    let admin = Browser::admin(&knock);
    let said = |reply: crate::support::Reply, pointer: &str, reason: &str| {
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (422, &json!(pointer)), "{reason}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{reason}: {error}");
    };
    let check = |change: &Value, pointer: &str, reason: &str| {
        let mut wrong = draft(&server, "");
        for (name, value) in change.as_object().expect("an object") {
            wrong[name] = value.clone();
        }
        said(post(&knock, &admin, &wrong), pointer, reason);
    };
    check(&json!({"provider": "another"}), "/provider", "caldav");
    check(&json!({"provider": "google"}), "/provider", "by a consent");
    check(&json!({"url": ""}), "/url", "is missing");
    check(&json!({"url": "calendar"}), "/url", "is no address");
    check(&json!({"url": "ftp://cal.example/"}), "/url", "must begin with");
    check(&json!({"url": "https://ann:x@cal.example/"}), "/url", "names a user");
    check(&json!({"url": "http://10.0.0.1/"}), "/url", "");
    check(&json!({"user": " "}), "/user", "is missing");
    check(&json!({"user": "a".repeat(2_001)}), "/user", "is longer than");
    check(&json!({"password": ""}), "/password", "is missing");
    check(&json!({"password": "another"}), "/password", "is not accepted");
    check(&json!({"token": "abc"}), "/token", "is no field");
    check(&json!({"reads": ["https://cal.example/other/"]}), "/reads/0", "none of the calendars");
    check(&json!({"events_in": "https://cal.example/other/"}), "/events_in", "none of the calendars");
    assert_eq!(admin.get(&knock, OWN).body["accounts"], json!([]));
    let connected = post(&knock, &admin, &draft(&server, ""));
    assert_eq!(connected.code, 201, "{}", connected.body);
    check(&json!({}), "/url", "is connected already");
    // A stored password is sent to no other server, and to no other user.
    let path = path_of(&connected.body);
    let change = |change: &Value| admin.ask(&knock, "PATCH", &path, change);
    for other in [json!({"url": "https://cal.example/"}), json!({"user": "bob"})] {
        said(change(&other), "/password", "another server or user needs it");
    }
    said(change(&json!({"reads": ["nowhere"]})), "/reads/0", "none of the calendars");
    server.stop();
    said(change(&json!({"password": CalendarServer::PASSWORD})), "/url", "cannot be used");
    assert_eq!(change(&json!({"events_in": ""})).code, 200, "the use alone is changed all the same");
}

#[test]
fn who_manages_the_team_sees_how_the_calendars_of_others_are_going() {
    let (knock, server) = (start(&[]), CalendarServer::start());
    let admin = Browser::admin(&knock);
    let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let id = admin.id_of(&knock, "bo@us.example");
    let path = format!("/api/v1/members/{id}/calendar");
    assert_eq!(admin.get(&knock, &path).body["is_connected"], false);
    let connected = post(&knock, &bo, &draft(&server, ""));
    assert_eq!(connected.code, 201);
    let health = admin.get(&knock, &path).body;
    assert_eq!((&health["is_connected"], &health["problem"], &health["url"]), (&json!(true), &json!(""), &Value::Null));
    assert_eq!(bo.get(&knock, &path).code, 403);
    // An account is its member's alone.
    let own = path_of(&connected.body);
    assert_eq!(admin.get(&knock, OWN).body["accounts"], json!([]));
    for (method, path) in [("PATCH", own.clone()), ("POST", format!("{own}/test")), ("DELETE", own)] {
        assert_eq!(admin.ask(&knock, method, &path, &json!({})).code, 404, "{method}");
    }
    let key = knock.get(OWN, &knock.admin_key());
    assert_eq!((key.code, &key.body["errors"][0]["pointer"]), (403, &json!("header/Authorization")));
    // The calendars of a removed member are removed too.
    assert_eq!(admin.ask(&knock, "DELETE", &format!("/api/v1/members/{id}"), &Value::Null).code, 204);
    assert_eq!(admin.get(&knock, &path).body["is_connected"], false);
}
