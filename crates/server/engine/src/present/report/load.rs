//! The persons and visits of a workspace as reports count them.

use super::acts::acts_by_lead;
use super::touch::Touches;
use crate::commands::dropoff;
use crate::first_touch::first_touch;
use crate::report_record::meeting_record;
use knock_model::{LeadId, Millis};
use knock_ports::{ReportLead, ReportMeeting, StoreError, View};
use knock_report::{Acts, Ask, ChatRecord, Meeting, MeetingRecord, Needs, Person, Touch, Visits};
use knock_status::{chat, meeting};
use std::collections::HashMap;
use std::sync::Arc;

/// The longest time after the last activity in which a status changes by itself: a chat is closed after twelve days.
const SILENCE: Millis = Millis::days(13);

/// Reads what a report counts. What was passed came in ways that stay in memory as long as this.
pub(super) struct Loader<'v> {
    view: &'v dyn View,
    now: Millis,
    touches: Touches,
    needs: Needs,
}

impl<'v> Loader<'v> {
    pub(super) fn new(view: &'v dyn View, now: Millis) -> Loader<'v> {
        Loader { view, now, touches: Touches::default(), needs: Needs::default() }
    }

    /// Reads, with the persons, what was done about them too, as far as it is needed.
    pub(super) fn with(self, needs: Needs) -> Loader<'v> {
        Loader { needs, ..self }
    }

    /// Passes all persons that count in the period asked for or in the one before it, and others, each once, in no order.
    ///
    /// Persons whose stored records are of another version come last, with what their facts say: facts are read when
    /// the others have passed, since a database need not answer two questions at once.
    pub(super) fn each_person(&mut self, ask: &Ask, each: &mut dyn FnMut(&Person)) -> Result<(), StoreError> {
        let mut meetings = meetings_by_lead(self.view)?;
        let begin = ask.period.before().start();
        let mut acts = acts_by_lead(self.view, self.needs, begin)?;
        // Something can be done about a person long after they did anything.
        let since = if self.needs == Needs::default() { begin - SILENCE } else { Millis(0) };
        let (touches, mut outdated) = (&mut self.touches, Vec::new());
        self.view.report_leads(since, &mut |lead| {
            match records(&lead) {
                Some(records) => {
                    let touch = touches.of_text(&lead.touch);
                    let acts = acts.remove(&lead.lead).unwrap_or_default();
                    each(&person(&lead, touch, records, meetings.remove(&lead.lead), acts));
                }
                None => outdated.push(lead),
            }
            Ok(())
        })?;
        for lead in &outdated {
            let touch = self.touches.of(&first_touch(self.view, lead.lead)?);
            let folded = (self.chat(lead.lead)?, self.meeting(lead.lead)?);
            let acts = acts.remove(&lead.lead).unwrap_or_default();
            each(&person(lead, touch, folded, meetings.remove(&lead.lead), acts));
        }
        Ok(())
    }

    /// Passes the visits of the period asked for and of the one before it.
    pub(super) fn each_visits(&mut self, ask: &Ask, each: &mut dyn FnMut(&Visits)) -> Result<(), StoreError> {
        for count in self.view.visit_counts(ask.period.before().start(), ask.period.end())? {
            let touch = match count.touch.as_str() {
                "" => self.touches.of_site(count.site),
                text => self.touches.of_text(text),
            };
            each(&Visits { at: count.at, touch, count: count.visitors });
        }
        Ok(())
    }

    /// The chat of a person, by its facts.
    fn chat(&self, lead: LeadId) -> Result<ChatRecord, StoreError> {
        let facts = self.view.chat_facts(lead)?;
        Ok(ChatRecord::of(&chat::derive(&facts, self.now)))
    }

    /// The way of a person to a meeting, by its facts.
    fn meeting(&self, lead: LeadId) -> Result<MeetingRecord, StoreError> {
        let facts = self.view.meeting_facts(lead)?;
        let derived = meeting::derive(&facts, self.now, dropoff(self.view)?);
        Ok(meeting_record(&facts, &derived, self.now))
    }
}

/// Returns all meetings: which one of a person was the first is not known from later ones.
fn meetings_by_lead(view: &dyn View) -> Result<HashMap<LeadId, Vec<Meeting>>, StoreError> {
    let mut by_lead: HashMap<LeadId, Vec<Meeting>> = HashMap::new();
    for stored in view.report_meetings(Millis(0))? {
        let ReportMeeting { id, lead, link, owner, booked_at, start, end, state, updated_at, cancelled_by, .. } =
            stored;
        let meeting = Meeting { id, link, owner, booked_at, start, end, state, updated_at, moves: 0, cancelled_by };
        by_lead.entry(lead).or_default().push(meeting);
    }
    for meetings in by_lead.values_mut() {
        meetings.sort_by_key(|meeting| (meeting.booked_at, *meeting.id.as_bytes()));
    }
    Ok(by_lead)
}

/// Returns the stored records of a person; none if the facts have to be read instead.
fn records(lead: &ReportLead) -> Option<(ChatRecord, MeetingRecord)> {
    if lead.touch.is_empty() {
        return None;
    }
    let chat = if lead.has_chat { ChatRecord::unpack(&lead.chat)? } else { ChatRecord::default() };
    let meeting = if lead.has_meeting { MeetingRecord::unpack(&lead.meeting)? } else { MeetingRecord::default() };
    Some((chat, meeting))
}

fn person(
    lead: &ReportLead,
    touch: Arc<Touch>,
    (chat, meeting): (ChatRecord, MeetingRecord),
    meetings: Option<Vec<Meeting>>,
    acts: Acts,
) -> Person {
    let mut meetings = meetings.unwrap_or_default();
    for known in &mut meetings {
        let moves = meeting.moves.iter().filter(|moved| **moved == known.id);
        known.moves = u32::try_from(moves.count()).unwrap_or(u32::MAX);
    }
    let (first_seen_at, kind) = (lead.first_seen_at, lead.kind);
    Person { lead: lead.lead, first_seen_at, touch, kind, chat, meeting, meetings, acts }
}
