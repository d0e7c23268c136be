//! A person's meeting, and a booking that waits for its confirmation.

use super::{ANN, TITLED};
use crate::story::{EMAILS, Story, rep, session, visitor};
use knock_model::{CalendarAccountId, LeadId, Location, MeetingId, MeetingState, Millis, SignalId, SiteId};
use knock_ports::{
    BookingDetails, EntryChange, EntryWaits, Meeting, MeetingDetails, MeetingLead, Reservation, SecretHash, SlackAbout,
    SlackPost, UnconfirmedBooking, WrittenEntry,
};
use knock_report::MeetingRecord;
use knock_status::meeting::{Event, derive};
use knock_status::{Fact, Source};

/// A meeting booked by Ann, with a request that may be repeated.
pub(super) fn book(story: &mut Story, lead: LeadId) -> LeadId {
    let id = MeetingId::new([5; 16]);
    let (now, owner) = (story.now, rep());
    // She declined it as a guest, and the rep moved it in their calendar.
    let change = Some(EntryChange { moved: Some((now, now)), why: EntryWaits::Asked, seen_at: now });
    let (account, calendar) = (CalendarAccountId::new([7; 16]), "work".to_owned());
    let entry = WrittenEntry { account, member: owner, calendar, sequence: 0, is_declined: true, change };
    let details = MeetingDetails {
        reps: vec![owner],
        title: TITLED.into(),
        location: "".into(),
        description: "".into(),
        email: EMAILS[ANN].into(),
        name: "Ann".into(),
        zone: "UTC".into(),
        language: knock_agent::Language::En,
        answers: Vec::new(),
        link: "meeting".into(),
        site: SiteId(1),
        visitor: visitor(0),
        session: session(0, now),
        conversation: None,
        cancelled_by: None,
        cancelled_by_member: None,
        reason: "".into(),
        reminded_until: now,
        by_hand: None,
        conference: Location::from("https://meet.example/one"),
        entries: vec![entry],
    };
    let (start, end) = (now + Millis::days(1), now + Millis::days(1) + Millis(1_800_000));
    let (state, sequence, booked_at, updated_at) = (MeetingState::Booked, 0, now, now);
    let meeting = Meeting { id, lead, owner, start, end, state, sequence, booked_at, updated_at, details };
    let unconfirmed = unconfirmed(&meeting);
    let event = Event::Booked { meeting: id.to_string(), start, owner: owner.to_string() };
    let (key, channel, about) = ("meeting:1".to_owned(), "C0MONITOR".to_owned(), SlackAbout::Meeting(id));
    let (ts, said, tried_at) = ("1.000002".to_owned(), "hash".to_owned(), start);
    let posted = SlackPost { key, about, channel, ts, said, tried_at };
    let of_lead = SlackPost { key: "asked:1".to_owned(), about: SlackAbout::Lead(lead), ..posted.clone() };
    let fact_id = SignalId::new(now, &[6; 10]);
    let fact = Fact { id: fact_id, at: now, received_at: now, source: Source::Server, what: event };
    let status = MeetingLead {
        lead,
        status: "Meeting Booked".into(),
        is_spam: false,
        active_at: now,
        refused_email: String::new(),
        course: MeetingRecord::of(&derive(std::slice::from_ref(&fact), now, Millis::DAY), None).pack(),
    };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.append_meeting_fact(lead, &fact)?;
            ledger.save_meeting_lead(&status)?;
            assert!(ledger.reserve(&[Reservation { id, rep: owner, lead, start, end, hold: None }])?);
            ledger.save_meeting(&meeting)?;
            ledger.note_meeting_news(owner, id, now)?;
            ledger.save_slack_post(&posted)?;
            ledger.save_slack_post(&of_lead)?;
            ledger.save_unconfirmed_booking(&unconfirmed)?;
            ledger.save_booking_key(SecretHash([1; 32]), SecretHash([2; 32]), id)
        });
        kept.expect("it is kept");
    });
    lead
}

/// A booking of the same person that waits for its confirmation.
fn unconfirmed(meeting: &Meeting) -> UnconfirmedBooking {
    let Meeting { lead, start, end, details, .. } = meeting.clone();
    let MeetingDetails { email, name, zone, language, answers, link, site, visitor, session, conversation, .. } =
        details;
    let fields = Vec::new();
    let calendar_of = Some(meeting.owner);
    let details = BookingDetails {
        email,
        name,
        zone,
        language,
        answers,
        fields,
        link,
        site,
        visitor,
        session,
        conversation,
        calendar_of,
    };
    let key = Some((SecretHash([3; 32]), SecretHash([4; 32])));
    UnconfirmedBooking { id: MeetingId::new([6; 16]), lead, start, end, expires_at: end, key, details }
}
