//! The events of a calendar as busy time (SC-06).
//!
//! The unit is the event: what of it cannot be read blocks the time that it may take and is named, and everything else is
//! read. Where two readings of a text differ, both are blocked.

mod budget;
mod component;
mod event;
mod extent;
mod instances;
mod lines;
mod meeting;
mod moment;
mod object;
mod presence;
mod rule;
mod series;
mod zones;

pub use budget::Budget;
pub use meeting::{MeetingTime, meeting};
pub use object::busy;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use knock_scheduling::{Block, Span};

/// What is asked of a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    pub window: Span,
    /// The zone of the calendar's owner: that of times without a zone.
    pub zone: &'q TimeZone,
    /// The addresses of the owner: an event that they declined by one of them blocks nothing.
    pub addresses: &'q [String],
    pub takes: Takes,
}

/// The events that block, of those of which it is the owner's to say.
#[derive(Clone, Copy, Debug)]
pub struct Takes {
    /// Events that are tentative.
    pub tentative: bool,
    /// Invitations that the owner has not answered.
    pub unanswered: bool,
    /// Events of work at another place.
    pub elsewhere: bool,
}

/// An event that cannot be read, or not in full. The time that it may take is blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Empty if it has none, or if it cannot be read.
    pub title: String,
    /// The day on which it begins, as far as it can be read.
    pub day: Option<Date>,
    /// The reason, as a part of a sentence.
    pub reason: String,
}

/// The busy time of a calendar object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusyTime {
    /// The blocks that touch the window, each with the UID of its event; empty if it has none.
    pub blocks: Vec<(String, Block)>,
    /// The events that cannot be read, of those that touch the window.
    pub unread: Vec<Unread>,
}
