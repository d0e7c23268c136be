//! The reasons that are offered when a lead is rejected, over HTTP.

use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::json;

const PATH: &str = "/api/v1/reject-reasons";

#[test]
fn every_member_of_the_inbox_reads_them_and_managers_change_them() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let [rep, manager] = [("bo@us.example", Role::Rep), ("cy@us.example", Role::Manager)]
        .map(|(email, role)| Browser::member(&knock, &admin, email, role));
    let usual = rep.get(&knock, PATH).body["reasons"].clone();
    assert_eq!((&usual[0], usual.as_array().map(Vec::len)), (&json!("Not a fit"), Some(7)), "{usual}");
    let wanted = json!({"reasons": [" Too small ", "Vendor"]});
    assert_eq!(rep.ask(&knock, "PUT", PATH, &wanted).code, 403);
    for _ in 0..2 {
        let saved = manager.ask(&knock, "PUT", PATH, &wanted);
        assert_eq!((saved.code, &saved.body), (200, &json!({"reasons": ["Too small", "Vendor"]})), "{}", saved.body);
    }
    assert_eq!(rep.get(&knock, PATH).body["reasons"], json!(["Too small", "Vendor"]));
    let entries = knock.get("/api/v1/audit?action=reject_reasons.changed", &key).body["entries"].clone();
    assert_eq!(entries.as_array().expect("entries").len(), 1, "the same again is no change: {entries}");
    assert_eq!((&entries[0]["before"]["reasons"], &entries[0]["after"]["reasons"][1]), (&usual, &json!("Vendor")));
    // None is a choice too: then each reason is written.
    assert_eq!(admin.ask(&knock, "PUT", PATH, &json!({"reasons": []})).code, 200);
    assert_eq!(rep.get(&knock, PATH).body, json!({"reasons": []}));
}

#[test]
fn a_wrong_reason_is_named_and_changes_nothing() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let before = admin.get(&knock, PATH).body;
    for (body, code, pointer) in [
        (json!({"reasons": ["Vendor", " "]}), 422, "/reasons/1"),
        (json!({"reasons": ["x".repeat(61)]}), 422, "/reasons/0"),
        (json!({"reasons": ["two\nlines"]}), 422, "/reasons/0"),
        (json!({"reasons": ["Vendor", "VENDOR"]}), 422, "/reasons/1"),
        (json!({"reasons": (0..21).map(|n| n.to_string()).collect::<Vec<_>>()}), 422, "/reasons"),
        (json!({"reasons": ["Vendor"], "crm": true}), 400, "/crm"),
    ] {
        let reply = admin.ask(&knock, "PUT", PATH, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(admin.get(&knock, PATH).body, before);
}
