//! A rep as routing sees one.

use crate::decision::SkipReason;
use alloc::collections::BTreeMap;
use alloc::string::String;
use knock_model::{CrmSystem, spelled, vocabulary};

vocabulary! {
    /// Whether a rep works.
    #[derive(Default)]
    RepState {
        /// At work.
        #[default]
        Active = "active",
        /// Out for a while: still named, not in pools.
        Away = "away",
        /// Outside the working hours: like away, but bookable for meetings.
        OffHours = "off_hours",
        /// A former member of the team.
        Removed = "removed",
    }
}

spelled!(RepState);

/// A rep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rep {
    pub id: String,
    /// Whether at work.
    pub state: RepState,
    pub has_calendar: bool,
    /// Whether no more chats can be taken now.
    pub at_capacity: bool,
    /// The address, by which a CRM may name its owner.
    pub email: Option<String>,
    pub crm_ids: BTreeMap<CrmSystem, String>,
    pub upcoming_meetings: u64,
    /// The number of the last booking; the higher, the later.
    pub last_booked: Option<u64>,
}

impl Rep {
    /// The reason for which a pool must skip this rep; none if it need not.
    pub(crate) const fn skipped(&self) -> Option<SkipReason> {
        match self.state {
            RepState::Active if self.at_capacity => Some(SkipReason::AtCapacity),
            RepState::Active => None,
            RepState::Away => Some(SkipReason::Away),
            RepState::OffHours => Some(SkipReason::OffHours),
            RepState::Removed => Some(SkipReason::Removed),
        }
    }

    /// Whether meetings can be booked with this rep.
    pub(crate) const fn is_bookable(&self) -> bool {
        matches!(self.state, RepState::Active | RepState::OffHours) && self.has_calendar
    }

    /// Sort key for the next meeting of a pool: fewest upcoming meetings, then the longest wait.
    pub(crate) const fn meeting_turn(&self) -> (u64, Option<u64>) {
        (self.upcoming_meetings, self.last_booked)
    }
}
