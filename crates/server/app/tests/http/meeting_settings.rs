//! Settings of meetings over HTTP.

use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::json;

const PATH: &str = "/api/v1/settings/meetings";

#[test]
fn settings_have_defaults_are_kept_and_leave_an_entry() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let usual = knock.get(PATH, &key).body;
    assert_eq!((&usual["duration_min"], &usual["reminders_min"]), (&json!(30), &json!([1440, 60])));
    assert_eq!((usual.get("step_min"), usual.get("max_per_day")), (None, None));

    let wanted = json!({"duration_min": 45, "step_min": 15, "reminders_min": [60, 1440], "location": " Room {{rep}} "});
    assert_eq!(rep.ask(&knock, "PUT", PATH, &wanted).code, 403);
    let saved = admin.ask(&knock, "PUT", PATH, &wanted);
    assert_eq!((saved.code, &saved.body["location"]), (200, &json!("Room {{rep}}")), "{}", saved.body);
    assert_eq!(saved.body["reminders_min"], json!([1440, 60]));
    assert_eq!(saved.body["notice_min"], json!(240), "what is absent has its default");
    assert_eq!(rep.get(&knock, PATH).body, saved.body);

    assert_eq!(admin.ask(&knock, "PUT", PATH, &saved.body).code, 200);
    let entries = knock.get("/api/v1/audit?action=meeting_settings.changed", &key).body["entries"].clone();
    assert_eq!(entries.as_array().expect("entries").len(), 1, "the same again is no change: {entries}");
}

#[test]
fn a_wrong_field_is_named_and_changes_nothing() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let before = admin.get(&knock, PATH).body;
    for (body, code, pointer) in [
        (json!({"duration_min": 0}), 422, "/duration_min"),
        (json!({"max_per_day": 51}), 422, "/max_per_day"),
        (json!({"reminders_min": [60, 60]}), 422, "/reminders_min/1"),
        (json!({"title": "{{who}}"}), 422, "/title"),
        (json!({"holidays": "none"}), 422, "/holidays"),
        (json!({"unreachable_calendar": "ask"}), 400, "/unreachable_calendar"),
        (json!({"duration": 30}), 400, "/duration"),
    ] {
        let reply = admin.ask(&knock, "PUT", PATH, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(admin.get(&knock, PATH).body, before);
}
