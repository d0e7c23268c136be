//! What reports know of a person and of visits: derived from facts, and from nothing else.

use crate::acts::Acts;
use crate::record::{ChatRecord, MeetingRecord};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use knock_model::{IntentType, LeadId, MeetingId, MeetingState, Millis, RepId};
use knock_status::meeting::Canceller;

/// A person with a record who is not marked as spam (MS-08); merged records are one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub lead: LeadId,
    /// Their first signal, else the claim that made their record.
    pub first_seen_at: Millis,
    pub touch: Arc<Touch>,
    /// `Knock: Intent Type` now.
    pub kind: IntentType,
    pub chat: ChatRecord,
    pub meeting: MeetingRecord,
    /// Their meetings, by the instant of booking.
    pub meetings: Vec<Meeting>,
    pub acts: Acts,
}

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub id: MeetingId,
    /// The link by which it was booked; empty for one that the team entered.
    pub link: String,
    /// The owner of its calendar now.
    pub owner: RepId,
    pub booked_at: Millis,
    pub start: Millis,
    pub end: Millis,
    pub state: MeetingState,
    /// The instant of the last change: of the cancellation of a cancelled one.
    pub updated_at: Millis,
    /// How often its time or owner changed.
    pub moves: u32,
    pub cancelled_by: Option<Canceller>,
}

/// Browsers that came for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visits {
    /// The begin of the quarter of an hour.
    pub at: Millis,
    pub touch: Arc<Touch>,
    pub count: u64,
}

/// How a person, or a browser, came first. A text is empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Touch {
    /// The number of the site, as text.
    pub site: String,
    /// The Knock Link of the first conversation, else of the first meeting; `Website` for the launcher.
    pub link: String,
    /// The channel of attribution, such as `Campaign` or `Direct`.
    pub channel: String,
    pub source: String,
    pub campaign: String,
    /// The path of the first page, without a query.
    pub landing_page: String,
    /// The country by the address of the request, in two letters.
    pub country: String,
    pub device: String,
    /// The language of the browser.
    pub language: String,
}
