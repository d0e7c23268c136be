//! Routing in reports: a pool of two with one away, a night without a member, and the Fallback Segment.

use super::asked::Asked;
use crate::office::{Office, hours};
use serde_json::{Value, json};

const DAYS: &str = "from=2030-01-08&to=2030-01-09";

/// All decisions, as the list of them says.
fn decisions(office: &Office) -> Vec<Value> {
    let page = office.knock.get("/api/v1/decisions?limit=100", &office.key).body;
    let rows = page["decisions"].as_array().expect("a list").iter();
    rows.map(|row| row["decision"].clone()).collect()
}

fn is_by_turn(decision: &Value) -> bool {
    decision["reason"].as_str().is_some_and(|reason| reason.ends_with("round_robin"))
}

fn skips(decision: &Value) -> usize {
    decision["skipped"].as_array().map_or(0, Vec::len)
}

fn count(decisions: &[Value], is_counted: impl Fn(&Value) -> bool) -> Option<f64> {
    let count = decisions.iter().filter(|decision| is_counted(decision)).count();
    Some(f64::from(u32::try_from(count).expect("few")))
}

/// A Tuesday: Bo is away; Cy takes a lead at work, none at night, and that one in the morning.
fn lived() -> Office {
    let office = Office::open("2030-01-08T09:00:00Z");
    office.sets(&office.bo, &json!({"state": "away"}));
    office.sets(&office.cy, &hours(&[("09:00", "17:00")]));
    office.writes(1, "We are 200 people and need a quote");
    assert_eq!(office.knock.set_clock(&json!({"now": "2030-01-08T21:00:00Z"})).code, 200);
    let night = office.writes(2, "Can I talk to a person?");
    assert_eq!(office.record(&night).1["reason"], "nobody_available");
    assert_eq!(office.knock.set_clock(&json!({"now": "2030-01-09T08:00:00.001Z"})).code, 200);
    assert_eq!(office.record(&night).1["assignee"], "cy@us.example");
    office
}

#[test]
fn turns_fallbacks_and_leads_for_whom_there_was_no_member_are_counted() {
    let office = lived();
    let asked = Asked { knock: &office.knock, key: &office.key, days: DAYS };
    let made = decisions(&office);
    let decided: Vec<Value> = made.into_iter().filter(|decision| decision["outcome"] != "pending").collect();
    let all = count(&decided, |_| true);
    let by_turn = count(&decided, is_by_turn);
    let fallbacks = count(&decided, |decision| decision["segment"] == "Fallback Segment");
    let waiting = count(&decided, |decision| decision["outcome"] == "waiting");
    let passed: usize = decided.iter().map(skips).sum();
    assert!(by_turn >= Some(2.0) && waiting >= Some(1.0) && passed >= 3, "{decided:?}");
    let passed = Some(f64::from(u32::try_from(passed).expect("few")));
    let metrics = ["decisions", "assigned_by_turn", "fallbacks", "none_available", "passed_over"];
    assert_eq!(asked.totals("routing", metrics), [all, by_turn, fallbacks, waiting, passed], "{decided:?}");
}

#[test]
fn fairness_is_seen_by_rep_and_rows_have_names() {
    let office = lived();
    let asked = Asked { knock: &office.knock, key: &office.key, days: DAYS };
    let made = decisions(&office);
    let [bo, cy] = ["bo@us.example", "cy@us.example"].map(|email| office.id(email));
    let turns = count(&made, |decision| is_by_turn(decision) && decision["assignee"] == "cy@us.example");
    let (of_cy, name) = asked.of_row("routing", "rep", &cy, "assigned_by_turn");
    assert_eq!((of_cy, name.is_empty()), (turns, false));
    assert_eq!(asked.of_row("routing", "rep", &bo, "assigned_by_turn").0, Some(0.0));
    let away: usize = made
        .iter()
        .filter(|decision| decision["outcome"] != "pending")
        .map(|decision| {
            let skipped = decision["skipped"].as_array().into_iter().flatten();
            skipped.filter(|one| one["rep"] == "bo@us.example" && one["reason"] == "away").count()
        })
        .sum();
    let away = Some(f64::from(u32::try_from(away).expect("few")));
    assert_eq!(asked.of_row("routing", "rep", &bo, "passed_over").0, away);
    assert_eq!(asked.of_row("routing", "reason", "away", "passed_over"), (away, "Passed over: away".to_owned()));
    let (_, segment) = asked.of_row("routing", "segment", "default_chat/fallback", "decisions");
    assert_eq!(segment, "Pool \u{203a} Fallback Segment");
    assert_eq!(asked.of_row("routing", "rule", "default_chat", "decisions").1, "Pool");
}

#[test]
fn groups_of_routing_add_up_and_numbers_open_as_many() {
    let office = lived();
    Asked { knock: &office.knock, key: &office.key, days: DAYS }.check("routing");
}
