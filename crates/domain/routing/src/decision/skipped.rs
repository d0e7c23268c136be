//! Skipped reps of a pool.

use alloc::string::String;
use knock_model::{spelled, vocabulary};

vocabulary! {
    /// The reason for which a member of a pool was skipped.
    SkipReason {
        /// Away.
        Away = "away",
        /// Outside the working hours.
        OffHours = "off_hours",
        /// Works on as many chats as they take.
        AtCapacity = "at_capacity",
        /// No longer on the team.
        Removed = "removed",
    }
}

spelled!(SkipReason);

/// A member of a pool who was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Skipped {
    /// The id of the member.
    pub rep: String,
    pub reason: SkipReason,
}
