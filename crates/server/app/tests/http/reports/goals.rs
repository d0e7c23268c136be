//! What the team aims at: for all who see reports to read, for those who edit routing to change.

use super::{columns, place};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/report-goals";

#[test]
fn managers_set_goals_and_every_report_carries_them() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let [rep, manager] = [("bo@us.example", Role::Rep), ("cy@us.example", Role::Manager)]
        .map(|(email, role)| Browser::member(&knock, &admin, email, role));
    assert_eq!(manager.get(&knock, PATH).body, json!({"goals": []}));
    let wanted = json!({"goals": [
        {"metric": "first_reply_median", "value": 2.5},
        {"metric": "within_two_minutes", "value": 100.0},
    ]});
    assert_eq!(rep.get(&knock, PATH).code, 403);
    assert_eq!(rep.ask(&knock, "PUT", PATH, &wanted).code, 403);
    for _ in 0..2 {
        let saved = manager.ask(&knock, "PUT", PATH, &wanted);
        assert_eq!((saved.code, &saved.body), (200, &wanted), "{}", saved.body);
    }
    for name in ["overview", "response"] {
        let report = knock.get(&format!("/api/v1/reports/{name}"), &key).body;
        let goal = |metric: &str| columns(&report)[place(&report, metric)]["goal"].clone();
        assert_eq!([goal("first_reply_median"), goal("within_two_minutes")], [json!(2.5), json!(100.0)]);
    }
    let list = knock.get("/api/v1/reports", &key).body;
    let goals = list["reports"][0]["columns"].as_array().expect("a list").iter().map(|column| &column["goal"]);
    assert_eq!(goals.filter(|goal| !goal.is_null()).count(), 2, "{list}");
    let said = String::from_utf8(knock.command(&["report", "overview"]).stdout).expect("text");
    let goals = said.lines().find(|line| line.starts_with("Goal ")).unwrap_or_else(|| panic!("{said}"));
    assert!(goals.contains("2.50 min") && goals.contains("100.00 %"), "{said}");

    let entries = knock.get("/api/v1/audit?action=report_goals.changed", &key).body["entries"].clone();
    assert_eq!(entries.as_array().map(Vec::len), Some(1), "the same again is no change: {entries}");
    assert_eq!(entries[0]["after"]["goals"][0]["metric"], "first_reply_median");
    assert_eq!(admin.ask(&knock, "PUT", PATH, &json!({"goals": []})).code, 200);
    let report = knock.get("/api/v1/reports/overview", &key).body;
    assert!(columns(&report).iter().all(|column| column["goal"].is_null()), "{report}");
}

#[test]
fn a_wrong_goal_is_named_and_changes_nothing() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let goal = |metric: &str, value: Value| json!({"metric": metric, "value": value});
    let good = goal("leads", json!(5.0));
    assert_eq!(admin.ask(&knock, "PUT", PATH, &json!({"goals": [good]})).code, 200);
    for (wrong, code, pointer) in [
        (goal("happiness", json!(1)), 422, "/goals/1/metric"),
        (goal("leads", json!(6)), 422, "/goals/1/metric"),
        (goal("chats", json!(0)), 422, "/goals/1/value"),
        (goal("chats", json!(-1)), 422, "/goals/1/value"),
        (goal("chats", json!(1e12)), 422, "/goals/1/value"),
        (goal("within_two_minutes", json!(100.01)), 422, "/goals/1/value"),
    ] {
        let reply = admin.ask(&knock, "PUT", PATH, &json!({"goals": [good, wrong]}));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(admin.ask(&knock, "PUT", PATH, &json!({"goals": [goal("chats", json!("many"))]})).code, 400);
    assert_eq!(admin.get(&knock, PATH).body, json!({"goals": [good]}));
}
