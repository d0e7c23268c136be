//! Calendars of members: connection, change, disconnection, and deliveries of meetings to them.

use super::meeting_pages::all_meetings;
use crate::audited::{Change, Note, of_member};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Destination, MemberState, Millis, RepId};
use knock_ports::{
    CalendarDetails, CalendarEvent, ConnectedCalendar, Effect, Endpoint, Ledger, Meeting, MeetingQuery, NewDelivery,
    StoreError, View,
};
use serde_json::{Value, json};

/// The maximum number of deliveries to send again at once.
const SENT_AGAIN: usize = 500;

/// Connects the calendar of a member, or changes the connection. The caller has just read the calendar.
#[derive(Clone, Debug)]
pub struct SaveCalendar {
    pub member: RepId,
    /// The address of the calendar, and its use; the list of calendars that meetings were written into is kept.
    pub details: CalendarDetails,
    pub now: Millis,
}

impl Change for SaveCalendar {
    /// False when there is no such member.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(bool, Option<Note>), StoreError> {
        let member = ledger.member(self.member)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return Ok((false, None)) };
        let before = ledger.calendar(self.member)?.map(|before| before.details);
        let mut details = self.details.clone();
        details.written = before
            .as_ref()
            .filter(|before| is_same_account(before, &details))
            .map_or_else(Vec::new, |before| before.written.clone());
        if !details.events_in.is_empty() && !details.written.contains(&details.events_in) {
            details.written.push(details.events_in.clone());
        }
        let calendar = ConnectedCalendar { member: member.id, details, problem: String::new(), problem_at: None };
        ledger.save_calendar(&calendar)?;
        let (destination, settings, events) = (Destination::calendar(member.id), "{}".to_owned(), Vec::new());
        let (is_active, why_stopped, created_at) = (true, String::new(), self.now);
        ledger.save_endpoint(&Endpoint { destination, settings, events, is_active, why_stopped, created_at })?;
        // Sends parked deliveries again, as the change may have solved their problem, and writes every meeting to come.
        ledger.requeue(destination, None, self.now, SENT_AGAIN)?;
        for meeting in meetings_to_come(ledger, member.id, self.now)? {
            write_into(ledger, &meeting, &[member.id], self.now, notices)?;
        }
        notices.push(Notice::Outbox);
        let action = if before.is_none() { AuditAction::CalendarConnected } else { AuditAction::CalendarChanged };
        let was = before.as_ref().map(shown).unwrap_or_default();
        Ok((true, Some(Note::new(action, of_member(&member)).changed(was, shown(&calendar.details)))))
    }
}

/// Disconnects the calendar of a member. Meetings written into it stay there.
#[derive(Clone, Copy, Debug)]
pub struct DropCalendar {
    pub member: RepId,
}

impl Change for DropCalendar {
    /// False when none was connected.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(bool, Option<Note>), StoreError> {
        let (member, before) = (ledger.member(self.member)?, ledger.calendar(self.member)?);
        let is_dropped = ledger.drop_calendar(self.member)?;
        let note = member.zip(before).map(|(member, before)| {
            Note::new(AuditAction::CalendarDisconnected, of_member(&member)).changed(shown(&before.details), json!({}))
        });
        Ok((is_dropped, note))
    }
}

/// Records whether a calendar could be read.
#[derive(Clone, Debug)]
pub struct NoteCalendar {
    pub member: RepId,
    /// The connection that was used: results for another connection are ignored.
    pub details: CalendarDetails,
    /// The error; empty if it succeeded.
    pub problem: String,
    pub now: Millis,
}

impl Command for NoteCalendar {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        let Some(known) = ledger.calendar(self.member)? else { return Ok(()) };
        if known.details != self.details || known.problem == self.problem {
            return Ok(());
        }
        let since = known.problem_at.unwrap_or(self.now);
        let problem_at = (!self.problem.is_empty()).then_some(since);
        ledger.save_calendar(&ConnectedCalendar { problem: self.problem.clone(), problem_at, ..known })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Enqueues a write of the meeting into the calendars of these reps, or its removal, by its state at delivery.
pub(super) fn write_into(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    reps: &[RepId],
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let calendars = ledger.calendars()?;
    let theirs = calendars.iter().filter(|calendar| reps.contains(&calendar.member));
    for calendar in theirs.filter(|calendar| !calendar.details.written.is_empty()) {
        let data = serde_json::to_string(&CalendarEvent { meeting: meeting.id });
        let data = data.map_err(|error| StoreError::Broken(error.to_string()))?;
        ledger.enqueue(&NewDelivery {
            to: Destination::calendar(calendar.member),
            effect: Effect { kind: CalendarEvent::KIND, data, at: now },
            lead: Some(meeting.lead),
            // Deliveries of one meeting arrive in order: the last one writes its latest state.
            ordering_key: *meeting.id.as_bytes(),
            stored_at: now,
        })?;
        notices.push(Notice::Outbox);
    }
    Ok(())
}

/// Whether meetings of a rep are written into a calendar of theirs.
pub(super) fn is_written(view: &dyn View, rep: RepId) -> Result<bool, StoreError> {
    Ok(view.calendar(rep)?.is_some_and(|calendar| !calendar.details.events_in.is_empty()))
}

/// Returns the meetings of a member that are not over, cancelled ones included.
fn meetings_to_come(view: &dyn View, member: RepId, now: Millis) -> Result<Vec<Meeting>, StoreError> {
    let which = MeetingQuery { from: Some(now), ..MeetingQuery::default() };
    let mut meetings = all_meetings(view, &which)?;
    meetings.retain(|meeting| meeting.details.reps.contains(&member));
    Ok(meetings)
}

fn is_same_account(one: &CalendarDetails, other: &CalendarDetails) -> bool {
    (one.provider, &one.url, &one.user) == (other.provider, &other.url, &other.user)
}

/// The part that the audit log shows: no password, sealed or not.
fn shown(details: &CalendarDetails) -> Value {
    let CalendarDetails { url, user, reads, events_in, .. } = details;
    json!({"url": url, "user": user, "reads": reads, "events_in": events_in})
}
