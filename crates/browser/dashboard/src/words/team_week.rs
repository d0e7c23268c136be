//! The time of the team in words.

use knock_wire::MemberSchedule;
use std::ops::Range;

use super::instant::minutes_label;

/// What is shown of events of other calendars.
pub(crate) const PRIVATE: &str =
    "Events of connected calendars are private: colleagues see them as busy only, without a title.";

/// `Works 09:00 to 12:00, 13:00 to 17:00`: the working hours of a day by their minutes.
pub(crate) fn working_words(working: &[Range<i64>]) -> String {
    if working.is_empty() {
        return "No working hours".to_owned();
    }
    let spans: Vec<String> = working.iter().map(minutes_label).collect();
    format!("Works {}", spans.join(", "))
}

/// Why no busy times of a member are known; none if they are.
pub(crate) const fn unknown_busy(member: &MemberSchedule) -> Option<&'static str> {
    match (member.has_calendar, member.is_unreachable) {
        (_, true) => Some("Calendar cannot be read"),
        (false, false) => Some("No calendar connected"),
        (true, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_hours_of_a_day_are_named_with_their_breaks() {
        assert_eq!(working_words(&[]), "No working hours");
        assert_eq!(working_words(&[540..720, 780..1_440]), "Works 09:00 to 12:00, 13:00 to 24:00");
    }

    #[wasm_bindgen_test]
    fn a_member_without_known_busy_times_is_not_shown_as_free() {
        let mut member = sample::member_schedule();
        assert_eq!(unknown_busy(&member), None);
        member.is_unreachable = true;
        assert_eq!(unknown_busy(&member), Some("Calendar cannot be read"));
        (member.has_calendar, member.is_unreachable) = (false, false);
        assert_eq!(unknown_busy(&member), Some("No calendar connected"));
    }
}
