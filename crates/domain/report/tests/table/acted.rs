//! A day of routing, forms, workflows and a CRM.

use crate::person::{DAY, ask, at, figure, meeting, person, rep, table};
use knock_model::MeetingState;
use knock_report::{Ask, Dimension, Person, Routed, RoutedTo, Run, Said, StepTaken, Voice, Written};

fn decision(minute: i64, segment: &str, to: RoutedTo, reason: &'static str) -> Routed {
    Routed {
        at: at(minute),
        funnel: "chat",
        rule: "7".to_owned(),
        segment: segment.to_owned(),
        to,
        reason,
        is_fallback: segment == "7/fallback",
        is_by_turn: reason == "segment_round_robin",
        skipped: Vec::new(),
        score: "High".to_owned(),
    }
}

fn by(report: &str, group: Dimension, person: &Person, metric: &str) -> Vec<(String, Option<f64>)> {
    let ask = Ask { group: Some(group), ..ask() };
    let metrics = knock_report::report(report).expect("a report").metrics;
    let place = metrics.iter().position(|known| known.name == metric).expect("a metric");
    let rows = table(report, &ask, person, at(1_440)).rows.into_iter();
    rows.map(|row| (row.key, row.values[place])).filter(|(_, value)| *value != Some(0.0)).collect()
}

fn of(report: &str, person: &Person, metric: &str) -> Option<f64> {
    figure(report, metric, &table(report, &ask(), person, at(1_440)))
}

#[test]
fn decisions_are_counted_by_where_they_led() {
    let mut person = person();
    let passed = [(rep(2), "away"), (rep(3), "off_hours")];
    person.acts.decisions = vec![
        Routed { skipped: passed.to_vec(), ..decision(1, "7/sales", RoutedTo::Rep(rep(1)), "segment_round_robin") },
        decision(2, "7/fallback", RoutedTo::Waiting, "fallback"),
        decision(3, "", RoutedTo::Pending, "email_required"),
        decision(4, "7/sales", RoutedTo::Agent, "segment_ai"),
    ];
    let expected = [
        ("decisions", Some(3.0)),
        ("assigned_by_turn", Some(1.0)),
        ("fallbacks", Some(1.0)),
        ("fallback_share", Some(33.33)),
        ("none_available", Some(1.0)),
        ("to_agent", Some(1.0)),
        ("disqualified", Some(0.0)),
        ("passed_over", Some(2.0)),
    ];
    for (metric, value) in expected {
        assert_eq!(of("routing", &person, metric), value, "{metric}");
    }
    let one = |key: String| (key, Some(1.0));
    let reasons = by("routing", Dimension::Reason, &person, "passed_over");
    assert_eq!(reasons, [one("away".into()), one("off_hours".into())]);
    let reps = by("routing", Dimension::Rep, &person, "passed_over");
    assert_eq!(reps, [one(rep(2).to_string()), one(rep(3).to_string())]);
    let came = by("funnel", Dimension::Segment, &person, "leads");
    assert_eq!(came, [one("7/sales".into())], "a person came by the first segment");
    assert_eq!(by("sources", Dimension::Score, &person, "leads"), [one("High".into())]);
}

#[test]
fn a_form_is_answered_by_the_first_rep_after_it() {
    let mut person = person();
    let said = |minute, number| Said { at: at(minute), by: Voice::Rep(rep(number)) };
    person.chat.forms = vec![at(10), at(100)];
    person.chat.messages = vec![said(5, 3), said(40, 2), said(50, 1)];
    person.meetings = vec![meeting(60, 600, MeetingState::Booked)];
    let expected = [
        ("forms_sent", Some(2.0)),
        ("forms_answered", Some(1.0)),
        ("form_answer_median", Some(30.0)),
        ("forms_booked", Some(1.0)),
    ];
    for (metric, value) in expected {
        assert_eq!(of("forms", &person, metric), value, "{metric}");
    }
    assert_eq!(by("forms", Dimension::Rep, &person, "forms_answered"), [(rep(2).to_string(), Some(1.0))]);
}

#[test]
fn a_run_lasts_ends_or_is_stopped() {
    let mut person = person();
    let step = |name: &str, minute, outcome, reason: &str| StepTaken {
        step: format!("w/{name}"),
        at: at(minute),
        outcome,
        reason: reason.to_owned(),
    };
    let run = |ended: Option<i64>, is_stopped, steps| Run {
        workflow: "w".to_owned(),
        enrolled_at: at(10),
        ended_at: ended.map(at),
        is_stopped,
        steps,
    };
    person.acts.runs = vec![
        run(Some(70), false, vec![step("wait", 69, "waited", ""), step("mail", 70, "done", "")]),
        run(Some(30), true, vec![step("mail", 30, "skipped", "no_address")]),
        run(None, false, Vec::new()),
    ];
    let expected = [
        ("enrolled", Some(3.0)),
        ("running", Some(1.0)),
        ("completed", Some(1.0)),
        ("stopped", Some(1.0)),
        ("steps_done", Some(1.0)),
        ("steps_skipped", Some(1.0)),
        ("run_time_median", Some(60.0)),
    ];
    for (metric, value) in expected {
        assert_eq!(of("workflows", &person, metric), value, "{metric}");
    }
    assert_eq!(by("workflows", Dimension::Step, &person, "enrolled"), [(String::new(), Some(3.0))]);
    assert_eq!(by("workflows", Dimension::Reason, &person, "steps_skipped"), [("no_address".to_owned(), Some(1.0))]);
}

#[test]
fn a_write_counts_at_its_cause_and_takes_no_less_than_no_time() {
    let mut person = person();
    let write = |cause: i64, written: Option<i64>| Written {
        crm: "hubspot".to_owned(),
        cause: "status".to_owned(),
        cause_at: at(cause),
        written_at: written.map(at),
    };
    // The last one was written by a clock that had been set back.
    person.acts.writes = vec![write(10, Some(12)), write(20, None), write(1_439, Some(1_445)), write(30, Some(20))];
    let expected = [("crm_writes", Some(3.0)), ("crm_given_up", Some(1.0)), ("crm_delay_median", Some(2.0))];
    for (metric, value) in expected {
        assert_eq!(of("crm", &person, metric), value, "{metric}");
    }
}

#[test]
fn an_hour_of_the_week_has_its_day_and_its_hour() {
    let mut person = person();
    person.chat.episodes = vec![DAY, at(13 * 60 + 59)];
    let rows = by("agent", Dimension::WeekHour, &person, "chats");
    assert_eq!(rows, [("1-00".to_owned(), Some(1.0)), ("1-13".to_owned(), Some(1.0))]);
    let ask = Ask { group: Some(Dimension::WeekHour), ..ask() };
    assert_eq!(table("agent", &ask, &person, at(1_440)).rows.len(), 168);
}
