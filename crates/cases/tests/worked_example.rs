//! The worked example of `docs/domain.md`, so that the document stays true.

use knock_cases::{Subject, explain};
use serde_json::{Value, json};

fn three_pricing_views(now: &str) -> Value {
    let view = |id: &str| json!({"id": id, "at": "2026-06-01T12:00:00Z", "type": "page_view", "category": "Pricing"});
    let case = json!({"now": now, "signals": [view("a"), view("b"), view("c")]});
    explain(Subject::Intent, &case.to_string()).expect("a good case")
}

#[test]
fn three_pricing_views_are_medium_today_and_low_half_a_day_later() {
    let today = three_pricing_views("2026-06-01T12:00:00Z");
    assert_eq!((&today["score"], &today["bucket"]), (&json!(18.5), &json!("Medium")));
    let later = three_pricing_views("2026-06-02T00:00:00Z");
    assert_eq!((&later["score"], &later["bucket"]), (&json!(17.9), &json!("Low")));
    let document = include_str!("../../../docs/domain.md");
    assert!(document.contains("= 18.5` points: `Medium`. Half a day later 2.86 is left, 17.9 points: `Low`"));
}
