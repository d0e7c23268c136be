//! What holds for the notifications of the whole team, over HTTP.

use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::json;

const PATH: &str = "/api/v1/notifications/team";

#[test]
fn every_member_of_the_inbox_reads_it_and_those_who_edit_routing_change_it() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let [rep, manager] = [("bo@us.example", Role::Rep), ("cy@us.example", Role::Manager)]
        .map(|(email, role)| Browser::member(&knock, &admin, email, role));
    assert_eq!(rep.get(&knock, PATH).body, json!({"pool_minutes": 10, "manager_minutes": 30}));
    let wanted = json!({"pool_minutes": 15, "manager_minutes": 5, "absence_hours": 24});
    assert_eq!(rep.ask(&knock, "PUT", PATH, &wanted).code, 403);
    for _ in 0..2 {
        let saved = manager.ask(&knock, "PUT", PATH, &wanted);
        assert_eq!((saved.code, &saved.body), (200, &wanted), "{}", saved.body);
    }
    assert_eq!(rep.get(&knock, PATH).body, wanted);
    let entries = knock.get("/api/v1/audit?action=team_notifications.changed", &key).body["entries"].clone();
    assert_eq!(entries.as_array().expect("entries").len(), 1, "the same again is no change: {entries}");
    assert_eq!((&entries[0]["before"]["pool_minutes"], &entries[0]["after"]["pool_minutes"]), (&json!(10), &json!(15)));
}

#[test]
fn a_wrong_number_is_named_and_changes_nothing() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let before = admin.get(&knock, PATH).body;
    for (body, code, pointer) in [
        (json!({"pool_minutes": 1441}), 422, "/pool_minutes"),
        (json!({"manager_minutes": 1441}), 422, "/manager_minutes"),
        (json!({"absence_hours": 721}), 422, "/absence_hours"),
        (json!({"pool_minutes": -1}), 400, "/pool_minutes"),
        (json!({"rep_minutes": 1}), 400, "/rep_minutes"),
    ] {
        let reply = admin.ask(&knock, "PUT", PATH, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(admin.get(&knock, PATH).body, before);
}
