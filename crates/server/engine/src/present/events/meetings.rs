//! Events of meetings: booked, moved, cancelled, their outcome, and Meeting Status.

use super::{beside, event, first_words, numbered};
use crate::commands::dropoff;
use crate::present::Presenter;
use knock_model::{AuditAction, LeadId, MeetingId, TimelineEventKind};
use knock_ports::{Meeting, MeetingFact, StoreError, StoredAudit};
use knock_status::arrange;
use knock_status::meeting::{Canceller, Event, derive};
use knock_wire::TimelineEvent;

/// The words of the audit log for the outcome of a meeting.
const OUTCOMES: [(&str, TimelineEventKind); 2] =
    [("no_show", TimelineEventKind::MeetingMissed), ("took_place", TimelineEventKind::MeetingHeld)];

impl Presenter<'_> {
    /// The events of a person's meetings.
    pub(super) fn meeting_events(&self, lead: LeadId, log: &[StoredAudit]) -> Result<Vec<TimelineEvent>, StoreError> {
        let facts = self.meeting_facts(lead)?;
        if facts.is_empty() {
            return Ok(Vec::new());
        }
        let (meetings, horizon) = (self.view.meetings_of_lead(lead)?, self.view.horizon()?);
        let mut events = Vec::new();
        for fact in arrange(&facts, self.now) {
            // A booking is a signal as long as that is kept, but for one that the team entered.
            let is_signal = matches!(fact.what, Event::Booked { .. })
                && fact.effective_at() >= horizon
                && !is_by_hand(&fact.what, &meetings);
            if !is_signal {
                events.extend(self.meeting_event(fact, &meetings, log)?);
            }
        }
        for (number, entry) in (0..).zip(derive(&facts, self.now, dropoff(self.view)?).timeline) {
            let event = event(TimelineEventKind::MeetingStatus, entry.at, numbered(number));
            events.push(TimelineEvent { to: entry.status.as_str().to_owned(), ..event });
        }
        events.extend(self.meeting_outcomes(log)?);
        Ok(events)
    }

    fn meeting_event(
        &self,
        fact: &MeetingFact,
        meetings: &[Meeting],
        log: &[StoredAudit],
    ) -> Result<Option<TimelineEvent>, StoreError> {
        let rep = |rep: &str| self.named_rep(rep);
        let (kind, meeting, until, to) = match &fact.what {
            Event::Booked { meeting, start, owner } => {
                (TimelineEventKind::MeetingBooked, meeting, Some(*start), rep(owner)?)
            }
            Event::Rescheduled { meeting, start, owner: None } => {
                (TimelineEventKind::MeetingMoved, meeting, Some(*start), String::new())
            }
            Event::Rescheduled { meeting, start, owner: Some(owner) } => {
                (TimelineEventKind::MeetingReassigned, meeting, Some(*start), rep(owner)?)
            }
            Event::Cancelled { meeting, .. } => (TimelineEventKind::MeetingCancelled, meeting, None, String::new()),
            Event::LinkClicked
            | Event::Activity
            | Event::EmailSubmitted(_)
            | Event::Abandoned
            | Event::SpamReversed => return Ok(None),
        };
        let is_added = is_by_hand(&fact.what, meetings);
        let action = if is_added { AuditAction::MeetingAdded } else { AuditAction::MeetingChanged };
        let is_lead =
            !is_added && matches!(fact.what, Event::Booked { .. } | Event::Cancelled { by: Canceller::Lead, .. });
        let entry = beside(log, action, fact.received_at).filter(|entry| !is_lead && entry.subject.id == *meeting);
        let by = entry.map(|entry| self.actor(entry)).transpose()?.unwrap_or_default();
        let id = MeetingId::parse(meeting).ok();
        let known = meetings.iter().find(|known| Some(known.id) == id);
        let is_cancelled = kind == TimelineEventKind::MeetingCancelled;
        let text = known.filter(|_| is_cancelled).map(|known| first_words(&known.details.reason)).unwrap_or_default();
        let event = event(kind, fact.effective_at(), *fact.id.as_bytes());
        Ok(Some(TimelineEvent { by, text, to, until, meeting: known.map(|known| known.id), ..event }))
    }

    /// Whether the lead came, as members said.
    fn meeting_outcomes(&self, log: &[StoredAudit]) -> Result<Vec<TimelineEvent>, StoreError> {
        let mut events = Vec::new();
        for entry in log.iter().filter(|entry| entry.action == AuditAction::MeetingChanged.as_str()) {
            let what = entry.after.get("what").and_then(|what| what.as_str()).unwrap_or_default();
            let Some((_, kind)) = OUTCOMES.iter().find(|(word, _)| *word == what) else { continue };
            let event = event(*kind, entry.at, numbered(u64::try_from(entry.number).unwrap_or(0)));
            let meeting = MeetingId::parse(&entry.subject.id).ok();
            events.push(TimelineEvent { by: self.actor(entry)?, meeting, ..event });
        }
        Ok(events)
    }
}

/// Whether it is the booking of a meeting that the team entered.
fn is_by_hand(what: &Event, meetings: &[Meeting]) -> bool {
    let Event::Booked { meeting, .. } = what else { return false };
    let id = MeetingId::parse(meeting).ok();
    meetings.iter().any(|known| Some(known.id) == id && known.details.by_hand.is_some())
}
