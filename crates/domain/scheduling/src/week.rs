//! The hours of a usual week: those of several members together, in another zone.

use crate::hours::Range;
use alloc::vec::Vec;

const DAY: u32 = 1_440;
const DAYS: u32 = 7;

/// The hours of a week, in minutes since the midnight on which its Monday begins: in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week(Vec<(u32, u32)>);

/// Days in a row with the same hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day: 0 is Monday.
    pub first: usize,
    /// The last day.
    pub last: usize,
    /// The hours of each, in minutes since midnight.
    pub ranges: Vec<(u32, u32)>,
}

impl Week {
    /// The union of weeks, whose days begin with Monday.
    pub fn of<'h>(weeks: impl IntoIterator<Item = &'h [Vec<Range>; 7]>) -> Week {
        let days = weeks.into_iter().flat_map(|week| (0..).zip(week));
        let ranges = days.flat_map(|(day, ranges)| {
            let begin = day * DAY;
            ranges.iter().map(move |range| {
                let (start, end) = range.minutes();
                (begin + start, begin + end)
            })
        });
        Week(united(ranges.collect()))
    }

    /// The same week by a clock that is so many minutes ahead.
    #[must_use]
    pub fn moved(&self, minutes: i32) -> Week {
        let length = DAYS * DAY;
        let ahead = u32::try_from(minutes.rem_euclid(10_080)).unwrap_or_default();
        let parts = self.0.iter().flat_map(|(start, end)| {
            let (start, end) = (start + ahead, end + ahead);
            // What passes the end of Sunday is in the morning of Monday.
            let before = (start < length).then(|| (start, end.min(length)));
            let after = (end > length).then(|| (start.saturating_sub(length), end - length));
            [before, after]
        });
        Week(united(parts.flatten().collect()))
    }

    /// Its days with hours, in order; days in a row with the same hours together.
    pub fn days(&self) -> Vec<Days> {
        let mut all: Vec<Days> = Vec::new();
        for (day, begin) in (0..DAYS).map(|day| day * DAY).enumerate() {
            let within = self.0.iter().filter(|(start, end)| *start < begin + DAY && begin < *end);
            let ranges: Vec<_> =
                within.map(|(start, end)| (start.max(&begin) - begin, end.min(&(begin + DAY)) - begin)).collect();
            match all.last_mut() {
                _ if ranges.is_empty() => {}
                Some(days) if days.last + 1 == day && days.ranges == ranges => days.last = day,
                _ => all.push(Days { first: day, last: day, ranges }),
            }
        }
        all
    }
}

/// Ranges in order, those that touch as one.
fn united(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut union: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match union.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => union.push((start, end)),
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday to Friday with these hours.
    fn weekdays(ranges: &[(&str, &str)]) -> [Vec<Range>; 7] {
        let day: Vec<Range> = ranges.iter().map(|(start, end)| Range::parse(start, end).expect("a range")).collect();
        core::array::from_fn(|place| if place < 5 { day.clone() } else { Vec::new() })
    }

    fn days(first: usize, last: usize, hours: &[(u32, u32)]) -> Days {
        Days { first, last, ranges: hours.iter().map(|(start, end)| (start * 60, end * 60)).collect() }
    }

    #[test]
    fn hours_of_members_are_one_week() {
        let (early, late) = (weekdays(&[("08:00", "12:00")]), weekdays(&[("11:00", "17:00"), ("18:00", "24:00")]));
        assert_eq!(Week::of([&early]).days(), [days(0, 4, &[(8, 12)])]);
        assert_eq!(Week::of([&early, &late]).days(), [days(0, 4, &[(8, 17), (18, 24)])]);
        assert_eq!(Week::of([]).days(), []);
    }

    #[test]
    fn another_clock_moves_hours_to_other_days() {
        let week = Week::of([&weekdays(&[("09:00", "17:00")])]);
        assert_eq!(week.moved(-360).days(), [days(0, 4, &[(3, 11)])]);
        assert_eq!(
            week.moved(600).days(),
            [days(0, 0, &[(19, 24)]), days(1, 4, &[(0, 3), (19, 24)]), days(5, 5, &[(0, 3)])]
        );
        assert_eq!(
            week.moved(-720).days(),
            [days(0, 3, &[(0, 5), (21, 24)]), days(4, 4, &[(0, 5)]), days(6, 6, &[(21, 24)])]
        );
        assert_eq!(week.moved(0), week);
        assert_eq!(week.moved(330).moved(-330), week);
    }

    #[test]
    fn hours_all_the_time_are_one_line() {
        let mut always = weekdays(&[("00:00", "24:00")]);
        always[5] = always[0].clone();
        always[6] = always[0].clone();
        let week = Week::of([&always]);
        assert_eq!(week.days(), [days(0, 6, &[(0, 24)])]);
        assert_eq!(week.moved(90), week);
    }
}
