//! Calendar accounts of members: connection, change, disconnection, and deliveries of meetings to them.

use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, CalendarAccountId, Destination, MemberState, Millis, RepId};
use knock_ports::{CalendarChannel, CalendarDetails, ConnectedCalendar, Endpoint, Ledger, StoreError, UnreadEvents};
use serde_json::{Value, json};

/// The maximum number of deliveries to send again at once.
const SENT_AGAIN: usize = 500;
/// The maximum number of accounts of a member.
const MOST_ACCOUNTS: usize = 10;
/// The time for which an account cannot be read before people are notified: many failures pass by themselves.
const REPORTED_AFTER: Millis = Millis(10 * Millis::MINUTE.0);

/// Connects a calendar account of a member, or changes the connection. The caller has just reached the account.
#[derive(Clone, Debug)]
pub struct SaveCalendar {
    /// The id of the account: a new one, or one of the member's.
    pub id: CalendarAccountId,
    pub member: RepId,
    /// The account, and its use; the list of calendars that meetings were written into is kept.
    pub details: CalendarDetails,
    /// The tokens of a new consent, sealed; none: they stay as they are.
    pub tokens: Option<String>,
    pub now: Millis,
}

/// The outcome of [`SaveCalendar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarSaved {
    Saved,
    /// There is no such member, or the account is another member's.
    Unknown,
    /// The member has connected the same account already.
    IsConnected,
    /// The member has connected as many as are allowed, which is this number.
    TooMany(usize),
}

impl Change for SaveCalendar {
    type Outcome = CalendarSaved;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(CalendarSaved, Option<Note>), StoreError> {
        let member = ledger.member(self.member)?.filter(|member| member.state != MemberState::Removed);
        let (Some(member), known) = (member, ledger.calendar(self.id)?) else {
            return Ok((CalendarSaved::Unknown, None));
        };
        if known.as_ref().is_some_and(|known| known.member != member.id) {
            return Ok((CalendarSaved::Unknown, None));
        }
        let mut others = ledger.calendars_of(member.id)?;
        others.retain(|other| other.id != self.id);
        if others.iter().any(|other| other.details.is_same_account(&self.details)) {
            return Ok((CalendarSaved::IsConnected, None));
        }
        if known.is_none() && others.len() >= MOST_ACCOUNTS {
            return Ok((CalendarSaved::TooMany(MOST_ACCOUNTS), None));
        }
        let calendar = self.saved(known.as_ref());
        self.store(ledger, &calendar)?;
        let mut accounts = vec![calendar.id];
        if !calendar.details.events_in.is_empty() {
            accounts.extend(give_up_events(ledger, others)?);
        }
        changes.happened(self.now, Happened::CalendarsChosen { member: member.id, accounts });
        changes.push(Notice::Outbox);
        let action = if known.is_none() { AuditAction::CalendarConnected } else { AuditAction::CalendarChanged };
        let mut is = shown(&calendar.details);
        let is_anew = known.as_ref().is_none_or(|known| known.details.grant != calendar.details.grant);
        if is_anew && !calendar.details.grant.is_empty() {
            is["consent"] = "given".into();
        }
        let was = known.map(|known| shown(&known.details)).unwrap_or_default();
        Ok((CalendarSaved::Saved, Some(Note::new(action, of_member(&member)).changed(was, is))))
    }
}

impl SaveCalendar {
    fn saved(&self, known: Option<&ConnectedCalendar>) -> ConnectedCalendar {
        let mut details = self.details.clone();
        let same = known.filter(|known| known.details.is_same_account(&details));
        details.written = same.map_or_else(Vec::new, |known| known.details.written.clone());
        if !details.events_in.is_empty() && !details.written.contains(&details.events_in) {
            details.written.push(details.events_in.clone());
        }
        let connected_at = known.map_or(self.now, |known| known.connected_at);
        let (id, member, problem, unread) = (self.id, self.member, String::new(), UnreadEvents::default());
        let channels = known.map_or_else(Vec::new, |known| known.channels.clone());
        // The next reading that succeeds ends the report, one that fails repeats none.
        let (problem_at, reported_at) = (None, known.and_then(|known| known.reported_at));
        ConnectedCalendar { id, member, details, problem, problem_at, reported_at, unread, channels, connected_at }
    }

    fn store(&self, ledger: &mut dyn Ledger, calendar: &ConnectedCalendar) -> Result<(), StoreError> {
        ledger.save_calendar(calendar)?;
        if let Some(tokens) = &self.tokens {
            ledger.save_calendar_tokens(self.id, tokens)?;
        }
        let (destination, settings, events) = (Destination::calendar(self.id), "{}".to_owned(), Vec::new());
        let (sites, is_active, why_stopped, created_at) = (Vec::new(), true, String::new(), self.now);
        ledger.save_endpoint(&Endpoint { destination, settings, events, sites, is_active, why_stopped, created_at })?;
        // Sends parked deliveries again, as the change may have solved their problem.
        ledger.requeue(destination, None, self.now, SENT_AGAIN)?;
        Ok(())
    }
}

/// Meetings are written into one calendar of a member: the accounts that had them give them up.
fn give_up_events(
    ledger: &mut dyn Ledger,
    others: Vec<ConnectedCalendar>,
) -> Result<Vec<CalendarAccountId>, StoreError> {
    let mut given_up = Vec::new();
    for mut other in others.into_iter().filter(|other| !other.details.events_in.is_empty()) {
        other.details.events_in.clear();
        ledger.save_calendar(&other)?;
        given_up.push(other.id);
    }
    Ok(given_up)
}

