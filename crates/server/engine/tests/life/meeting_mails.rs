//! Mails about meetings: few to one address, and the changes of a meeting as one mail with its last state.

use crate::audit::invite;
use crate::meetings::Office;
use crate::outbox::hook;
use crate::story::visitor;
use knock_engine::commands::{
    BookMeeting, BusyTimes, ChangeMeeting, Changed, ClaimDeliveries, CompleteAttempt, EmailStep, MeetingChange,
    NoteMailSetup, SaveEndpoint, SlotChoice,
};
use knock_model::{Destination, Email, MeetingState, Millis, Reason};
use knock_ports::{DeliveryOutcome, Meeting, MeetingMail, MeetingNews, OutboxEntry, SlackMeeting};
use knock_status::meeting::Canceller;
use proptest::prelude::*;

const MINUTE: Millis = Millis::MINUTE;
const HOUR: Millis = Millis(60 * Millis::MINUTE.0);
const ANN: &str = "ann@first.example";

fn office() -> Office {
    let mut office = Office::open();
    office.story.commit(NoteMailSetup { sends_mail: true });
    // Midday, so that moves stay within the day.
    office.story.now = office.story.now + HOUR;
    office
}

/// Books the first free slot by a browser of its own.
fn book(office: &mut Office, number: u8, email: &str) -> Meeting {
    let step = EmailStep { email: Email::parse(email).expect("an address"), ..office.step(number, 0) };
    let slot = SlotChoice { step, busy: BusyTimes::new(), start: office.start(0) };
    assert_eq!(slot.step.arrival.visitor, visitor(number));
    let known: Vec<_> = office.meetings().iter().map(|meeting| meeting.id).collect();
    let book = BookMeeting { slot, ..office.booking(number, 0, 0) };
    office.story.commit(book);
    office.meetings().into_iter().find(|meeting| !known.contains(&meeting.id)).expect("booked")
}

fn change(office: &mut Office, meeting: &Meeting, change: MeetingChange) -> Meeting {
    let (id, now, busy, by) = (office.story.signal_id(), office.story.now, BusyTimes::new(), Canceller::Lead);
    match office.story.commit(ChangeMeeting { meeting: meeting.id, change, by, member: None, busy, id, now }) {
        Changed::Done(changed) => *changed,
        other => panic!("{other:?}"),
    }
}

/// Moves a meeting to the next free slot but so many.
fn shift(office: &mut Office, meeting: &Meeting, slot: usize) -> Meeting {
    let start = office.start(slot);
    change(office, meeting, MeetingChange::Move(start))
}

fn cancel(office: &mut Office, meeting: &Meeting) -> Meeting {
    change(office, meeting, MeetingChange::Cancel { reason: Reason::default() })
}

/// Sends all mails that are due; those to leads are returned.
fn send(office: &Office) -> Vec<MeetingMail> {
    send_to(office, true)
}

fn send_to(office: &Office, is_to_lead: bool) -> Vec<MeetingMail> {
    send_all(office).into_iter().filter(|mail| mail.is_to_lead == is_to_lead).collect()
}

fn send_all(office: &Office) -> Vec<MeetingMail> {
    let mut sent = Vec::new();
    loop {
        let now = office.story.now;
        let claimed = office.story.commit(ClaimDeliveries { now, limit: 100, running: Vec::new() });
        if claimed.is_empty() {
            return sent;
        }
        for delivery in claimed {
            let entry: OutboxEntry = delivery.entry;
            assert_eq!(entry.to, Destination::MAIL);
            sent.push(serde_json::from_str(&entry.effect.data).expect("a mail"));
            let outcome = DeliveryOutcome::Done("250".into());
            office.story.commit(CompleteAttempt { entry, outcome, wait: Millis(0), now });
        }
    }
}

fn states(mails: &[MeetingMail]) -> Vec<(MeetingNews, u32, Millis)> {
    mails.iter().map(|mail| (mail.news, mail.sequence, mail.start)).collect()
}

