//! Layout of the meetings of a day in its column: pure arithmetic.

use knock_model::Millis;
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
pub(crate) fn minutes_on(day: Day, meeting: &MeetingRow, local: impl Fn(Millis) -> Civil) -> Option<Range<i64>> {
    span_on(day, (meeting.start_at, meeting.end_at), local)
}

/// The same of any span of time.
pub(crate) fn span_on(day: Day, (start, end): (Millis, Millis), local: impl Fn(Millis) -> Civil) -> Option<Range<i64>> {
    let (start, end) = (local(start), local(end));
    let from = if start.day < day { 0 } else { start.minute_of_day() };
    let to = if end.day > day { DAY_MINUTES } else { end.minute_of_day() };
    (start.day <= day && day <= end.day && from < to).then_some(from..to)
}

/// The shown hours: working hours, and those of all meetings.
pub(crate) fn hours_of<'a>(minutes: impl Iterator<Item = &'a Range<i64>>) -> Range<i64> {
    minutes.fold(HOURS, |hours, taken| hours.start.min(taken.start / 60)..hours.end.max((taken.end + 59) / 60))
}

/// The part of a span within the shown hours, in minutes from their start: the start, and the length; none outside.
pub(crate) fn clipped(minutes: &Range<i64>, hours: &Range<i64>) -> Option<(i64, i64)> {
    let (first, last) = (hours.start * 60, hours.end * 60);
    let (from, to) = (minutes.start.max(first), minutes.end.min(last));
    (from < to).then_some((from - first, to - from))
}

/// The line of an instant of the day in the shown hours, in minutes from their start; none outside.
pub(crate) fn line_at(minute: i64, hours: &Range<i64>) -> Option<i64> {
    (hours.start * 60 <= minute && minute < hours.end * 60).then_some(minute - hours.start * 60)
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
    fn what_is_outside_of_the_shown_hours_is_cut_off() {
        for (minutes, expected) in [
            (540..600, Some((60, 60))),
            (400..500, Some((0, 20))),
            (1_060..1_200, Some((580, 20))),
            (0..1_440, Some((0, 600))),
            (0..480, None),
            (1_080..1_100, None),
        ] {
            assert_eq!(clipped(&minutes, &(8..18)), expected, "{minutes:?}");
        }
    }

    #[wasm_bindgen_test]
    fn the_line_of_now_is_within_the_shown_hours() {
        for (minute, expected) in [(479, None), (480, Some(0)), (810, Some(330)), (1_079, Some(599)), (1_080, None)] {
            assert_eq!(line_at(minute, &(8..18)), expected, "{minute}");
        }
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
