//! What cannot be asked of a report, and by whom.

use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::json;

#[test]
fn a_wrong_parameter_is_named() {
    let knock = Knock::start();
    let key = knock.admin_key();
    for (path, pointer) in [
        ("response?from=yesterday", "query/from"),
        ("response?to=2026-13-01", "query/to"),
        ("response?from=2026-06-02&to=2026-06-01", "query/to"),
        ("response?from=2020-01-01&to=2026-01-01", "query/from"),
        ("response?tz=Nowhere/Else", "query/tz"),
        ("response?group=landing_page", "query/group"),
        ("response?anchor=booked", "query/anchor"),
        ("response?calendar=lunar", "query/calendar"),
        ("funnel?calendar=elapsed", "query/calendar"),
        ("funnel?intent_type=Curious", "query/intent_type"),
        ("funnel.csv?rep=bo", "query/rep"),
        ("funnel/items", "query/metric"),
        ("funnel/items?metric=happiness", "query/metric"),
        ("funnel/items?metric=visitors", "query/metric"),
    ] {
        let reply = knock.get(&format!("/api/v1/reports/{path}"), &key);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{path}: {}", reply.body);
    }
}

#[test]
fn an_unknown_report_is_answered_with_those_that_there_are() {
    let knock = Knock::start();
    let key = knock.admin_key();
    for path in ["weather", "weather.csv", "weather/items?metric=leads", "response.csv.csv"] {
        let reply = knock.get(&format!("/api/v1/reports/{path}"), &key);
        let detail = reply.body["detail"].as_str().unwrap_or_default();
        assert!(reply.code == 404 && detail.contains("overview, funnel, response"), "{path}: {}", reply.body);
    }
}

#[test]
fn managers_see_reports_and_reps_do_not() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let paths = ["", "/overview", "/overview.csv", "/overview/items?metric=leads"];
    for (email, role, code) in [("cy@us.example", Role::Manager, 200), ("bo@us.example", Role::Rep, 403)] {
        let member = Browser::member(&knock, &admin, email, role);
        for path in paths {
            assert_eq!(member.get(&knock, &format!("/api/v1/reports{path}")).code, code, "{role:?} {path}");
        }
    }
    assert_eq!(knock.send("GET", "/api/v1/reports/overview", &[], None).code, 401);
}
