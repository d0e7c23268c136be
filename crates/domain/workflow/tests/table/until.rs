//! Waits for a time of day (WF-W2).

use crate::scene::{high, steps, story, text};
use serde_json::{Value, json};

/// The end of a wait that is entered at an instant.
fn ends(entered: &str, time: &str, zone: &str, days: &[&str]) -> String {
    let mut until = json!({"time": time, "zone": zone});
    if !days.is_empty() {
        until["days"] = Value::from(days.to_vec());
    }
    let replay = story([(entered, high())]).replay([steps(json!([{"id": "u", "wait_until": until}]))], "12-31 00:00");
    replay.runs[0].log.first().map(|entry| text(entry.at)).expect("the wait has ended")
}

#[test]
fn it_is_the_next_such_time_also_that_of_the_entry() {
    assert_eq!(ends("09:00", "09:00", "UTC", &[]), "09:00");
    assert_eq!(ends("09:00:00.001", "09:00", "UTC", &[]), "03-03 09:00");
    assert_eq!(ends("08:59:59.999", "09:00", "UTC", &[]), "09:00");
    assert_eq!(ends("20:00", "00:00", "UTC", &[]), "03-03 00:00");
    assert_eq!(ends("09:00", "09:00", "Asia/Tokyo", &[]), "03-03 00:00");
    assert_eq!(ends("09:00", "23:30", "Pacific/Kiritimati", &[]), "09:30");
    assert_eq!(ends("09:00", "21:00", "Pacific/Pago_Pago", &[]), "03-03 08:00");
}

#[test]
fn days_are_those_of_the_zone() {
    // 2 March 2026 is a Monday.
    assert_eq!(ends("09:00", "10:00", "UTC", &["mon"]), "10:00");
    assert_eq!(ends("10:00:00.001", "10:00", "UTC", &["mon"]), "03-09 10:00");
    assert_eq!(ends("09:00", "10:00", "UTC", &["sun", "wed"]), "03-04 10:00");
    assert_eq!(ends("20:00", "06:00", "Asia/Tokyo", &["tue"]), "21:00");
    assert_eq!(ends("03-01 23:00", "23:30", "America/New_York", &["sun"]), "04:30");
}

#[test]
fn in_a_gap_it_is_the_end_of_the_gap() {
    assert_eq!(ends("03-28 12:00", "02:30", "Europe/Berlin", &[]), "03-29 01:00");
    assert_eq!(ends("03-28 12:00", "02:00", "Europe/Berlin", &[]), "03-29 01:00");
    assert_eq!(ends("03-28 12:00", "03:00", "Europe/Berlin", &[]), "03-29 01:00");
    assert_eq!(ends("03-29 01:00:00.001", "02:30", "Europe/Berlin", &[]), "03-30 00:30");
    // Half an hour is left out there.
    assert_eq!(ends("10-03 12:00", "02:10", "Australia/Lord_Howe", &[]), "10-03 15:30");
    // Midnight itself is left out, and the day begins at one.
    assert_eq!(ends("09-05 20:00", "00:30", "America/Santiago", &["sun"]), "09-06 04:00");
}

#[test]
fn an_hour_that_comes_twice_counts_the_first_time() {
    assert_eq!(ends("10-24 12:00", "02:30", "Europe/Berlin", &[]), "10-25 00:30");
    assert_eq!(ends("10-25 00:30:00.001", "02:30", "Europe/Berlin", &[]), "10-26 01:30");
    assert_eq!(ends("10-24 12:00", "03:00", "Europe/Berlin", &[]), "10-25 02:00");
    assert_eq!(ends("10-31 20:00", "01:00", "America/New_York", &[]), "11-01 05:00");
}
