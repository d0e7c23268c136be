//! Reports in the slow way: everything that persons did is folded from the facts.

use super::acts::acts;
use knock_model::{IntentType, LeadId, MeetingId, Millis};
use knock_ports::{EVER, FirstTouch, View};
use knock_report::{Ask, Builder, Calendars, ChatRecord, Meeting, MeetingRecord, Person, Report, Table, Touch, Visits};
use knock_status::{chat, meeting};
use std::sync::Arc;

/// The usual time after which a qualified lead has dropped off.
const DROPOFF: Millis = Millis(30 * Millis::MINUTE.0);

/// More than any story has.
const MOST: usize = 1_000;

pub(super) fn leads(view: &dyn View) -> Vec<LeadId> {
    view.leads_past(None, MOST).expect("they are read")
}

/// The table of a report in all time.
pub(super) fn table(view: &dyn View, report: &'static Report, ask: &Ask, now: Millis) -> Table {
    let persons: Vec<Person> = leads(view).into_iter().filter_map(|lead| person(view, lead, now)).collect();
    let visits = view.visit_counts(Millis(0), EVER).expect("they are read").into_iter().map(|count| {
        let first = FirstTouch::parse(&count.touch).expect("a touch");
        Visits { at: count.at, touch: Arc::new(touch(&first)), count: count.visitors }
    });
    let visits: Vec<Visits> = visits.collect();
    let calendars = Calendars::default();
    let mut builder = Builder::new(report, ask, &calendars, now);
    persons.iter().for_each(|person| builder.person(person));
    visits.iter().for_each(|visits| builder.visits(visits));
    builder.finish()
}

pub(super) fn chat_record(view: &dyn View, lead: LeadId, now: Millis) -> ChatRecord {
    ChatRecord::of(&chat::derive(&view.chat_facts(lead).expect("they are read"), now))
}

pub(super) fn meeting_record(view: &dyn View, lead: LeadId, now: Millis) -> MeetingRecord {
    let facts = view.meeting_facts(lead).expect("they are read");
    let is_accepted = |what: &meeting::Event| *what == meeting::Event::EmailSubmitted(meeting::Verdict::Ok);
    let accepted = facts.iter().filter(|fact| is_accepted(&fact.what));
    let qualified_at = accepted.map(|fact| fact.effective_at()).min();
    let mut record = MeetingRecord::of(&meeting::derive(&facts, now, DROPOFF), qualified_at);
    for fact in &facts {
        if let meeting::Event::Rescheduled { meeting, .. } = &fact.what {
            record.moves.push(MeetingId::parse(meeting).expect("an id"));
        }
    }
    record.moves.sort();
    record
}

/// None for a lead marked as spam.
fn person(view: &dyn View, id: LeadId, now: Millis) -> Option<Person> {
    let lead = view.lead(id).expect("it is read").filter(|lead| !lead.is_spam)?;
    let kind = view.type_decisions(id).expect("they are read").last().map_or(IntentType::Unknown, |last| last.kind);
    let meeting = meeting_record(view, id, now);
    Some(Person {
        lead: id,
        first_seen_at: lead.first_seen_at,
        touch: Arc::new(touch(&lead.first_touch)),
        kind,
        chat: chat_record(view, id, now),
        meetings: meetings(view, id, &meeting),
        meeting,
        acts: acts(view, id),
    })
}

fn meetings(view: &dyn View, lead: LeadId, record: &MeetingRecord) -> Vec<Meeting> {
    let stored = view.meetings_of_lead(lead).expect("they are read").into_iter();
    let mut meetings: Vec<Meeting> = stored
        .map(|known| Meeting {
            id: known.id,
            link: known.details.link,
            owner: known.owner,
            booked_at: known.booked_at,
            start: known.start,
            end: known.end,
            state: known.state,
            updated_at: known.updated_at,
            moves: u32::try_from(record.moves.iter().filter(|id| **id == known.id).count()).expect("few"),
            cancelled_by: known.details.cancelled_by,
        })
        .collect();
    meetings.sort_by_key(|meeting| meeting.booked_at);
    meetings
}

fn touch(first: &FirstTouch) -> Touch {
    let get = |name: &str| first.reported(name).to_owned();
    Touch {
        site: get("site"),
        link: get("link"),
        channel: get("channel"),
        source: get("source"),
        campaign: get("utm_campaign"),
        landing_page: first.path().to_owned(),
        country: get("country"),
        device: get("device"),
        language: get("language"),
    }
}
