//! Signals are kept for the retention period; their evidence stays.

use crate::support::{Knock, batch, identify, signal};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

/// A server with a person of five signals; the site and the API key.
fn known() -> (Knock, String, String) {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let first = [signal(now - 5, 1, "page_view", "/pricing?utm_source=G2"), identify(now, 2, "ann@hollis.example")];
    let demo = [signal(now, 3, "form_submit", "/demo"), signal(now, 4, "page_view", "/docs")];
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &first)).code, 202);
    assert_eq!(knock.post_signals(&batch(&site, 2, now, &demo)).code, 202);
    assert_eq!(knock.post_signals(&batch(&site, 2, now, &[identify(now, 5, "ann@hollis.example")])).code, 202);
    (knock, site, key)
}

fn contact(knock: &Knock, key: &str) -> Value {
    let id = knock.get("/api/v1/contacts", key).body["contacts"][0]["id"].as_str().expect("an id").to_owned();
    knock.get(&format!("/api/v1/contacts/{id}"), key).body
}

fn advance(knock: &Knock, days: i64) {
    assert_eq!(knock.set_clock(&json!({"advance_ms": days * DAY})).code, 200);
}

fn listed(knock: &Knock, key: &str) -> usize {
    knock.get("/api/v1/timeline", key).body["entries"].as_array().expect("a list").len()
}

#[test]
fn after_ninety_days_signals_are_summed_up() {
    let (knock, site, key) = known();
    advance(&knock, 88);
    let (before, lines) = (contact(&knock, &key), listed(&knock, &key));
    assert_eq!((&before["summed_up"], lines), (&json!(0), 5));
    advance(&knock, 4);
    let after = contact(&knock, &key);
    assert_eq!((&after["summed_up"], listed(&knock, &key)), (&json!(5), 0));
    for kept in ["signals", "first_seen_at", "last_seen_at", "account", "email", "name"] {
        assert_eq!(after["contact"][kept], before["contact"][kept], "{kept}");
    }
    assert_eq!((&after["changes"], &after["visitors"]), (&before["changes"], &before["visitors"]));
    let metrics = knock.send("GET", "/metrics", &[], None).body;
    assert!(metrics.as_str().is_some_and(|text| text.contains("knock_signals_dropped_total 5")), "{metrics}");
    // New signals are added to the carry-over.
    let now = knock.now();
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[signal(now, 9, "page_view", "/pricing")])).code, 202);
    assert_eq!(contact(&knock, &key)["contact"]["signals"], 6);
    let rebuilt = knock.command(&["rebuild"]);
    let output = String::from_utf8(rebuilt.stdout).expect("text");
    assert!(rebuilt.status.success() && output.matches(", 0 changed").count() == output.lines().count(), "{output}");
}

#[test]
fn what_was_known_before_signals_were_expired_cannot_be_asked_for() {
    let (knock, _, key) = known();
    let then = knock.now();
    advance(&knock, 92);
    let id = contact(&knock, &key)["contact"]["id"].as_str().expect("an id").to_owned();
    let reply = knock.get(&format!("/api/v1/contacts/{id}?at={then}"), &key);
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("query/at")), "{}", reply.body);
    let reason = reply.body["errors"][0]["reason"].as_str().expect("a reason");
    assert!(reason.starts_with("lies before ") && reason.contains("kept one by one"), "{reason}");
    let reply = knock.get(&format!("/api/v1/contacts/{id}?at={}", then + 30 * DAY), &key);
    assert_eq!((reply.code, &reply.body["contact"]["signals"]), (200, &json!(5)), "{}", reply.body);
}

#[test]
fn an_export_tells_what_is_summed_up() {
    let (knock, _, key) = known();
    advance(&knock, 92);
    assert_eq!(contact(&knock, &key)["summed_up"], 5);
    let exported = knock.command(&["export", "--person", "ann@hollis.example"]);
    assert!(exported.status.success(), "{exported:?}");
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    assert_eq!((&exported["summed_up"]["signals"], &exported["signals"]), (&json!(5), &json!([])));
}
