//! Records for writing to a CRM.

use crate::{CrmObject, Refusal};
use knock_crm::Value;
use knock_model::{Email, Millis, Subject};

/// A record with the values to write.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmRecord {
    pub object: CrmObject,
    pub key: CrmKey,
    /// Whether it is created if it does not exist.
    pub may_create: bool,
    /// The names of properties with their values; none clears a property.
    pub values: Vec<(String, Option<Value>)>,
}

/// The key by which a record is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrmKey {
    /// The id. For a merged record, the record that it was merged into.
    Id(String),
    /// The address, for contacts only: it finds the record and is never changed by a write.
    Email(Email),
}

/// The outcome for one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmWritten {
    Done {
        id: String,
    },
    /// The record was merged; the surviving one is written.
    Merged {
        /// The id of that record.
        into: String,
    },
    /// Not found: no record with this address, and none may be created; or the record with this id no longer exists.
    Absent,
    /// The record is not written, or the result is unknown.
    Refused(Refusal),
}

/// An entry of timelines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmNote {
    /// The id that Knock gave it.
    pub key: String,
    /// The records in whose timelines it appears, by id: the contact, and their company.
    pub about: Vec<(CrmObject, String)>,
    pub at: Millis,
    /// The content: plain text, in lines.
    pub text: String,
}

/// A meeting in its current state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmMeeting {
    /// The id that Knock gave it.
    pub key: String,
    /// The ids of the contacts who attend.
    pub contacts: Vec<String>,
    /// The id of the owner; none if the rep is not an owner in the CRM.
    pub owner: Option<String>,
    pub title: Subject,
    pub start: Millis,
    pub end: Millis,
    pub state: CrmMeetingState,
}

/// The state of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrmMeetingState {
    Scheduled,
    /// Moved to another time.
    Rescheduled,
    /// It took place, as a rep said.
    Completed,
    /// The lead did not attend.
    NoShow,
    Cancelled,
}
