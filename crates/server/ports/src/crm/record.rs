//! Records that are written to a CRM.

use crate::{CrmObject, Refusal};
use knock_crm::Value;
use knock_model::{Email, Millis};

/// A record with what is written of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmRecord {
    /// What it is.
    pub object: CrmObject,
    /// Which one.
    pub key: CrmKey,
    /// Whether it is created where there is none.
    pub may_create: bool,
    /// Names of properties with their values; none clears one.
    pub values: Vec<(String, Option<Value>)>,
}

/// What a record is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CrmKey {
    /// Its id. Where the record was merged into another one, that one is meant.
    Id(String),
    /// Its address, of a contact alone: it finds the record and is never changed by a write.
    Email(Email),
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmWritten {
    /// It is written.
    Done {
        /// Its id.
        id: String,
    },
    /// It is written into the record that it was merged into.
    Merged {
        /// The id of that one.
        into: String,
    },
    /// There is none: none with this address that may not be created, or no longer one with this id.
    Absent,
    /// It is not written, or it is not known whether it is.
    Refused(Refusal),
}

/// An entry of timelines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmNote {
    /// Our own id of it.
    pub key: String,
    /// The records in whose timelines it is, by their ids: the contact, and their company.
    pub about: Vec<(CrmObject, String)>,
    /// When it happened.
    pub at: Millis,
    /// What it says: plain text, in lines.
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
    /// What it is called.
    pub title: String,
    /// When it begins.
    pub start: Millis,
    /// When it ends.
    pub end: Millis,
    /// Whether it takes place.
    pub state: CrmMeetingState,
}

/// Whether a meeting takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrmMeetingState {
    /// It is planned.
    Scheduled,
    /// It was moved to another time.
    Rescheduled,
    /// It was held.
    Completed,
    /// The lead did not come.
    NoShow,
    /// It was cancelled.
    Cancelled,
}
