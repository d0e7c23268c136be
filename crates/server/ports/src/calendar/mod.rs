//! Calendars of members: their busy blocks, and the meetings that are written into them.
//!
//! A member connects any number of accounts. Events of their calendars block times, and meetings are written into one
//! calendar of one of them. A provider is known by [`CalendarVendor`] and [`CalendarAccount`] alone.

mod account;
mod failure;
mod push;
mod vendor;

pub use account::{
    BusyBlocks, BusyPolicy, BusyQuery, BusyRead, CalendarAccount, CalendarEntry, Conference, EntryFound, EntryThere,
    UnreadEvent, ZONES_APART,
};
pub use failure::{CalendarFailure, CalendarFuture};
pub use push::{
    CalendarChannel, CalendarPush, ChannelRequest, OpenedChannel, PushMessage, PushNews, PushNotice, Pushed,
};
pub use vendor::{CalendarOauth, CalendarVendor, CodeExchange, ConsentRequest, Granted, WrongField};

use crate::StoreError;
use knock_model::{CalendarAccountId, CalendarProvider, EffectKind, MeetingId, Millis, RepId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::pin::Pin;

/// The busy blocks of a rep, from all connected accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The busy blocks, each with the UID of its event.
    Known(BusyBlocks),
    /// One of the accounts could not be read.
    Unreachable,
}

/// The busy blocks by rep; reps without a connected account are absent.
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

/// An account that a member has connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectedCalendar {
    pub id: CalendarAccountId,
    pub member: RepId,
    /// The account at its provider, and its use.
    pub details: CalendarDetails,
    /// The error of the last request; empty if it succeeded.
    pub problem: String,
    /// The instant since which it cannot be read.
    pub problem_at: Option<Millis>,
    /// The instant at which people were notified of that; none before, and while it can be read.
    pub reported_at: Option<Millis>,
    /// The events that could not be read the last time that the others could.
    pub unread: UnreadEvents,
    /// The channels by which its provider says that it changed.
    pub channels: Vec<CalendarChannel>,
    pub connected_at: Millis,
}

/// Events of an account that cannot be read, the earliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnreadEvents {
    /// The number of all.
    pub count: u64,
    /// The first of them, [`UnreadEvents::MOST`] at most.
    pub events: Vec<UnreadEvent>,
}

impl UnreadEvents {
    /// The maximum that is kept.
    pub const MOST: usize = 20;

    /// Those of a reading, in an order that does not depend on the provider's.
    pub fn of(mut events: Vec<UnreadEvent>) -> UnreadEvents {
        events
            .sort_by(|one, other| (&one.day, &one.title, &one.reason).cmp(&(&other.day, &other.title, &other.reason)));
        events.dedup();
        let count = events.len() as u64;
        events.truncate(UnreadEvents::MOST);
        UnreadEvents { count, events }
    }
}

/// An account at its provider, and its use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDetails {
    pub provider: CalendarProvider,
    /// The credentials that are no secrets, by the names of their fields.
    pub account: BTreeMap<String, String>,
    /// The others, sealed by the server's own key; empty for an account that is connected by a consent.
    pub secret: String,
    /// The id of the consent, new with each; empty for an account that is connected by credentials.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub grant: String,
    pub found: Vec<FoundCalendar>,
    /// The ids of the calendars whose events block times.
    pub reads: Vec<String>,
    /// The id of the calendar into which meetings are written; empty for none. Of the accounts of a member, at most one
    /// has it.
    pub events_in: String,
    /// The ids of all calendars into which meetings were ever written.
    #[serde(default)]
    pub written: Vec<String>,
    /// Which events block, beside those that always do.
    #[serde(default)]
    pub policy: BusyPolicy,
    /// Whether meetings without a location get a conference of the provider.
    #[serde(default)]
    pub has_conferences: bool,
}

impl CalendarDetails {
    /// Whether both are one account at one provider. After a consent its address names an account: the rest of what is
    /// known of it, such as a display name, may have changed.
    pub fn is_same_account(&self, other: &CalendarDetails) -> bool {
        let is_same = match (self.consented(), other.consented()) {
            (Some(email), Some(other)) => email.eq_ignore_ascii_case(other),
            _ => self.account == other.account,
        };
        self.provider == other.provider && is_same
    }

    /// The address of an account that is connected by a consent.
    pub fn consented(&self) -> Option<&str> {
        let email = self.account.get("email").map(String::as_str);
        email.filter(|email| !self.grant.is_empty() && !email.is_empty())
    }
}

/// A calendar of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCalendar {
    /// The id at the provider: with CalDAV, an address.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Whether it belongs to another person, is only subscribed to, or takes no part in the busy time of its owner, as they
    /// said at its provider: its events block nothing until it is chosen.
    #[serde(default)]
    pub is_foreign: bool,
    /// Whether events can only be read: no meetings are written into it.
    #[serde(default)]
    pub is_read_only: bool,
}

/// The effect at an account of a member: writes a meeting with its state at the time of delivery. So it holds only the
/// id of the meeting, and may be delivered again at any time.
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
    /// Stores an account and replaces its previous state.
    fn save_calendar(&mut self, calendar: &ConnectedCalendar) -> Result<(), StoreError>;

    /// Stores the tokens of an account's consent, sealed. They are no part of what is stored of the account otherwise:
    /// they change with each renewal.
    fn save_calendar_tokens(&mut self, id: CalendarAccountId, tokens: &str) -> Result<(), StoreError>;

    /// Stores the channels of an account; nothing else writes them.
    fn save_calendar_channels(&mut self, id: CalendarAccountId, channels: &[CalendarChannel])
    -> Result<(), StoreError>;

    /// Removes an account; false if there is none.
    fn drop_calendar(&mut self, id: CalendarAccountId) -> Result<bool, StoreError>;
}

/// Reading calendars. Every method fails only when the database does.
pub trait CalendarView {
    /// The accounts of all members, the first connected first.
    fn calendars(&self) -> Result<Vec<ConnectedCalendar>, StoreError>;

    /// The tokens of an account's consent, sealed; empty for one without, none if there is no such account.
    fn calendar_tokens(&self, id: CalendarAccountId) -> Result<Option<String>, StoreError>;

    /// The accounts of a member, the first connected first.
    fn calendars_of(&self, member: RepId) -> Result<Vec<ConnectedCalendar>, StoreError> {
        let mut calendars = self.calendars()?;
        calendars.retain(|calendar| calendar.member == member);
        Ok(calendars)
    }

    /// An account.
    fn calendar(&self, id: CalendarAccountId) -> Result<Option<ConnectedCalendar>, StoreError> {
        Ok(self.calendars()?.into_iter().find(|calendar| calendar.id == id))
    }
}
