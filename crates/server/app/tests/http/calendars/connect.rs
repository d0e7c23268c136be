//! Connecting a calendar: errors name their field, and the password is never shown again.

use super::{OWN, draft, put, start};
use crate::members::Browser;
use knock_model::Role;
use knock_testing::CalendarServer;
use serde_json::{Value, json};

#[test]
fn a_calendar_is_connected_changed_and_disconnected() {
    let (knock, server) = (start(&[]), CalendarServer::start());
    server.add("private");
    let (admin, key) = (Browser::admin(&knock), knock.admin_key());
    assert_eq!(admin.get(&knock, OWN).body["health"]["is_connected"], false);
    let mut draft = draft(&server, "");
    draft.as_object_mut().expect("an object").remove("events_in");
    let connected = put(&knock, &admin, &draft).body;
    let calendars = connected["calendars"].as_array().expect("a list");
    assert_eq!(calendars.len(), 2, "{connected}");
    assert!(calendars.iter().all(|calendar| calendar["is_read"] == true), "all that are found: {connected}");
    assert_eq!(connected["events_in"], calendars[0]["url"]);

    // Without the password: the stored one stays for the same server and user.
    let change = json!({"url": server.url(), "user": "ann", "reads": [server.calendar("work")], "events_in": ""});
    let changed = put(&knock, &admin, &change).body;
    assert_eq!((&changed["events_in"], &changed["health"]["problem"]), (&json!(""), &json!("")), "{changed}");
    let read = changed["calendars"].as_array().expect("a list").iter().filter(|calendar| calendar["is_read"] == true);
    assert_eq!(read.map(|calendar| calendar["url"].clone()).collect::<Vec<_>>(), [json!(server.calendar("work"))]);
    assert_eq!(admin.get(&knock, OWN).body, changed);

    let log = knock.get("/api/v1/audit?limit=200", &key).body.to_string();
    assert!(log.contains("calendar.connected") && log.contains("calendar.changed"), "{log}");
    for shown in [&log, &changed.to_string()] {
        assert!(!shown.contains(CalendarServer::PASSWORD), "{shown}");
    }
    assert_eq!(admin.ask(&knock, "DELETE", OWN, &Value::Null).code, 204);
    assert_eq!(admin.ask(&knock, "DELETE", OWN, &Value::Null).code, 404);
    assert_eq!(admin.get(&knock, OWN).body["health"]["is_connected"], false);
    assert!(knock.get("/api/v1/audit?limit=200", &key).body.to_string().contains("calendar.disconnected"));
}

#[test]
fn what_is_wrong_with_an_account_is_said_at_its_field() {
    let (knock, mut server) = (start(&[]), CalendarServer::start());
    let admin = Browser::admin(&knock);
    let check = |change: &Value, pointer: &str, reason: &str| {
        let mut wrong = draft(&server, "");
        for (name, value) in change.as_object().expect("an object") {
            wrong[name] = value.clone();
        }
        let reply = put(&knock, &admin, &wrong);
        let error = &reply.body["errors"][0];
        assert_eq!((reply.code, &error["pointer"]), (422, &json!(pointer)), "{change}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{change}: {error}");
    };
    check(&json!({"url": ""}), "/url", "is missing");
    check(&json!({"url": "calendar"}), "/url", "is no address");
    check(&json!({"url": "ftp://cal.example/"}), "/url", "must begin with");
    check(&json!({"url": "https://ann:x@cal.example/"}), "/url", "names a user");
    check(&json!({"url": "http://10.0.0.1/"}), "/url", "");
    check(&json!({"user": " "}), "/user", "is missing");
    check(&json!({"password": ""}), "/password", "is missing");
    check(&json!({"password": null}), "/password", "another server or user needs it");
    check(&json!({"password": "another"}), "/password", "is not accepted");
    check(&json!({"reads": ["https://cal.example/other/"]}), "/reads/0", "none of the calendars");
    check(&json!({"events_in": "https://cal.example/other/"}), "/events_in", "none of the calendars");
    assert_eq!(admin.get(&knock, OWN).body["health"]["is_connected"], false);
    assert_eq!(put(&knock, &admin, &draft(&server, "")).code, 200);
    // A stored password is sent to no other server.
    let elsewhere = json!({"url": "https://cal.example/", "user": "ann"});
    assert_eq!(put(&knock, &admin, &elsewhere).body["errors"][0]["pointer"], "/password");
    server.stop();
    let away = put(&knock, &admin, &draft(&server, ""));
    assert_eq!((away.code, &away.body["errors"][0]["pointer"]), (422, &json!("/url")), "{}", away.body);
}

#[test]
fn who_manages_the_team_sees_how_the_calendars_of_others_are_going() {
    let (knock, server) = (start(&[]), CalendarServer::start());
    let admin = Browser::admin(&knock);
    let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let id = admin.id_of(&knock, "bo@us.example");
    let path = format!("/api/v1/members/{id}/calendar");
    assert_eq!(admin.get(&knock, &path).body["is_connected"], false);
    assert_eq!(put(&knock, &bo, &draft(&server, "")).code, 200);
    let health = admin.get(&knock, &path).body;
    assert_eq!((&health["is_connected"], &health["problem"], &health["url"]), (&json!(true), &json!(""), &Value::Null));
    assert_eq!(bo.get(&knock, &path).code, 403);
    let key = knock.get(OWN, &knock.admin_key());
    assert_eq!((key.code, &key.body["errors"][0]["pointer"]), (403, &json!("header/Authorization")));
    // The calendar of a removed member is removed too.
    assert_eq!(admin.ask(&knock, "DELETE", &format!("/api/v1/members/{id}"), &Value::Null).code, 204);
    assert_eq!(admin.get(&knock, &path).body["is_connected"], false);
}
