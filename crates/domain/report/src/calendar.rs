//! The times in which durations are measured.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use knock_model::{Millis, RepId, vocabulary};
use knock_scheduling::{Span, union_within};

vocabulary! {
    /// The time in which durations are measured.
    CalendarKind {
        /// All time.
        Elapsed = "elapsed",
        /// The working hours of the rep whom the item concerns.
        Rep = "rep",
        /// The working hours of all reps together.
        Team = "team",
    }
}

impl CalendarKind {
    /// Its name on pages.
    pub const fn label(self) -> &'static str {
        match self {
            CalendarKind::Elapsed => "All time",
            CalendarKind::Rep => "Working hours of the rep",
            CalendarKind::Team => "Working hours of the team",
        }
    }
}

/// Working time: spans in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    spans: Vec<Span>,
    /// The working time up to the end of each span.
    sums: Vec<i64>,
}

impl Opening {
    /// The union of spans.
    pub fn new(spans: Vec<Span>) -> Opening {
        let spans = union_within(spans, Span { start: Millis(i64::MIN), end: Millis(i64::MAX) });
        let sums = spans.iter().scan(0_i64, |sum, span| {
            *sum = sum.saturating_add((span.end - span.start).0);
            Some(*sum)
        });
        Opening { sums: sums.collect(), spans }
    }

    /// Whether there is no working time at all.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The working time between two instants; none where the second is not after the first.
    pub fn between(&self, from: Millis, to: Millis) -> Millis {
        if to <= from { Millis(0) } else { self.until(to) - self.until(from) }
    }

    /// All working time before an instant.
    fn until(&self, at: Millis) -> Millis {
        let begun = self.spans.partition_point(|span| span.start < at);
        let Some(last) = begun.checked_sub(1) else { return Millis(0) };
        let (Some(span), Some(sum)) = (self.spans.get(last), self.sums.get(last)) else { return Millis(0) };
        Millis(*sum) - (span.end - span.end.min(at))
    }
}

/// The working hours of a workspace around the period of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendars {
    /// The working hours of all reps together.
    pub team: Opening,
    /// The hours of each rep. For one without, all time counts.
    pub reps: BTreeMap<RepId, Opening>,
}

impl Calendars {
    /// The time between two instants, as one of the calendars counts it; never below zero.
    pub fn between(&self, kind: CalendarKind, rep: Option<RepId>, from: Millis, to: Millis) -> Millis {
        let opening = match kind {
            CalendarKind::Elapsed => None,
            CalendarKind::Rep => rep.and_then(|rep| self.reps.get(&rep)),
            CalendarKind::Team => Some(&self.team).filter(|team| !team.is_empty()),
        };
        match opening {
            Some(opening) => opening.between(from, to),
            None => (to - from).max(Millis(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn opening(spans: &[(i64, i64)]) -> Opening {
        Opening::new(spans.iter().map(|(start, end)| Span { start: Millis(*start), end: Millis(*end) }).collect())
    }

    #[test]
    fn only_time_within_hours_counts() {
        let hours = opening(&[(30, 40), (10, 20), (15, 25)]);
        for (from, to, expected) in
            [(0, 10, 0), (0, 11, 1), (12, 24, 12), (0, 100, 25), (20, 35, 10), (25, 30, 0), (35, 12, 0), (33, 33, 0)]
        {
            assert_eq!(hours.between(Millis(from), Millis(to)), Millis(expected), "{from} to {to}");
        }
        assert!(opening(&[(5, 5)]).is_empty());
    }

    #[test]
    fn without_hours_all_time_counts() {
        let (with, without) = (RepId::new([1; 16]), RepId::new([2; 16]));
        let calendars =
            Calendars { team: Opening::default(), reps: vec![(with, opening(&[(0, 5)]))].into_iter().collect() };
        let between = |kind, rep| calendars.between(kind, rep, Millis(0), Millis(100)).0;
        assert_eq!(between(CalendarKind::Elapsed, Some(with)), 100);
        assert_eq!(between(CalendarKind::Rep, Some(with)), 5);
        assert_eq!(between(CalendarKind::Rep, Some(without)), 100);
        assert_eq!(between(CalendarKind::Rep, None), 100);
        assert_eq!(between(CalendarKind::Team, None), 100);
        assert_eq!(calendars.between(CalendarKind::Elapsed, None, Millis(9), Millis(3)).0, 0);
    }
}
