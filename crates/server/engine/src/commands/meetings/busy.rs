//! Busy times of reps' external calendars, read before the command.

use crate::commands::meeting_status::settings;
use knock_model::Millis;
pub use knock_ports::{Busy, BusyTimes};
use knock_ports::{BusyBlocks, StoreError, View};
use knock_scheduling::{Block, Span};

/// The window of busy times that matter to an offer of now: up to the last day that can be booked.
///
/// # Errors
/// When the store fails.
pub fn busy_window(view: &dyn View, now: Millis) -> Result<Span, StoreError> {
    let horizon = Millis::days(i64::from(settings(view)?.horizon_days) + 2);
    Ok(Span { start: now - Millis::days(1), end: now + horizon })
}

/// The blocks of other events: a meeting that Knock wrote into the calendar is a reservation already.
pub(crate) fn elsewhere(blocks: &BusyBlocks) -> impl Iterator<Item = Block> {
    let is_ours = |uid: &Option<String>| uid.as_deref().is_some_and(|uid| uid.ends_with("@knock"));
    blocks.iter().filter(move |(uid, _)| !is_ours(uid)).map(|(_, block)| *block)
}
