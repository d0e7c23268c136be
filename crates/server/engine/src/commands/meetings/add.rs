//! A meeting entered by hand: agreed on by telephone or by mail, and recorded by the team.

use super::busy::BusyTimes;
use super::effects::tell;
use super::offer::{MovedOffer, times};
use super::title::word;
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::commands::arrival::Arrival;
use crate::commands::meeting_status::{MeetingFlow, minutes, settings};
use knock_agent::Language;
use knock_model::{
    AuditAction, ConversationId, Description, Email, LeadId, Location, MeetingId, MeetingState, Millis, PersonName,
    Reason, RepId, SignalId, SignalType, Subject, Trust,
};
use knock_ports::{ByHand, Conversation, Detail, Lead, Ledger, Meeting, MeetingDetails, MeetingNews, StoreError, View};
use knock_scheduling::Span;
use knock_status::meeting::Event;
use serde_json::json;

/// The outcome of an entry.
#[derive(Clone, Debug)]
pub enum Added {
    /// Entered now.
    Done(Box<Meeting>),
    /// A request with this id entered it before.
    Known(Box<Meeting>),
    UnknownLead,
    /// The lead has no address, and none was given.
    NoEmail,
    /// The lead is marked as spam.
    Spam,
    /// The owner is not free then.
    Taken,
}

/// Enters a meeting. It makes no signal: the lead did nothing, and their score stays.
#[derive(Clone, Debug)]
pub struct AddMeeting {
    pub meeting: MeetingId,
    /// The lead; none: the person of the address, who becomes a contact if unknown.
    pub lead: Option<LeadId>,
    /// The address for invitations; none: that of the lead.
    pub email: Option<Email>,
    /// The name; empty: that of the lead.
    pub name: PersonName,
    /// A browser made for this entry: the origin of a contact not known yet, on the site of the meeting.
    pub arrival: Arrival,
    pub start: Millis,
    /// The duration in minutes; none: that of the settings.
    pub duration_min: Option<u32>,
    pub owner: RepId,
    pub by_hand: ByHand,
    /// The time zone of the lead; none: that of their chat, else that of the owner.
    pub zone: Option<String>,
    /// The chat from which it is entered.
    pub conversation: Option<ConversationId>,
    /// The busy times of connected calendars; none where they do not count.
    pub busy: BusyTimes,
    /// Ids for the `identify` signal and the fact.
    pub ids: [SignalId; 2],
}

impl Change for AddMeeting {
    type Outcome = Added;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Added, Option<Note>), StoreError> {
        if let Some(known) = ledger.meeting(self.meeting)? {
            return Ok((Added::Known(Box::new(known)), None));
        }
        let lead = match self.lead(ledger, changes)? {
            Ok(lead) => lead,
            Err(refused) => return Ok((refused, None)),
        };
        if lead.is_spam {
            return Ok((Added::Spam, None));
        }
        let Some(email) = self.email.clone().or_else(|| lead.email.clone()) else { return Ok((Added::NoEmail, None)) };
        let meeting = self.meeting(ledger, &lead, &email)?;
        ledger.release_expired(self.arrival.now)?;
        let offer = MovedOffer::load(ledger, &meeting, &self.busy, self.arrival.now)?;
        let span = Span { start: meeting.start, end: meeting.end };
        if !offer.is_clear(span) || !ledger.reserve(&times(&meeting))? {
            return Ok((Added::Taken, None));
        }
        self.record(ledger, &meeting, changes)?;
        let about = subject("meeting", meeting.id.to_string(), &*meeting.details.title);
        let note = Note::new(AuditAction::MeetingAdded, about).about(meeting.lead);
        let note = note.with(json!({ "start": meeting.start.0, "owner": meeting.owner.to_string() }));
        Ok((Added::Done(Box::new(meeting)), Some(note)))
    }
}

