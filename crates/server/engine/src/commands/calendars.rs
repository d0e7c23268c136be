//! Calendars of members: connected, changed, disconnected, and which meetings are to be written into them.

use crate::audited::{Change, Note, of_member};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Destination, MemberState, Millis, RepId};
use knock_ports::{
    CalendarDetails, CalendarEvent, ConnectedCalendar, Cursor, Effect, Endpoint, Ledger, Meeting, MeetingQuery,
    NewDelivery, StoreError, View,
};
use serde_json::{Value, json};

/// Meetings read at once.
const PAGE: u32 = 500;
/// Deliveries sent again at once.
const SENT_AGAIN: usize = 500;

/// Connects the calendar of a member, or changes how it is connected. It was read a moment ago.
#[derive(Clone, Debug)]
pub struct SaveCalendar {
    /// The member.
    pub member: RepId,
    /// The address of the calendar, and its use; the list of calendars that meetings were written into is kept.
    pub details: CalendarDetails,
    /// The instant now.
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
        // What could not be written because of what was just changed; and every meeting is where it should be now.
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

/// Disconnects the calendar of a member. What is written into it stays there.
#[derive(Clone, Copy, Debug)]
pub struct DropCalendar {
    /// The member.
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
    /// The member.
    pub member: RepId,
    /// The connection that was used: results for another connection are ignored.
    pub details: CalendarDetails,
    /// The error; empty if it succeeded.
    pub problem: String,
    /// The instant now.
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

/// Has the meeting written into the calendars of these reps, or taken out, as it is when that is done.
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
            // One meeting after the other: the last delivery leaves it as it is.
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

/// The meetings that a member takes part in and that are not over, cancelled ones too.
fn meetings_to_come(view: &dyn View, member: RepId, now: Millis) -> Result<Vec<Meeting>, StoreError> {
    let which = MeetingQuery { from: Some(now), ..MeetingQuery::default() };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = view.meetings(&which, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(found) };
        after = Some(Cursor { at: last.start, id: *last.id.as_bytes() });
        found.extend(page.into_iter().filter(|meeting| meeting.details.reps.contains(&member)));
    }
}

fn is_same_account(one: &CalendarDetails, other: &CalendarDetails) -> bool {
    (one.provider, &one.url, &one.user) == (other.provider, &other.url, &other.user)
}

/// The part that the audit log shows: no password, sealed or not.
fn shown(details: &CalendarDetails) -> Value {
    let CalendarDetails { url, user, reads, events_in, .. } = details;
    json!({"url": url, "user": user, "reads": reads, "events_in": events_in})
}
