//! Busy blocks (SC-05, SC-06).

use crate::hours::{Hours, instant};
use crate::span::Span;
use jiff::civil::{Date, Time};
use knock_model::Millis;

/// The extent of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Between two instants.
    Instants(Span),
    /// Whole local days in the rep's own zone, the last one not included.
    Days(Date, Date),
}

/// A busy block in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub extent: Extent,
    /// Kept free before it.
    pub buffer_before: Millis,
    /// Kept free after it.
    pub buffer_after: Millis,
    /// Whether it is a meeting that counts for the limit of a day.
    pub is_meeting: bool,
}

impl Block {
    /// The span for a rep with these hours; none for a day that does not exist.
    pub fn span(&self, hours: &Hours) -> Option<Span> {
        match self.extent {
            Extent::Instants(span) => Some(span),
            Extent::Days(from, to) => Some(Span {
                start: instant(&hours.zone, from, Time::midnight())?,
                end: instant(&hours.zone, to, Time::midnight())?,
            }),
        }
    }

    /// With the time kept free around it; a block of no length blocks nothing.
    pub(crate) fn widened(&self, hours: &Hours) -> Option<Span> {
        let span = self.span(hours).filter(|span| !span.is_empty())?;
        Some(span.widened(self.buffer_before, self.buffer_after))
    }
}
