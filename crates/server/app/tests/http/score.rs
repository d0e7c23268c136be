//! The score course of a contact.

use crate::support::{Knock, batch, identify, signal};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

fn known() -> (Knock, String, String) {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let first = [signal(now - DAY, 1, "page_view", "/"), identify(now - DAY, 2, "ann@hollis.example")];
    knock.post_signals(&batch(&site, 1, now, &first));
    knock.advance(2 * DAY);
    let now = knock.now();
    knock.post_signals(&batch(&site, 1, now, &[signal(now, 3, "form_submit", "/contact")]));
    knock.advance(DAY);
    let id = knock.get("/api/v1/contacts", &key).body["contacts"][0]["id"].as_str().expect("an id").to_owned();
    (knock, key, id)
}

#[test]
fn a_score_has_samples_changes_and_causes_that_end_where_the_record_stands() {
    let (knock, key, id) = known();
    let course = knock.get(&format!("/api/v1/contacts/{id}/score"), &key).body;
    let record = knock.get(&format!("/api/v1/contacts/{id}?at={}", course["to"]), &key).body;
    let samples = course["samples"].as_array().expect("a list");
    assert_eq!(samples.last().map(|last| &last["score"]), Some(&record["contact"]["intent"]["score"]), "{course}");
    assert!((100..=202).contains(&samples.len()), "{}", samples.len());
    assert_eq!(course["changes"], record["changes"]);
    let causes = course["causes"].as_array().expect("a list");
    assert_eq!(causes.len(), 1, "{course}");
    let cause = &causes[0];
    let seen = (&cause["type"], &cause["category"]);
    assert_eq!(seen, (&json!("form_submit"), &json!("Demo/Contact sales")), "{course}");
    assert!(cause["url"].as_str().is_some_and(|url| url.ends_with("/demo/contact")));
    assert!(cause["points"].as_f64().is_some_and(|points| points > 40.0));

    let short = knock.get(&format!("/api/v1/contacts/{id}/score?days=1"), &key).body;
    let span = |course: &Value| course["to"].as_i64().zip(course["from"].as_i64()).map(|(to, from)| to - from);
    assert_eq!((span(&short), span(&course)), (Some(DAY), Some(90 * DAY)));
}

#[test]
fn as_of_an_instant_only_what_had_arrived_is_shown() {
    let (knock, key, id) = known();
    let before = knock.now() - DAY - 3_600_000;
    let course = knock.get(&format!("/api/v1/contacts/{id}/score?at={before}"), &key).body;
    assert_eq!((&course["to"], &course["causes"]), (&json!(before), &json!([])), "{course}");
    let record = knock.get(&format!("/api/v1/contacts/{id}?at={before}"), &key).body;
    let last = course["samples"].as_array().and_then(|samples| samples.last()).expect("a sample");
    assert_eq!(last["score"], record["contact"]["intent"]["score"]);
}

#[test]
fn a_wrong_parameter_is_named() {
    let (knock, key, id) = known();
    for (query, pointer) in [
        ("days=0", "query/days"),
        ("days=366", "query/days"),
        ("at=soon", "query/at"),
        ("at=99999999999999", "query/at"),
    ] {
        let reply = knock.get(&format!("/api/v1/contacts/{id}/score?{query}"), &key);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{query}");
    }
    for (path, code) in [("x", 404), ("00000000-0000-4000-8000-000000000000", 404)] {
        assert_eq!(knock.get(&format!("/api/v1/contacts/{path}/score"), &key).code, code, "{path}");
    }
    assert_eq!(knock.get(&format!("/api/v1/contacts/{id}/score?at=1"), &key).code, 404);
}
