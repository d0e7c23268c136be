//! The worked examples of `docs/domain.md`, so that the document stays true.

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

const DOCUMENT: &str = include_str!("../../../docs/domain.md");

fn answer(subject: Subject, case: &Value) -> Value {
    explain(subject, &case.to_string()).expect("a good case")
}

fn assert_documented(parts: &[&str]) {
    for part in parts {
        assert!(DOCUMENT.contains(part), "the document does not say: {part}");
    }
}

#[test]
fn a_leads_whole_story_is_as_documented() {
    let view = |id: &str| json!({"id": id, "at": "2026-06-01T09:00:00Z", "type": "page_view", "category": "Pricing"});
    let intent = json!({"now": "2026-06-01T09:00:00Z", "signals": [view("a"), view("b"), view("c")]});
    let intent = answer(Subject::Intent, &intent);
    assert_eq!((&intent["score"], &intent["provisional_type"]), (&json!(18.5), &json!("Buying")));
    assert_documented(&["Her score is 18.5, `Medium`, and her provisional type is Buying."]);

    let is = |field: &str, op: &str, value: Value| json!({"field": field, "op": op, "value": value});
    let when = json!({"all": [is("intent.type", "eq", json!("Buying")), is("company.employees", "gte", json!(200))]});
    let routing = answer(
        Subject::Routing,
        &json!({
            "reps": {"ann": {}, "bob": {}, "cyd": {}},
            "rules": {"r": {"name": "Website", "funnel": "chat", "is_default": true, "monitoring_channel": "#web",
                "segments": [{"id": "ent", "name": "Enterprise buying", "when": when,
                    "assign": {"pool": ["ann", "bob", "cyd"]}}],
                "fallback": {"assign": {"rep": "ann"}}}},
            "funnel": "chat", "link": null, "lead": {"intent.type": "Buying", "company.employees": 250},
            "state": {"last_assigned": {"ann": 3, "bob": 2, "cyd": 1}},
        }),
    );
    assert_eq!((&routing["assignee"]["id"], &routing["reason"]), (&json!("cyd"), &json!("segment_round_robin")));
    assert_eq!(routing["notify"], json!(["#web", "dm:cyd"]));
    assert_documented(&[
        "cyd waits longest and gets the chat, reason `segment_round_robin`, and the channel and cyd are notified",
    ]);

    let event = |id: &str, kind: &str, at: &str, data: Value| json!({"id": id, "type": kind, "at": format!("2026-06-0{at}Z"), "src": "server", "data": data});
    let status = answer(
        Subject::Status,
        &json!({"machine": "chat", "evaluate_at": "2026-06-03T10:00:00Z", "events": [
            event("e1", "link_clicked", "1T09:10:00", json!({})),
            event("e2", "lead_message", "1T09:12:00", json!({})),
            event("e3", "assigned", "1T09:12:00", json!({"assignee": "rep", "rep": "cyd"})),
            event("e4", "rep_message", "1T09:15:30", json!({"rep": "cyd"})),
            event("e5", "deal_opened", "3T10:00:00", json!({})),
        ]}),
    );
    let entries = status["timeline"].as_array().expect("a list").iter();
    let entries: Vec<_> = entries.map(|entry| (entry["at"].as_str(), entry["status"].as_str())).collect();
    assert_eq!(
        entries,
        [
            (Some("2026-06-01T09:10:00.000Z"), Some("New")),
            (Some("2026-06-01T09:12:00.000Z"), Some("AI Discovery")),
            (Some("2026-06-01T09:14:00.000Z"), Some("Rep Reply Needed")),
            (Some("2026-06-01T09:15:30.000Z"), Some("Rep Discovery")),
            (Some("2026-06-01T21:15:30.000Z"), Some("Follow Up Needed")),
            (Some("2026-06-03T10:00:00.000Z"), Some("Qualified")),
        ]
    );
    assert_eq!(status["final"]["fields"]["Knock: Rep Response Time"], json!(3.5));
    assert_documented(&[
        "At 9:10 she opens the chat: Chat Status is `New`",
        "at 9:14 the status becomes `Rep Reply Needed`",
        "`Knock: Rep Response Time` is 3.5 minutes",
        "at 21:15:30 the status is `Follow Up Needed`",
        "On Wednesday at 10:00 a deal is opened: `Qualified`",
    ]);
}

#[test]
fn the_rule_of_the_document_is_a_rule() {
    let document = include_str!("../../../docs/routing.md");
    let (_, rest) = document.split_once("-d '{\n").expect("the example begins");
    let (body, _) = rest.split_once("}'\n").expect("and ends");
    let mut rule: Value = serde_json::from_str(&format!("{{{body}}}").replace("REP", "ann")).expect("JSON");
    rule["is_default"] = json!(true);
    let lead = json!({"intent.type": "Buying", "signals.engagement_score": 40});
    let case = json!({"reps": {"ann": {}}, "rules": {"r": rule}, "funnel": "chat", "lead": lead});
    let answer = answer(Subject::Routing, &case);
    assert_eq!((&answer["segment"], &answer["assignee"]["id"]), (&json!("big"), &json!("ann")));
}
