//! Quiet hours, in which no action reaches the lead (WF-A3).

use super::{Weekday, Zone};
use alloc::vec::Vec;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use knock_model::Millis;
use knock_scheduling::{Span, union_within};

/// The most dates that one quiet time touches: six quiet days, the night before, the hours behind.
const DATES: usize = 12;

/// Quiet hours by the clock of a zone: some hours of every day, and some days as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet time.
    pub from: Time,
    /// The first time that is not quiet: of the next day where it is earlier than `from`. The same time as `from` makes
    /// no hour quiet.
    pub to: Time,
    pub zone: Zone,
    /// Days that are quiet as a whole; not all seven.
    pub days: Vec<Weekday>,
}

impl Quiet {
    /// The end of the quiet time that an instant lies in, spans that touch joined; `None` where it is not quiet.
    pub(crate) fn end(&self, at: Millis) -> Option<Millis> {
        let first = self.zone.date(at)?.checked_sub(2.days()).ok()?;
        let dates = first.series(1.day()).take(DATES);
        let spans: Vec<Span> = dates.flat_map(|date| [self.hours(date), self.day(date)]).flatten().collect();
        let window = Span { start: at, end: spans.iter().map(|span| span.end).max()? };
        let joined = union_within(spans, window);
        joined.first().filter(|span| span.start == at).map(|span| span.end)
    }

    /// The quiet hours that begin on a date.
    fn hours(&self, date: Date) -> Option<Span> {
        let last = if self.to < self.from { date.tomorrow().ok()? } else { date };
        self.span(date, self.from, last, self.to)
    }

    /// A date that is quiet as a whole.
    fn day(&self, date: Date) -> Option<Span> {
        let is_quiet = self.days.contains(&Weekday::of(date.weekday()));
        let tomorrow = date.tomorrow().ok().filter(|_| is_quiet)?;
        self.span(date, Time::midnight(), tomorrow, Time::midnight())
    }

    fn span(&self, first: Date, from: Time, last: Date, to: Time) -> Option<Span> {
        Some(Span { start: self.zone.instant(first, from)?, end: self.zone.instant(last, to)? })
    }
}
