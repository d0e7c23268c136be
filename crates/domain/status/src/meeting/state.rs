//! The meeting state of a lead at an instant.

use super::words::MeetingStatus;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Millis, spelled, vocabulary};

/// Inactivity that makes `Save the Lead` (MS-02).
const SAVE: Millis = Millis(180 * Millis::MINUTE.0);

vocabulary! {
    /// The timers of the meeting flow.
    Timer {
        /// 3 hours without activity.
        Save = "save_the_lead",
        /// A qualified lead went away (R14).
        Dropoff = "booking_dropoff",
    }
}

vocabulary! {
    /// A flag for a person to look at.
    Flag {
        /// A cancellation came when the meeting had begun (R16).
        CancelAfterStart = "cancel_after_start",
    }
}

vocabulary! {
    /// `Reject Reason` of a meeting lead.
    RejectReason {
        /// A fake address.
        Spam = "Spam",
        /// A routing rule disqualified.
        Routing = "routing",
        /// A private address.
        PrivateEmail = "private email",
    }
}

spelled!(RejectReason);

/// The party that cancelled a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Canceller {
    /// A rep, or the system for one.
    Rep,
    Lead,
}

impl Canceller {
    /// `Cancelled By` as the CRM has it (MS-07).
    pub const fn as_str(self) -> &'static str {
        match self {
            Canceller::Rep => "Rep",
            Canceller::Lead => "Lead",
        }
    }
}

/// The fields of a meeting beside its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// `Reject Reason`; `Rejected By` is the AI agent whenever there is one.
    pub reject_reason: Option<RejectReason>,
    /// `Meeting Time`: of the most recently booked active meeting, or the last one (R16).
    pub time: Option<Millis>,
    /// `Meeting Owner`, likewise.
    pub owner: Option<String>,
    pub cancelled_by: Option<Canceller>,
}

/// A meeting that is booked and not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Active {
    pub(super) id: String,
    pub(super) start: Millis,
    pub(super) owner: String,
}

/// The meeting flow of a lead at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) status: Option<MeetingStatus>,
    pub(super) fields: Fields,
    pub(super) flags: BTreeSet<Flag>,
    /// Whether the address given last was good.
    pub(super) is_qualified: bool,
    /// The last activity in the flow.
    pub(super) active_at: Option<Millis>,
    /// Active meetings, the most recently booked last.
    pub(super) meetings: Vec<Active>,
}

impl State {
    /// The next timer of this status; `dropoff` is the workspace's setting.
    pub(super) fn next(&self, dropoff: Millis) -> Option<(Millis, Timer)> {
        if self.status? != MeetingStatus::New {
            return None;
        }
        let active_at = self.active_at?;
        Some(if self.is_qualified { (active_at + dropoff, Timer::Dropoff) } else { (active_at + SAVE, Timer::Save) })
    }
}
