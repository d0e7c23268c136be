//! The state of a calendar in words.

use knock_wire::CalendarHealth;

/// The state in one line; `since` is the time at which the calendar became unreachable.
pub(crate) fn calendar_words(health: &CalendarHealth, since: Option<String>) -> String {
    if !health.is_connected {
        return "No calendar is connected.".to_owned();
    }
    if health.problem.is_empty() {
        return "Connected. Its events block times that can be booked.".to_owned();
    }
    let since = since.map(|since| format!(" since {since}")).unwrap_or_default();
    format!("It cannot be read{since}: {}.", health.problem)
}

/// The state of meetings that are not written to the calendar yet; empty if all are.
pub(crate) fn unwritten_words(health: &CalendarHealth) -> String {
    let meetings = |count: u64| if count == 1 { "1 meeting".to_owned() } else { format!("{count} meetings") };
    match (health.failed, health.waiting) {
        (0, 0) => String::new(),
        (0, waiting) => format!("{} still to be written into it.", meetings(waiting)),
        (failed, _) => format!("{} could not be written into it. Saving tries again.", meetings(failed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_calendar_says_how_it_is_going() {
        let connected = CalendarHealth { is_connected: true, ..CalendarHealth::default() };
        assert_eq!(calendar_words(&CalendarHealth::default(), None), "No calendar is connected.");
        assert!(calendar_words(&connected, None).starts_with("Connected."));
        let broken = CalendarHealth { problem: "no answer".into(), failed: 1, waiting: 2, ..connected.clone() };
        assert_eq!(calendar_words(&broken, Some("noon".into())), "It cannot be read since noon: no answer.");
        assert_eq!(unwritten_words(&broken), "1 meeting could not be written into it. Saving tries again.");
        assert_eq!(unwritten_words(&connected), "");
        assert_eq!(
            unwritten_words(&CalendarHealth { waiting: 2, ..connected }),
            "2 meetings still to be written into it."
        );
    }
}
