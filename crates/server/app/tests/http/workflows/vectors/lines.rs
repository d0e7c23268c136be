//! What a server shows of a lead, and what a case expects: lines of words, each with its instants.

use serde_json::Value;
use std::collections::BTreeMap;

/// Words that have to be the same, and instants that may be off by the time that requests take.
pub(super) type Line = (String, Vec<i64>);

/// A nudge that no page has asked for: in a case there are no pages, and the action is done all the same.
const NOT_SHOWN: &str = "not_shown";

/// Compares lines; instants may be off by so many milliseconds.
pub(super) fn assert_same(case: &Value, off: i64, found: Vec<Line>, expected: Vec<Line>) {
    let (found, found_at): (Vec<String>, Vec<Vec<i64>>) = found.into_iter().unzip();
    let (expected, expected_at): (Vec<String>, Vec<Vec<i64>>) = expected.into_iter().unzip();
    assert_eq!(found, expected, "{}", case["id"]);
    let [found_at, expected_at] = [found_at, expected_at].map(|lines| lines.concat());
    let is_near = |(found, expected): (&i64, &i64)| (found - expected).abs() <= off;
    let is_same = found_at.len() == expected_at.len() && found_at.iter().zip(&expected_at).all(is_near);
    assert!(is_same, "{}: {found:?} at {found_at:?}, expected at {expected_at:?}, off by {off} ms", case["id"]);
}

/// The runs that the server shows, in the order of their enrolments.
pub(super) fn of_runs(shown: &[(&str, Value)], case: &Value) -> Vec<Line> {
    let of_workflow = |(name, one): &(&str, Value)| -> Vec<(i64, Line)> {
        array(one, "runs").iter().map(|run| (ms(&run["enrolled_at"]), of_run(name, run, case))).collect()
    };
    let mut runs: Vec<(i64, Line)> = shown.iter().flat_map(of_workflow).collect();
    runs.sort();
    runs.into_iter().map(|(_, line)| line).collect()
}

fn of_run(name: &str, run: &Value, case: &Value) -> Line {
    let detail = match word(run, "state") {
        "active" => format!("at {}", word(&run["waits"], "step")),
        "stopped" => word(run, "by").to_owned(),
        _ => String::new(),
    };
    let enrolled_at = ms(&run["enrolled_at"]);
    // The server shows the cause in words only: it is the event whose instant is nearest.
    let cause = array(case, "events").iter().min_by_key(|event| (received(event) - enrolled_at).abs());
    let cause = cause.map(|event| format!("event:{}", word(event, "id"))).unwrap_or_default();
    let log = array(run, "log").iter().map(|entry| {
        let is_of_world = |reason: &&str| word(entry, "outcome") != "done" || *reason != NOT_SHOWN;
        let reason = Some(word(entry, "reason")).filter(is_of_world).unwrap_or_default();
        let until = entry["until"].as_i64();
        entry_line(word(entry, "step"), ms(&entry["at"]), word(entry, "outcome"), reason, until)
    });
    run_line((name, &run["number"]), &cause, enrolled_at, (word(run, "state"), &detail), log.collect())
}

pub(super) fn expected_runs(case: &Value) -> Vec<Line> {
    array(&case["expect"], "runs").iter().map(|run| expected_run(run, case)).collect()
}

fn expected_run(run: &Value, case: &Value) -> Line {
    let detail = match (run["by"].as_str(), run["step"].as_str()) {
        (Some(by), _) => stopped_by(by, case),
        (None, Some(step)) => format!("at {step}"),
        (None, None) => String::new(),
    };
    let log = array(run, "log").iter().map(|entry| {
        let until = Some(&entry["until"]).filter(|until| !until.is_null()).map(instant);
        entry_line(word(entry, "step"), instant(&entry["at"]), word(entry, "what"), word(entry, "reason"), until)
    });
    let of = (word(run, "workflow"), &run["n"]);
    run_line(of, word(run, "cause"), instant(&run["enrolled_at"]), (word(run, "state"), &detail), log.collect())
}

/// What stopped a run, in the words of the server.
fn stopped_by(by: &str, case: &Value) -> String {
    let (kind, id) = by.split_once(':').expect("a kind");
    let event = array(case, "events").iter().find(|event| kind == "event" && event["id"] == id);
    match event {
        None => format!("{kind} {id}"),
        Some(event) if word(event, "type") == "message" && event["by"] == "lead" => "message of the lead".to_owned(),
        Some(event) => panic!("{}: no words for {event}", case["id"]),
    }
}

fn run_line(
    (workflow, number): (&str, &Value),
    cause: &str,
    enrolled_at: i64,
    (state, detail): (&str, &str),
    log: Vec<Line>,
) -> Line {
    let (words, instants): (Vec<String>, Vec<Vec<i64>>) = log.into_iter().unzip();
    let words = format!("{workflow} {number} by {cause}: {state} {detail} [{}]", words.join(", "));
    (words, [vec![enrolled_at], instants.concat()].concat())
}

fn entry_line(step: &str, at: i64, what: &str, reason: &str, until: Option<i64>) -> Line {
    (format!("{step} {what} {reason}"), [Some(at), until].into_iter().flatten().collect())
}

/// The refusals that the server shows, with their numbers: of each workflow one reason, and the instant of the last.
pub(super) fn of_refusals(shown: &[(&str, Value)], counted: &[(&str, Value)]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (name, counts) in counted {
        for (reason, count) in counts.as_object().into_iter().flatten() {
            let last = shown.iter().find(|(other, one)| other == name && one["refused"] == **reason);
            let last = last.and_then(|(_, one)| one["refused_at"].as_i64());
            lines.push((format!("{name} {reason} {count}"), Vec::from_iter(last)));
        }
    }
    lines
}

pub(super) fn expected_refusals(case: &Value) -> Vec<Line> {
    let mut counted: BTreeMap<(&str, &str), (u64, i64)> = BTreeMap::new();
    for refusal in array(&case["expect"], "refused") {
        let key = (word(refusal, "workflow"), word(refusal, "reason"));
        let (count, last) = counted.entry(key).or_default();
        (*count, *last) = (*count + 1, instant(&refusal["at"]).max(*last));
    }
    let line = |((workflow, reason), (count, last))| (format!("{workflow} {reason} {count}"), vec![last]);
    counted.into_iter().map(line).collect()
}

pub(super) fn array<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// An instant of a case, in milliseconds since 1970.
pub(super) fn instant(value: &Value) -> i64 {
    let at: jiff::Timestamp = value.as_str().and_then(|text| text.parse().ok()).expect("an instant");
    at.as_millisecond()
}

/// The instant at which an event is received.
pub(super) fn received(event: &Value) -> i64 {
    instant(if event["recv"].is_null() { &event["at"] } else { &event["recv"] })
}

/// An instant of the server.
fn ms(value: &Value) -> i64 {
    value.as_i64().expect("milliseconds")
}
