//! Records that are written to a CRM.

use crate::{CrmObject, Refusal};
use knock_crm::Value;
use knock_model::{Email, Millis};

/// A record with what is written of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmRecord {
    /// The kind of record.
    pub object: CrmObject,
    /// The key of the record.
    pub key: CrmKey,
    /// Whether it is created where there is none.
    pub may_create: bool,
    /// Names of properties with their values; none clears one.
    pub values: Vec<(String, Option<Value>)>,
}

/// The key by which a record is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrmKey {
    /// Its id. Where the record was merged into another one, that one is meant.
    Id(String),
    /// Its address, of a contact alone: it finds the record and is never changed by a write.
    Email(Email),
}

/// The outcome for one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmWritten {
    /// The record is written.
    Done {
        /// Its id.
        id: String,
    },
    /// The record was merged; the surviving one is written.
    Merged {
        /// The id of that one.
        into: String,
    },
    /// There is none: none with this address that may not be created, or no longer one with this id.
    Absent,
    /// The record is not written, or the result is unknown.
    Refused(Refusal),
}

/// An entry of timelines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmNote {
    /// Our own id of it.
    pub key: String,
    /// The records in whose timelines it is, by their ids: the contact, and their company.
    pub about: Vec<(CrmObject, String)>,
    /// The instant of the event.
    pub at: Millis,
    /// The content: plain text, in lines.
    pub text: String,
}

/// A meeting as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmMeeting {
    /// Our own id of it.
    pub key: String,
    /// The ids of the contacts who take part.
    pub contacts: Vec<String>,
    /// The id of the owner; none where the rep is none.
    pub owner: Option<String>,
    /// The title.
    pub title: String,
    /// The start.
    pub start: Millis,
    /// The end.
    pub end: Millis,
    /// Whether it takes place.
    pub state: CrmMeetingState,
}

/// Whether a meeting takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrmMeetingState {
    /// Planned.
    Scheduled,
    /// Moved to another time.
    Rescheduled,
    /// Held.
    Completed,
    /// The lead did not come.
    NoShow,
    /// Cancelled.
    Cancelled,
}