#[test]
fn a_mailbox_gets_six_mails_about_meetings_at_once_and_the_others_later() {
    let mut office = office();
    // One mailbox, whatever stands after the plus sign and in capitals.
    for number in 0..8 {
        book(&mut office, number, &format!("Ann+{number}@first.example"));
    }
    book(&mut office, 8, "cat@second.example");
    assert_eq!(send(&office).len(), 7, "six, and the one to another address");
    office.story.restart();
    office.story.now = office.story.now + Millis(59 * MINUTE.0);
    assert_eq!(send(&office).len(), 0);
    office.story.now = office.story.now + Millis(2 * MINUTE.0);
    assert_eq!(send(&office).len(), 2, "none is lost");
}

#[test]
fn a_mailbox_gets_twenty_mails_about_meetings_a_day_at_most() {
    let mut office = office();
    for number in 0..30 {
        book(&mut office, number, &format!("ann+{number}@first.example"));
    }
    let mut by_hour = Vec::new();
    for _ in 0..24 {
        by_hour.push(send(&office).len());
        office.story.now = office.story.now + HOUR;
    }
    assert_eq!((&by_hour[..5], by_hour.iter().sum::<usize>()), (&[6, 6, 6, 2, 0][..], 20));
    assert_eq!(send(&office).len(), 6, "the next day");
}

#[test]
fn members_get_more_mails_than_leads() {
    let mut office = office();
    for number in 0..20 {
        book(&mut office, number, &format!("lead{number}@firm{number}.example"));
    }
    assert_eq!(send_to(&office, false).len(), 20);
}

#[test]
fn further_changes_within_minutes_are_one_mail_with_the_last_state() {
    let mut office = office();
    let mut meeting = book(&mut office, 1, ANN);
    assert_eq!(states(&send(&office)), [(MeetingNews::Booked, 0, meeting.start)]);
    meeting = shift(&mut office, &meeting, 3);
    let first = meeting.clone();
    assert_eq!(states(&send(&office)), [(MeetingNews::Changed, 1, first.start)], "the first one at once");
    for slot in [5, 7, 9] {
        office.story.now = office.story.now + MINUTE;
        meeting = shift(&mut office, &meeting, slot);
        assert_eq!(send(&office), []);
    }
    office.story.now = office.story.now + Millis(3 * MINUTE.0);
    let mails = send(&office);
    assert_eq!(states(&mails), [(MeetingNews::Changed, 4, meeting.start)]);
    assert_eq!(mails[0].before, Some(first.start), "compared with the mail before");
    office.story.now = office.story.now + Millis(6 * MINUTE.0);
    meeting = shift(&mut office, &meeting, 2);
    assert_eq!(states(&send(&office)), [(MeetingNews::Changed, 5, meeting.start)], "at once again");
}

#[test]
fn a_meeting_that_is_moved_back_to_what_was_mailed_causes_no_mail() {
    let mut office = office();
    let booked = book(&mut office, 1, ANN);
    send(&office);
    let moved = shift(&mut office, &booked, 3);
    send(&office);
    let away = shift(&mut office, &moved, 6);
    let back = change(&mut office, &away, MeetingChange::Move(moved.start));
    assert_eq!(back.sequence, 3);
    office.story.now = office.story.now + HOUR;
    assert_eq!(send(&office), []);
    shift(&mut office, &back, 6);
    assert_eq!(send(&office)[0].sequence, 4, "the sequence goes on");
}

#[test]
fn a_reassignment_names_who_had_the_meeting_before() {
    let mut office = office();
    let booked = book(&mut office, 1, ANN);
    send(&office);
    let other = invite(&office.story, "bo@us.example");
    office.is_always_available(other);
    change(&mut office, &booked, MeetingChange::Reassign(other));
    let mails = send_all(&office);
    assert_eq!(mails.len(), 3, "to the lead, and to both members");
    let had = &mails.iter().find(|mail| mail.news == MeetingNews::Cancelled).expect("to who had it").to;
    for mail in &mails {
        assert_eq!(mail.former.as_ref(), Some(had), "{mail:?}");
    }
    let moved = office.meetings().remove(0);
    office.story.now = office.story.now + HOUR;
    shift(&mut office, &moved, 5);
    assert!(send_all(&office).iter().all(|mail| mail.former.is_none()), "they know it since");
}

