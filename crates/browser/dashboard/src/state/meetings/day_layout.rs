//! Layout of the meetings of a day in its column: pure arithmetic.

use knock_wire::MeetingRow;
use std::ops::Range;

use crate::kit::civil::{Civil, Day};

/// The minutes of a line of the column.
const LINE: i64 = 15;
const DAY_MINUTES: i64 = 24 * 60;
/// The hours that are always shown.
const HOURS: Range<i64> = 8..18;

/// The place of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// Its first line, from 1.
    pub(crate) from: i64,
    /// The line after its last one.
    pub(crate) to: i64,
    /// Its lane among meetings at the same time, from 1.
    pub(crate) lane: usize,
}

/// The minutes of a day that a meeting takes; none if it is on other days. In the reader's local time.
pub(crate) fn minutes_on(
    day: Day,
    meeting: &MeetingRow,
    local: impl Fn(knock_model::Millis) -> Civil,
) -> Option<Range<i64>> {
    let (start, end) = (local(meeting.start_at), local(meeting.end_at));
    let from = if start.day < day { 0 } else { start.minute_of_day() };
    let to = if end.day > day { DAY_MINUTES } else { end.minute_of_day() };
    (start.day <= day && day <= end.day && from < to).then_some(from..to)
}

/// The shown hours: working hours, and those of all meetings.
pub(crate) fn hours_of<'a>(minutes: impl Iterator<Item = &'a Range<i64>>) -> Range<i64> {
    minutes.fold(HOURS, |hours, taken| hours.start.min(taken.start / 60)..hours.end.max((taken.end + 59) / 60))
}

/// The places of meetings, sorted by start, in a column that begins at `first_hour`: each in the
/// first free lane.
pub(crate) fn placed(minutes: &[Range<i64>], first_hour: i64) -> Vec<Placed> {
    let mut ends: Vec<i64> = Vec::new();
    let place = |taken: &Range<i64>| {
        let from = (taken.start - first_hour * 60) / LINE + 1;
        let to = (taken.end - first_hour * 60 + LINE - 1) / LINE + 1;
        let lane = ends.iter().position(|end| *end <= from).unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(end) => *end = to,
            None => ends.push(to),
        }
        Placed { from, to, lane: lane + 1 }
    };
    minutes.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn meetings_at_the_same_time_stand_side_by_side() {
        let minutes = [540..570, 540..600, 560..575, 570..600];
        let found = placed(&minutes, 8);
        let expected = [(5, 7, 1), (5, 9, 2), (6, 8, 3), (7, 9, 1)];
        assert_eq!(found, expected.map(|(from, to, lane)| Placed { from, to, lane }));
    }

    #[wasm_bindgen_test]
    fn the_column_reaches_from_the_first_to_the_last() {
        assert_eq!(hours_of([].iter()), 8..18);
        assert_eq!(hours_of([410..440, 1_170..1_201].iter()), 6..21);
    }

    #[wasm_bindgen_test]
    fn a_meeting_over_midnight_is_on_both_days() {
        let start = sample::meeting().start_at;
        let meeting = MeetingRow { end_at: start + Millis(15 * 3_600_000), ..sample::meeting() };
        let local = |at| civil(at, 120);
        let day = local(start).day;
        let on = |ahead| minutes_on(day.plus(ahead), &meeting, local);
        assert_eq!([-1, 0, 1, 2].map(on), [None, Some(600..1_440), Some(0..60), None]);
        let to_midnight = MeetingRow { end_at: start + Millis(14 * 3_600_000), ..sample::meeting() };
        assert_eq!(minutes_on(day.plus(1), &to_midnight, local), None);
    }
}
