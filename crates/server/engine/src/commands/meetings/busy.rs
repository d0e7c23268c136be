//! What is in the calendars of reps elsewhere, as it was read before the command.

use knock_model::RepId;
use knock_scheduling::Block;
use std::collections::BTreeMap;

/// What a connected calendar says of a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Busy {
    /// What blocks, with the UID of its event.
    Known(Vec<(Option<String>, Block)>),
    /// The calendar could not be read.
    Unreachable,
}

/// What connected calendars say, by rep; those without one are not in it.
pub type BusyTimes = BTreeMap<RepId, Busy>;
