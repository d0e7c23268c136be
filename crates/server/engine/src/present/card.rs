//! Cards of messages with their meetings.

use super::Presenter;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use knock_model::{ConversationId, MeetingState, Millis};
use knock_ports::{EVER, Meeting, MeetingFact, Message, StoreError};
use knock_status::meeting::Event;
use knock_wire::{CardMeeting, MessageCard};

impl Presenter<'_> {
    /// Returns the messages of a conversation up to its end: a card shows the meetings booked after it, until the next
    /// one. The team reads what became of invitations.
    ///
    /// # Errors
    /// When the database fails.
    pub fn thread(&self, of: ConversationId, messages: &[Message]) -> Result<Vec<knock_wire::Message>, StoreError> {
        let shown = messages.iter().map(|message| self.message(message));
        let mut shown = shown.collect::<Result<Vec<_>, StoreError>>()?;
        if !self.is_public {
            self.add_invitations(of, &mut shown)?;
        }
        if shown.iter().all(|message| message.card.is_none()) {
            return Ok(shown);
        }
        let (booked, mut until) = (self.booked_in(of)?, EVER);
        for message in shown.iter_mut().rev() {
            if let Some(MessageCard { meeting, .. }) = &mut message.card {
                let own = booked.iter().filter(|(at, _)| message.at <= *at && *at < until);
                *meeting = own.max_by_key(|(at, _)| *at).map(|(_, meeting)| meeting.clone());
                until = message.at;
            }
        }
        Ok(shown)
    }

    /// Returns the meetings booked in a conversation, with the instant of each booking.
    fn booked_in(&self, id: ConversationId) -> Result<Vec<(Millis, CardMeeting)>, StoreError> {
        let Some(conversation) = self.conversation(id)? else { return Ok(Vec::new()) };
        // The given address may be that of a known contact.
        let spans = self.view.spans_of_visitor(conversation.site, conversation.visitor)?;
        let mut leads = vec![conversation.lead];
        leads.extend(spans.into_iter().filter_map(|span| span.lead).filter(|lead| *lead != conversation.lead));
        leads.sort_unstable();
        leads.dedup();
        let mut booked = Vec::new();
        for lead in leads {
            let mut meetings = self.view.meetings_of_lead(lead)?;
            meetings.retain(|known| known.details.conversation == Some(id) && known.booked_at <= self.arrived_by);
            if !meetings.is_empty() {
                let facts = self.meeting_facts(lead)?;
                booked.extend(meetings.iter().map(|meeting| (meeting.booked_at, shown(meeting, &facts))));
            }
        }
        Ok(booked)
    }
}

/// Returns a meeting as of its facts by then.
fn shown(meeting: &Meeting, facts: &[MeetingFact]) -> CardMeeting {
    let own = meeting.id.to_string();
    let (mut start_at, mut state) = (meeting.start, MeetingState::Booked);
    for fact in facts {
        match &fact.what {
            Event::Booked { meeting, start, .. } | Event::Rescheduled { meeting, start, .. } if *meeting == own => {
                start_at = *start;
            }
            Event::Cancelled { meeting, .. } if *meeting == own => {
                state = MeetingState::Cancelled;
            }
            _ => {}
        }
    }
    let (local, state) = (local(start_at, &meeting.details.zone), state.as_str().to_owned());
    CardMeeting { id: meeting.id, start_at, local, state, manage: String::new() }
}

/// Formats an instant as local time of a zone, with its offset. The zone was checked when it was stored.
fn local(at: Millis, zone: &str) -> String {
    let zone = knock_scheduling::zone(zone).unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone);
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
