//! Quiet hours (WF-A3).

use crate::scene::{high, steps, story, text, with};
use knock_workflow::Outcome;
use serde_json::{Value, json};

/// The instant to which a mail is deferred, and `none` where it goes at once.
fn deferred(due: &str, quiet: &Value) -> String {
    let definition = with(steps(json!([{"id": "m", "do": "mail"}])), json!({"quiet": quiet}));
    let replay = story([(due, high())]).replay([definition], due);
    match replay.runs[0].log[0].outcome {
        Outcome::Deferred { until } => {
            assert_eq!(replay.next_change_at, Some(until));
            text(until)
        }
        _ => "none".to_owned(),
    }
}

#[test]
fn hours_end_at_their_end_also_over_midnight() {
    let day = json!({"from": "12:00", "to": "14:00", "zone": "UTC"});
    let at = [("11:59:59.999", "none"), ("12:00", "14:00"), ("13:59:59.999", "14:00"), ("14:00", "none")];
    for (due, expected) in at {
        assert_eq!(deferred(due, &day), expected, "{due}");
    }
    let night = json!({"from": "20:00", "to": "08:00", "zone": "UTC"});
    let at = [
        ("19:59:59.999", "none"),
        ("20:00", "03-03 08:00"),
        ("00:00", "08:00"),
        ("07:59:59.999", "08:00"),
        ("08:00", "none"),
    ];
    for (due, expected) in at {
        assert_eq!(deferred(due, &night), expected, "{due}");
    }
    let until_midnight = json!({"from": "20:00", "to": "00:00", "zone": "UTC"});
    assert_eq!(deferred("21:00", &until_midnight), "03-03 00:00");
    assert_eq!(deferred("03-03 00:00", &until_midnight), "none");
    let none = json!({"from": "20:00", "to": "20:00", "zone": "UTC"});
    assert_eq!(deferred("20:00", &none), "none");
}

#[test]
fn days_are_quiet_as_a_whole_and_spans_that_touch_are_joined() {
    let weekend = json!({"from": "20:00", "to": "08:00", "zone": "UTC", "days": ["sat", "sun"]});
    assert_eq!(deferred("03-06 19:59", &weekend), "none");
    assert_eq!(deferred("03-06 20:00", &weekend), "03-09 08:00", "the night, two days, and the night behind them");
    assert_eq!(deferred("03-07 12:00", &weekend), "03-09 08:00");
    let noon = json!({"from": "12:00", "to": "14:00", "zone": "UTC", "days": ["wed"]});
    assert_eq!(deferred("03-03 13:00", &noon), "03-03 14:00", "they do not touch");
    assert_eq!(deferred("03-04 00:00", &noon), "03-05 00:00");
    let touching = json!({"from": "22:00", "to": "00:00", "zone": "UTC", "days": ["wed"]});
    assert_eq!(deferred("03-03 22:00", &touching), "03-05 00:00");
    let six =
        json!({"from": "10:00", "to": "09:00", "zone": "UTC", "days": ["mon", "tue", "wed", "thu", "fri", "sat"]});
    assert_eq!(deferred("03-01 10:00", &six), "03-08 09:00");
}

#[test]
fn hours_and_days_are_those_of_the_zone() {
    let tokyo = json!({"from": "20:00", "to": "08:00", "zone": "Asia/Tokyo", "days": ["tue"]});
    assert_eq!(deferred("10:59:59", &tokyo), "none");
    assert_eq!(deferred("11:00", &tokyo), "03-03 23:00", "Tuesday there, and its night");
}

#[test]
fn a_change_of_the_clock_moves_the_ends_of_quiet_hours() {
    let night = json!({"from": "20:00", "to": "08:00", "zone": "Europe/Berlin"});
    assert_eq!(deferred("03-28 20:00", &night), "03-29 06:00");
    assert_eq!(deferred("10-24 20:00", &night), "10-25 07:00");
    let gap = json!({"from": "01:00", "to": "02:30", "zone": "Europe/Berlin"});
    assert_eq!(deferred("03-29 00:30", &gap), "03-29 01:00", "the end of the gap");
    assert_eq!(deferred("03-29 01:00", &gap), "none");
    let from_gap = json!({"from": "02:30", "to": "04:00", "zone": "Europe/Berlin"});
    assert_eq!(deferred("03-29 00:59:59", &from_gap), "none");
    assert_eq!(deferred("03-29 01:00", &from_gap), "03-29 02:00");
    let within_gap = json!({"from": "02:10", "to": "02:50", "zone": "Europe/Berlin"});
    assert_eq!(deferred("03-29 01:00", &within_gap), "none");
}

#[test]
fn an_hour_that_comes_twice_is_the_first_of_the_two() {
    let to_fold = json!({"from": "22:00", "to": "02:30", "zone": "Europe/Berlin"});
    assert_eq!(deferred("10-24 22:00", &to_fold), "10-25 00:30");
    assert_eq!(deferred("10-25 01:10", &to_fold), "none");
    let from_fold = json!({"from": "02:30", "to": "08:00", "zone": "Europe/Berlin"});
    assert_eq!(deferred("10-25 00:29:59", &from_fold), "none");
    assert_eq!(deferred("10-25 00:30", &from_fold), "10-25 07:00", "the second 02:00 lies within");
    assert_eq!(deferred("10-25 01:10", &from_fold), "10-25 07:00");
    let whole = json!({"from": "02:00", "to": "03:00", "zone": "Europe/Berlin"});
    assert_eq!(deferred("10-25 00:00", &whole), "10-25 02:00");
}

#[test]
fn a_day_without_midnight_begins_at_the_end_of_the_gap() {
    let sunday = json!({"from": "12:00", "to": "12:00", "zone": "America/Santiago", "days": ["sun"]});
    assert_eq!(deferred("09-06 03:59:59", &sunday), "none");
    assert_eq!(deferred("09-06 04:00", &sunday), "09-07 03:00");
}