/// Disconnects a calendar account of a member. Meetings written into it stay there.
#[derive(Clone, Copy, Debug)]
pub struct DropCalendar {
    pub id: CalendarAccountId,
    pub member: RepId,
}

impl Change for DropCalendar {
    /// False when the member has no such account.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let known = ledger.calendar(self.id)?.filter(|known| known.member == self.member);
        let (Some(before), member) = (known, ledger.member(self.member)?) else { return Ok((false, None)) };
        let is_dropped = ledger.drop_calendar(self.id)?;
        let note = member.map(|member| {
            Note::new(AuditAction::CalendarDisconnected, of_member(&member)).changed(shown(&before.details), json!({}))
        });
        Ok((is_dropped, note))
    }
}

/// Records whether a calendar account could be read, and which of its events could not. Its member and the admins are
/// notified of a failure that lasts, once.
#[derive(Clone, Debug)]
pub struct NoteCalendar {
    pub id: CalendarAccountId,
    /// The connection that was used: results for another connection are ignored.
    pub details: CalendarDetails,
    /// The display name of the account.
    pub name: String,
    /// The error; empty if it succeeded.
    pub problem: String,
    /// The events that could not be read; none if nothing could.
    pub unread: Option<UnreadEvents>,
    pub now: Millis,
}

impl Command for NoteCalendar {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let known = ledger.calendar(self.id)?.filter(|known| known.details == self.details);
        let Some(known) = known else { return Ok(()) };
        let noted = self.noted(&known);
        if noted == known {
            return Ok(());
        }
        ledger.save_calendar(&noted)?;
        let (account, name) = (self.id, self.name.clone());
        match (known.reported_at, noted.reported_at) {
            (None, Some(_)) => changes.happened(self.now, Happened::CalendarUnreadable { account, name }),
            (Some(_), None) => changes.happened(self.now, Happened::CalendarReadable { account }),
            (None, None) | (Some(_), Some(_)) => {}
        }
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl NoteCalendar {
    /// The account with the result of this reading.
    fn noted(&self, known: &ConnectedCalendar) -> ConnectedCalendar {
        let unread = self.unread.clone().unwrap_or_else(|| known.unread.clone());
        let problem_at = (!self.problem.is_empty()).then(|| known.problem_at.unwrap_or(self.now));
        let is_due = |since: Millis| since + REPORTED_AFTER <= self.now;
        let reported_at = problem_at.and_then(|since| known.reported_at.or_else(|| is_due(since).then_some(self.now)));
        ConnectedCalendar { problem: self.problem.clone(), problem_at, reported_at, unread, ..known.clone() }
    }
}

/// Stores renewed tokens of a consent.
#[derive(Clone, Debug)]
pub struct SaveCalendarTokens {
    pub id: CalendarAccountId,
    /// The consent that they belong to.
    pub grant: String,
    /// The tokens, sealed.
    pub tokens: String,
}

impl Command for SaveCalendarTokens {
    /// False if the account is disconnected, or has another consent by now: its tokens stay.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        let known = ledger.calendar(self.id)?;
        let is_current = known.is_some_and(|known| known.details.grant == self.grant);
        if is_current {
            ledger.save_calendar_tokens(self.id, &self.tokens)?;
        }
        Ok(is_current)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Stores channels by which the provider of an account says that it changed. Each is stored by itself: a message of one
/// may come while another is opened.
#[derive(Clone, Debug)]
pub struct SaveCalendarChannels {
    pub id: CalendarAccountId,
    /// The consent that they were opened with.
    pub grant: String,
    /// New ones, and those that changed; what is not known yet of one stays as it is stored.
    pub kept: Vec<CalendarChannel>,
    /// The ids of those that are closed.
    pub dropped: Vec<String>,
}

impl Command for SaveCalendarChannels {
    /// False if the account is disconnected, or has another consent by now: its channels stay.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        let known = ledger.calendar(self.id)?.filter(|known| known.details.grant == self.grant);
        let Some(mut channels) = known.map(|known| known.channels) else { return Ok(false) };
        channels.retain(|channel| !self.dropped.contains(&channel.id));
        for kept in &self.kept {
            match channels.iter_mut().find(|channel| channel.id == kept.id) {
                Some(channel) => *channel = with_answer_of(kept.clone(), channel),
                None => channels.push(kept.clone()),
            }
        }
        ledger.save_calendar_channels(self.id, &channels)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// A channel with what its provider has already said of it: its first message may come before the answer.
fn with_answer_of(channel: CalendarChannel, stored: &CalendarChannel) -> CalendarChannel {
    let remote = if channel.remote.is_empty() { stored.remote.clone() } else { channel.remote };
    let expires_at = if channel.expires_at == Millis(0) { stored.expires_at } else { channel.expires_at };
    CalendarChannel { remote, expires_at, ..channel }
}

/// The part that the audit log shows: no password, sealed or not.
fn shown(details: &CalendarDetails) -> Value {
    let CalendarDetails { provider, account, reads, events_in, .. } = details;
    let mut shown = json!(account);
    shown["provider"] = json!(provider);
    shown["reads"] = json!(reads);
    shown["events_in"] = json!(events_in);
    shown
}
