//! Calendars of members: what is busy there, and the meetings that are written into them.
//!
//! Whatever serves a calendar, it has ids for its calendars, says what is busy between two instants, and keeps one event
//! for a UID.

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

/// The longest that reading calendars may take, however many there are.
pub const CALENDAR_TIMEOUT: Millis = Millis(8_000);

/// A reading of calendars in progress.
pub type BusyFuture = Pin<Box<dyn Future<Output = BusyTimes> + Send>>;

/// The calendar that a member has connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectedCalendar {
    /// The member of the calendar.
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
    /// The provider of the calendar.
    pub provider: CalendarProvider,
    /// The address of the server or of the account.
    pub url: String,
    /// The user there.
    pub user: String,
    /// The credentials for the provider, sealed by the server's own key.
    pub secret: String,
    /// The calendars that were found there.
    pub found: Vec<FoundCalendar>,
    /// Ids of those whose events block times.
    pub reads: Vec<String>,
    /// Id of the one into which meetings are written; empty for none.
    pub events_in: String,
    /// Ids of all into which meetings were ever written.
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
    /// Its id: an address, where it is served by CalDAV.
    pub id: String,
    /// The display name.
    pub name: String,
}

/// The effect at the calendar of a member: a meeting is in it as the meeting is when the effect is delivered. So it says
/// which meeting alone, and may be delivered again at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEvent {
    /// The meeting.
    pub meeting: MeetingId,
}

impl CalendarEvent {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("calendar.meeting");
}

/// Writing calendars. Every method fails only when the database does.
pub trait CalendarLedger {
    /// Stores a calendar, in place of the one that the member had.
    fn save_calendar(&mut self, calendar: &ConnectedCalendar) -> Result<(), StoreError>;

    /// Removes the calendar of a member; false when there is none.
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