impl AddMeeting {
    /// The lead: given, known by the address, or new.
    fn lead(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Result<Lead, Added>, StoreError> {
        if let Some(id) = self.lead {
            let current = ledger.merged_into(id)?;
            return Ok(ledger.lead(current)?.ok_or(Added::UnknownLead));
        }
        let Some(email) = &self.email else { return Ok(Err(Added::NoEmail)) };
        if ledger.lead_by_email(email)?.is_none() {
            let (rule, trust, person) = ("by_hand".into(), Some(Trust::Claimed), self.name.clone());
            let detail = Detail { rule, email: email.to_text(), trust, person, ..Detail::default() };
            let signal = self.arrival.signal(self.ids[0], SignalType::Identify, detail);
            self.arrival.append(ledger, signal, vec![self.arrival.fresh], changes)?;
        }
        Ok(ledger.lead_by_email(email)?.ok_or(Added::UnknownLead))
    }

    /// The meeting, before its time is reserved.
    fn meeting(&self, view: &dyn View, lead: &Lead, email: &Email) -> Result<Meeting, StoreError> {
        let (now, chat) = (self.arrival.now, self.chat(view, lead.id)?);
        let of_chat = chat.as_ref();
        let (site, visitor, session) = of_chat.map_or_else(
            || (self.arrival.site, self.arrival.visitor, self.arrival.session),
            |chat| (chat.site, chat.visitor, chat.session),
        );
        let details = MeetingDetails {
            reps: vec![self.owner],
            title: Subject::default(),
            location: Location::default(),
            description: Description::default(),
            email: email.to_text(),
            name: if self.name.is_empty() { lead.name.clone() } else { self.name.clone() },
            zone: self.zone(view, of_chat)?,
            language: of_chat.map_or(Language::En, |chat| chat.language),
            answers: Vec::new(),
            link: String::new(),
            site,
            visitor,
            session,
            conversation: of_chat.map(|chat| chat.id).filter(|id| self.conversation == Some(*id)),
            cancelled_by: None,
            cancelled_by_member: None,
            reason: Reason::default(),
            reminded_until: now,
            by_hand: Some(self.by_hand.clone()),
            conference: Location::default(),
            entries: Vec::new(),
        };
        let duration = minutes(self.duration_min.unwrap_or(settings(view)?.duration_min));
        let mut meeting = Meeting {
            id: self.meeting,
            lead: lead.id,
            owner: self.owner,
            start: self.start,
            end: self.start + duration,
            state: MeetingState::Booked,
            sequence: 0,
            booked_at: now,
            updated_at: now,
            details,
        };
        word(view, &mut meeting)?;
        Ok(meeting)
    }

    /// The chat from which it is entered if that is the lead's, else their newest one.
    fn chat(&self, view: &dyn View, lead: LeadId) -> Result<Option<Conversation>, StoreError> {
        let mut chats = view.conversations_of_lead(lead)?;
        let given = chats.iter().position(|chat| Some(chat.id) == self.conversation).unwrap_or(0);
        Ok((given < chats.len()).then(|| chats.swap_remove(given)))
    }

    /// The time zone of the lead, as far as it is known.
    fn zone(&self, view: &dyn View, chat: Option<&Conversation>) -> Result<String, StoreError> {
        let of_chat = || chat.map(|chat| chat.time_zone.clone()).filter(|zone| !zone.is_empty());
        if let Some(zone) = self.zone.clone().or_else(of_chat) {
            return Ok(zone);
        }
        let hours = view.member(self.owner)?.and_then(|owner| owner.availability.hours);
        Ok(hours.map_or_else(|| "UTC".to_owned(), |hours| hours.zone))
    }

    /// Stores it with its fact, and says so.
    fn record(&self, ledger: &mut dyn Ledger, meeting: &Meeting, changes: &mut Changes) -> Result<(), StoreError> {
        let now = self.arrival.now;
        ledger.save_meeting(meeting)?;
        let mut flow = MeetingFlow::load(ledger, meeting.lead, now)?;
        let owner = meeting.owner.to_string();
        flow.add(self.ids[1], Event::Booked { meeting: meeting.id.to_string(), start: meeting.start, owner });
        flow.apply(ledger, changes)?;
        tell(ledger, meeting, (MeetingNews::Booked, None), self.by_hand.by, now, changes)
    }
}
