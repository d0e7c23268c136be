//! Events about meetings and Meeting Status.

use super::about::About;
use super::event::{Event, account_of, address_of, key_of, person, shown};
use super::place::Place;
use crate::changes::Changes;
use crate::happened::MeetingStatusChanged;
use knock_model::{EventType, LeadId, MeetingState, Millis};
use knock_ports::{Lead, Ledger, Meeting, MeetingNews, StoreError, View};
use knock_status::meeting::{Canceller, RejectReason};
use knock_wire::{
    EventAccount, EventMeeting, EventPerson, MeetingAnswer, MeetingBooked, MeetingCancelled, MeetingNoShow,
    MeetingRescheduled, Word,
};

/// Enqueues the event about a meeting that was booked, moved or cancelled.
pub(super) fn changed(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    (news, before): (MeetingNews, Option<&Meeting>),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match (news, before) {
        (MeetingNews::Booked, _) => of(meeting, EventType::MeetingBooked, now).notify_if(ledger, changes, |ledger| {
            let Some((lead, account, meeting)) = parts(ledger, meeting)? else { return Ok(None) };
            Ok(Some(MeetingBooked { lead, account, meeting }))
        }),
        (MeetingNews::Changed, Some(before)) => rescheduled(ledger, meeting, before, now, changes),
        (MeetingNews::Cancelled, _) => cancelled(ledger, meeting, now, changes),
        (MeetingNews::Changed, None) | (MeetingNews::Reminder, _) => Ok(()),
    }
}

fn rescheduled(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    before: &Meeting,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    of(meeting, EventType::MeetingRescheduled, now).notify_if(ledger, changes, |ledger| {
        let Some((lead, account, meeting)) = parts(ledger, meeting)? else { return Ok(None) };
        let previous_owner = address_of(ledger, &before.owner.to_string())?;
        Ok(Some(MeetingRescheduled { lead, account, meeting, previous_start: before.start, previous_owner }))
    })
}

fn cancelled(ledger: &mut dyn Ledger, meeting: &Meeting, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let details = &meeting.details;
    of(meeting, EventType::MeetingCancelled, now).notify_if(ledger, changes, |ledger| {
        let Some((lead, account, meeting)) = parts(ledger, meeting)? else { return Ok(None) };
        let rep = details.cancelled_by_member.map(|rep| address_of(ledger, &rep.to_string())).transpose()?;
        let cancelled_by = details.cancelled_by.map(Canceller::as_str).unwrap_or_default().to_owned();
        Ok(Some(MeetingCancelled { lead, account, meeting, cancelled_by, rep, reason: details.reason.to_string() }))
    })
}

/// Enqueues the event about a lead who did not come; that they came, or that it is not known, is none.
pub(super) fn marked(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if meeting.state != MeetingState::NoShow {
        return Ok(());
    }
    of(meeting, EventType::MeetingNoShow, now).notify_if(ledger, changes, |ledger| {
        let Some((lead, account, meeting)) = parts(ledger, meeting)? else { return Ok(None) };
        Ok(Some(MeetingNoShow { lead, account, meeting }))
    })
}

/// Enqueues the event about Meeting Status. As that of Chat Status it is also sent of leads marked as spam, and says
/// so.
pub(super) fn status_changed(
    ledger: &mut dyn Ledger,
    changed: &MeetingStatusChanged,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let MeetingStatusChanged { lead, previous, derived } = changed;
    let (Some(status), Some(why)) = (derived.status, derived.why) else { return Ok(()) };
    let (about, place) = (About::Lead(*lead), Place::Seen);
    let event = Event { kind: EventType::MeetingStatusChanged, about, place, at: why.since, now };
    event.notify(ledger, changes, |ledger| {
        let (lead, id, fields) = (ledger.lead(*lead)?, *lead, &derived.fields);
        let account = lead.as_ref().map(|lead| account_of(ledger, lead)).transpose()?.flatten();
        Ok(knock_wire::MeetingStatusChanged {
            lead: person(id, lead.as_ref()),
            account,
            status: status.into(),
            previous: previous.as_deref().map(Word::parse),
            since: why.since,
            rule: why.rule.to_owned(),
            reject_reason: fields.reject_reason.map(RejectReason::as_str).map(str::to_owned),
            time: fields.time,
            owner: fields.owner.as_deref().map(|owner| address_of(ledger, owner)).transpose()?,
            cancelled_by: fields.cancelled_by.map(|by| by.as_str().to_owned()),
            is_spam: !derived.in_reports || lead.is_some_and(|lead| lead.is_spam),
        })
    })
}

/// An event of now about a meeting.
const fn of(meeting: &Meeting, kind: EventType, now: Millis) -> Event {
    let (about, place) = (About::Lead(meeting.lead), Place::Site(meeting.details.site));
    Event { kind, about, place, at: now, now }
}

/// The lead, their company and the meeting; none of a hidden lead.
type Parts = (EventPerson, Option<EventAccount>, EventMeeting);

fn parts(view: &dyn View, meeting: &Meeting) -> Result<Option<Parts>, StoreError> {
    let Some(lead) = shown(view, meeting.lead)? else { return Ok(None) };
    Ok(Some((person(lead.id, Some(&lead)), account_of(view, &lead)?, shape(view, meeting, &lead)?)))
}

fn shape(view: &dyn View, meeting: &Meeting, lead: &Lead) -> Result<EventMeeting, StoreError> {
    let Meeting { id, owner, start, end, booked_at, details, .. } = meeting;
    let answers = details.answers.iter();
    Ok(EventMeeting {
        id: *id,
        start: *start,
        end: *end,
        title: details.title.to_string(),
        location: details.location.to_string(),
        owner: address_of(view, &owner.to_string())?,
        reps: details.reps.iter().map(|rep| address_of(view, &rep.to_string())).collect::<Result<_, _>>()?,
        link: details.link.clone(),
        site: key_of(view, details.site)?,
        conversation: details.conversation,
        booked_at: *booked_at,
        answers: answers
            .map(|given| MeetingAnswer { question: given.question.to_string(), answer: given.answer.to_string() })
            .collect(),
        status: status_of(view, lead.id)?,
    })
}

fn status_of(view: &dyn View, lead: LeadId) -> Result<Option<knock_wire::MeetingStatusWord>, StoreError> {
    Ok(view.meeting_lead(lead)?.map(|known| Word::parse(&known.status)))
}
