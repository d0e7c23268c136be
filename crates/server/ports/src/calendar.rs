//! Calendars of members: their busy blocks, and the meetings that are written into them.
//!
//! Every provider has ids for its calendars, returns the busy blocks between two instants, and keeps one event for a
//! UID.

use crate::StoreError;
use knock_model::{EffectKind, MeetingId, Millis, RepId};
use knock_scheduling::Block;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::pin::Pin;

/// The busy blocks of a rep, from the connected calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The busy blocks, each with the UID of its event.
    Known(Vec<(Option<String>, Block)>),
    /// The calendar could not be read.
    Unreachable,
}

/// The busy blocks by rep; reps without a connected calendar are absent.
pub type BusyTimes = BTreeMap<RepId, Busy>;

/// Reads the calendars of members.
pub trait Calendars: Send + Sync {
    /// The busy blocks of these reps between two instants, without reps that have no calendar. It ends within
    /// [`CALENDAR_TIMEOUT`]: a calendar that has not answered by then is unreachable.
    fn busy(&self, reps: &[RepId], from: Millis, to: Millis) -> BusyFuture;
}

/// The time limit of reading calendars, for any number of them.
pub const CALENDAR_TIMEOUT: Millis = Millis(8_000);

/// A reading of calendars in progress.
pub type BusyFuture = Pin<Box<dyn Future<Output = BusyTimes> + Send>>;

/// The connected calendar of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectedCalendar {
    pub member: RepId,
    /// The address of the calendar, and its use.
    pub details: CalendarDetails,
    /// The error of the last request; empty if it succeeded.
    pub problem: String,
    /// The instant since which it cannot be read.
    pub problem_at: Option<Millis>,
}

/// The address of a calendar, and its use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDetails {
    pub provider: CalendarProvider,
    /// The address of the server or of the account.
    pub url: String,
    pub user: String,
    /// The credentials for the provider, sealed by the server's own key.
    pub secret: String,
    pub found: Vec<FoundCalendar>,
    /// The ids of the calendars whose events block times.
    pub reads: Vec<String>,
    /// The id of the calendar into which meetings are written; empty for none.
    pub events_in: String,
    /// The ids of all calendars into which meetings were ever written.
    #[serde(default)]
    pub written: Vec<String>,
}

/// The provider of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarProvider {
    /// A CalDAV server (RFC 4791).
    #[serde(rename = "caldav")]
    CalDav,
}

/// A calendar of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCalendar {
    /// The id: with CalDAV, an address.
    pub id: String,
    /// The display name.
    pub name: String,
}

/// The effect at the calendar of a member: writes a meeting with its state at the time of delivery. So it holds only
/// the id of the meeting, and may be delivered again at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEvent {
    pub meeting: MeetingId,
}

impl CalendarEvent {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("calendar.meeting");
}

/// Writing calendars. Every method fails only when the database does.
pub trait CalendarLedger {
    /// Stores a calendar and replaces the member's previous one.
    fn save_calendar(&mut self, calendar: &ConnectedCalendar) -> Result<(), StoreError>;

    /// Removes the calendar of a member; false if there is none.
    fn drop_calendar(&mut self, member: RepId) -> Result<bool, StoreError>;
}

/// Reading calendars. Every method fails only when the database does.
pub trait CalendarView {
    /// The calendars of all members.
    fn calendars(&self) -> Result<Vec<ConnectedCalendar>, StoreError>;

    /// The calendar of a member.
    fn calendar(&self, member: RepId) -> Result<Option<ConnectedCalendar>, StoreError> {
        Ok(self.calendars()?.into_iter().find(|calendar| calendar.member == member))
    }
}
