//! One rep's calendar, and the terms of a meeting.

use crate::busy::Block;
use crate::hours::Hours;
use crate::span::{Span, Union};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use jiff::civil::Date;
use knock_model::Millis;

/// Whether a rep can be offered at all (SC-08).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepState {
    /// Works, with a connected calendar.
    Usable,
    /// Away, removed or without a calendar.
    Unusable,
}

/// A slot that a visitor is about to book (SC-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    pub span: Span,
}

/// The state of a rep for a request of slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub hours: Hours,
    pub blocks: Vec<Block>,
    /// Live holds of other visitors.
    pub holds: Vec<Hold>,
    /// Whether they can be offered.
    pub state: RepState,
    /// Upcoming meetings (SC-09).
    pub upcoming: u64,
    pub last_booked: Option<Millis>,
}

/// The terms of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    pub duration: Millis,
    /// The distance between starts.
    pub step: Millis,
    /// Kept free before it.
    pub buffer_before: Millis,
    /// Kept free after it.
    pub buffer_after: Millis,
    /// The most meetings of a rep on one day.
    pub max_per_day: Option<u64>,
    /// Starts lie in here (SC-04).
    pub window: Span,
}

impl Calendar {
    /// Whether nothing overlaps a meeting then, whatever the working hours and the limit of a day.
    pub fn is_clear(&self, meeting: Span, terms: &Terms) -> bool {
        Ready::new(self, terms).is_clear(meeting)
    }
}

/// A calendar made ready to be asked about starts.
pub(crate) struct Ready<'c> {
    calendar: &'c Calendar,
    terms: &'c Terms,
    ranges: Vec<Span>,
    working: Union,
    busy: Union,
    meetings: BTreeMap<Date, u64>,
}

impl<'c> Ready<'c> {
    pub(crate) fn new(calendar: &'c Calendar, terms: &'c Terms) -> Ready<'c> {
        let hours = &calendar.hours;
        // A meeting begins within the window and may end days after it.
        let ranges = hours.resolve(terms.window.widened(Millis(0), terms.duration));
        let mut busy: Vec<Span> = calendar.blocks.iter().filter_map(|block| block.widened(hours)).collect();
        busy.extend(calendar.holds.iter().map(|hold| hold.span));
        let mut meetings = BTreeMap::new();
        for block in calendar.blocks.iter().filter(|block| block.is_meeting) {
            if let Some(date) = block.span(hours).and_then(|span| hours.date(span.start)) {
                *meetings.entry(date).or_default() += 1;
            }
        }
        Ready { calendar, terms, working: Union::of(ranges.clone()), ranges, busy: Union::of(busy), meetings }
    }

    /// The starts of this rep's own grid within the window (SC-03).
    pub(crate) fn grid(&self) -> impl Iterator<Item = Millis> {
        let (step, window) = (self.terms.step, self.terms.window);
        self.ranges.iter().flat_map(move |range| {
            // The first multiple that does not lie before the window.
            let before = (window.start - range.start).0.max(0);
            let skipped = (before + step.0 - 1) / step.0;
            let first = range.start + Millis(skipped * step.0);
            let end = range.end.min(window.end);
            core::iter::successors(Some(first), move |at| Some(*at + step)).take_while(move |at| *at < end)
        })
    }

    /// Whether a meeting can begin then: inside hours, free, and not too many that day.
    pub(crate) fn is_free(&self, start: Millis) -> bool {
        let meeting = Span { start, end: start + self.terms.duration };
        self.working.holds(meeting) && self.is_clear(meeting) && !self.is_full(start)
    }

    /// SC-05: with its own buffers it overlaps nothing.
    fn is_clear(&self, meeting: Span) -> bool {
        !self.busy.overlaps(meeting.widened(self.terms.buffer_before, self.terms.buffer_after))
    }

    /// SC-07: counted by the date in the rep's own zone.
    fn is_full(&self, start: Millis) -> bool {
        let count = self.calendar.hours.date(start).and_then(|date| self.meetings.get(&date)).copied().unwrap_or(0);
        self.terms.max_per_day.is_some_and(|most| count >= most)
    }
}