#[test]
fn a_cancellation_is_mailed_at_once_and_replaces_waiting_changes() {
    let mut office = office();
    let mut meeting = book(&mut office, 1, ANN);
    send(&office);
    for slot in [3, 5] {
        meeting = shift(&mut office, &meeting, slot);
        send(&office);
    }
    let cancelled = cancel(&mut office, &meeting);
    assert_eq!(states(&send(&office)), [(MeetingNews::Cancelled, 3, cancelled.start)]);
    office.story.now = office.story.now + HOUR;
    assert_eq!(send(&office), []);
}

#[test]
fn a_booking_that_was_never_mailed_is_mailed_in_its_last_state() {
    let mut office = office();
    let booked = book(&mut office, 1, ANN);
    let moved = shift(&mut office, &booked, 3);
    assert_eq!(states(&send(&office)), [(MeetingNews::Booked, 1, moved.start)]);
    let other = book(&mut office, 2, "bob@first.example");
    cancel(&mut office, &other);
    assert_eq!(send(&office), [], "nothing is known of it");
}

#[test]
fn changes_wait_while_a_mail_before_them_is_under_way() {
    let mut office = office();
    let meeting = book(&mut office, 1, ANN);
    send(&office);
    let moved = shift(&mut office, &meeting, 3);
    let now = office.story.now;
    let under_way = office.story.commit(ClaimDeliveries { now, limit: 100, running: Vec::new() });
    assert_eq!(under_way.len(), 2);
    shift(&mut office, &moved, 5);
    for delivery in under_way {
        let outcome = DeliveryOutcome::Done("250".into());
        office.story.commit(CompleteAttempt { entry: delivery.entry, outcome, wait: Millis(0), now });
    }
    assert_eq!(send(&office), []);
    office.story.now = office.story.now + Millis(6 * MINUTE.0);
    assert_eq!(send(&office).len(), 1);
}

#[test]
fn a_meeting_that_is_still_to_be_shown_in_slack_is_shown_once_in_its_last_state() {
    let mut office = Office::open();
    office.story.change(SaveEndpoint { endpoint: hook(Destination::SLACK, &[]) });
    let mut meeting = book(&mut office, 1, ANN);
    for slot in [3, 5, 7] {
        meeting = shift(&mut office, &meeting, slot);
    }
    let posts = office.read(|view| view.deliveries(Destination::SLACK, i64::MAX, 100).expect("read"));
    assert_eq!(posts.iter().filter(|post| post.effect.kind == SlackMeeting::KIND).count(), 1, "{posts:?}");
}

/// What happens to one meeting.
#[derive(Clone, Copy, Debug)]
enum Event {
    Move { slot: usize },
    Cancel,
    Send,
    Wait { minutes: i64 },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        6 => (0..4usize).prop_map(|slot| Event::Move { slot }),
        1 => Just(Event::Cancel),
        3 => Just(Event::Send),
        3 => (1..9i64).prop_map(|minutes| Event::Wait { minutes }),
    ];
    proptest::collection::vec(event, 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_recipient_ends_with_the_last_state_by_mails_of_rising_sequence(events in events()) {
        let mut office = office();
        let mut meeting = book(&mut office, 1, ANN);
        let mut sent = Vec::new();
        for event in events {
            match event {
                Event::Move { slot } if meeting.state == MeetingState::Booked => {
                    meeting = shift(&mut office, &meeting, slot);
                }
                Event::Cancel if meeting.state == MeetingState::Booked => meeting = cancel(&mut office, &meeting),
                Event::Move { .. } | Event::Cancel => {}
                Event::Send => sent.extend(send_all(&office)),
                Event::Wait { minutes } => office.story.now = office.story.now + Millis(minutes * MINUTE.0),
            }
        }
        for _ in 0..48 {
            sent.extend(send_all(&office));
            office.story.now = office.story.now + HOUR;
        }
        for is_to_lead in [true, false] {
            let mails: Vec<_> = sent.iter().filter(|mail: &&MeetingMail| mail.is_to_lead == is_to_lead).collect();
            prop_assert!(mails.is_sorted_by(|one, other| one.sequence < other.sequence), "{mails:?}");
            let is_over = meeting.state == MeetingState::Cancelled;
            match mails.last() {
                Some(last) => {
                    prop_assert_eq!(last.news == MeetingNews::Cancelled, is_over);
                    prop_assert_eq!(last.start, meeting.start);
                }
                None => prop_assert!(is_over, "a booking is mailed"),
            }
        }
    }
}
