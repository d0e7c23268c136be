//! Scheduling: which starts of a meeting can be offered (SC-01..SC-10).
//!
//! Pure, on UTC instants, with the bundled time-zone database; never the machine's.
#![no_std]

extern crate alloc;

mod busy;
mod calendar;
mod hours;
mod offer;
mod span;
mod week;
mod written;

pub use busy::{Block, Extent};
pub use calendar::{Calendar, Hold, RepState, Terms};
pub use hours::{Hours, Override, Range, Travel};
pub use offer::{Mode, NotOneRep, Slot, offer};
pub use span::{Span, union_within};
pub use week::{Days, Week};
pub use written::{WrongHours, date, time, zone};
