//! Meetings on a real store, from random steps of several visitors: no time of a rep is taken twice, stored values are
//! those derived from the facts, and a rebuild changes nothing.

use crate::story::{EMAILS, Still, Story, rep, session, visitor};
use knock_engine::commands::{
    Arrival, BookMeeting, Booking, BusyTimes, ChangeMeeting, Changed, EmailStep, FreshIds, GiveEmail, HoldSlot,
    MeetingChange, OpenBooking, SetAvailability, SlotChoice, SlotOutcome, Wanted,
};
use knock_engine::compute_chat_owners;
use knock_model::{Email, LeadId, MeetingId, MeetingState, Millis, RepId, SiteId};
use knock_ports::{Meeting, MeetingQuery, Reservation, View};
use knock_status::meeting::{Canceller, derive};
use knock_wire::{Availability, WeeklyHours};
use proptest::prelude::*;

/// One step of a visitor.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Open,
    Give { email: usize },
    Hold { email: usize, slot: usize },
    Book { email: usize, slot: usize },
    Move { place: usize, slot: usize, by: Canceller },
    Cancel { place: usize, by: Canceller },
    Wait { ms: i64 },
}

fn operations() -> impl Strategy<Value = Vec<(u8, Operation)>> {
    let by = || prop_oneof![Just(Canceller::Lead), Just(Canceller::Rep)];
    // Few slots, so that many visitors want the same one.
    let (email, slot, place) = (|| 0..EMAILS.len(), || 0..4usize, || 0..3usize);
    let operation = prop_oneof![
        1 => Just(Operation::Open),
        2 => email().prop_map(|email| Operation::Give { email }),
        2 => (email(), slot()).prop_map(|(email, slot)| Operation::Hold { email, slot }),
        4 => (email(), slot()).prop_map(|(email, slot)| Operation::Book { email, slot }),
        2 => (place(), slot(), by()).prop_map(|(place, slot, by)| Operation::Move { place, slot, by }),
        2 => (place(), by()).prop_map(|(place, by)| Operation::Cancel { place, by }),
        2 => prop_oneof![1i64..600_000, 0..30 * 3_600_000i64].prop_map(|ms| Operation::Wait { ms }),
    ];
    proptest::collection::vec((0..3u8, operation), 1..40)
}

/// A workspace whose rep is always available, with its booked meetings.
pub(crate) struct Office {
    pub(crate) story: Story,
    count: u8,
}

impl Office {
    pub(crate) fn open() -> Office {
        let office = Office { story: Story::begin(), count: 0 };
        office.is_always_available(rep());
        office
    }

    pub(crate) fn is_always_available(&self, member: RepId) {
        let day = vec![("00:00".to_owned(), "24:00".to_owned())];
        let [mon, tue, wed, thu, fri, sat, sun] = std::array::from_fn(|_| day.clone());
        let hours = WeeklyHours { zone: "Europe/Berlin".into(), mon, tue, wed, thu, fri, sat, sun };
        let availability = Availability { hours: Some(hours), ..Availability::default() };
        self.story.change(SetAvailability { member, availability, now: self.story.now });
    }

    pub(crate) fn read<T>(&self, work: impl Fn(&dyn View) -> T) -> T {
        let mut found = None;
        let read = self.story.store().read(&mut |view| {
            found = Some(work(view));
            Ok(())
        });
        read.expect("it reads");
        found.expect("it was read")
    }

    fn meeting_id(&mut self) -> MeetingId {
        self.count += 1;
        MeetingId::new([self.count; 16])
    }

    fn arrival(&mut self, number: u8) -> Arrival {
        let now = self.story.now;
        Arrival {
            site: SiteId(1),
            link: "meeting".into(),
            visitor: visitor(number),
            session: session(number, now),
            categories: Vec::new(),
            now,
            click: self.story.signal_id(),
            fresh: self.fresh(),
        }
    }

    fn fresh(&mut self) -> FreshIds {
        self.story.fresh()
    }

    pub(crate) fn step(&mut self, number: u8, email: usize) -> EmailStep {
        let email = Email::parse(EMAILS[email]).expect("an address");
        let ids = std::array::from_fn(|_| self.story.signal_id());
        let (arrival, answers) = (self.arrival(number), Vec::new());
        EmailStep { arrival, email, name: "".into(), answers, calendar_of: None, enriched: None, ids }
    }

    pub(crate) fn start(&self, slot: usize) -> Millis {
        let email = Email::parse(EMAILS[0]).expect("an address");
        let (link, now) = ("meeting".to_owned(), self.story.now);
        let wanted = Wanted {
            link,
            site: SiteId(1),
            visitor: None,
            session: None,
            lead: None,
            email: Some(email),
            calendar_of: None,
            answers: Vec::new(),
        };
        let offered = self.read(|view| wanted.offered(view, &BusyTimes::new(), now).expect("offered"));
        offered.slots[slot].start
    }

    fn slot(&mut self, number: u8, email: usize, slot: usize) -> SlotChoice {
        let start = self.start(slot);
        SlotChoice { step: self.step(number, email), busy: BusyTimes::new(), start }
    }

    fn does(&mut self, number: u8, operation: Operation) {
        match operation {
            Operation::Open => {
                let (arrival, conversation, contact) = (self.arrival(number), None, None);
                self.story.commit(OpenBooking { arrival, conversation, contact });
            }
            Operation::Give { email } => {
                let step = self.step(number, email);
                self.story.commit(GiveEmail { step, busy: BusyTimes::new() });
            }
            Operation::Hold { email, slot } => {
                let (slot, hold) = (self.slot(number, email, slot), self.meeting_id());
                self.story.commit(HoldSlot { slot, hold });
            }
            Operation::Book { email, slot } => self.books(number, email, slot),
            Operation::Move { place, slot, by } => {
                let start = self.start(slot);
                self.changes(place, MeetingChange::Move(start), by);
            }
            Operation::Cancel { place, by } => self.changes(place, MeetingChange::Cancel { reason: "".into() }, by),
            Operation::Wait { ms } => {
                self.story.now = self.story.now + Millis(ms);
                self.story.fire();
            }
        }
    }

    pub(crate) fn booking(&mut self, number: u8, email: usize, slot: usize) -> BookMeeting {
        let (slot, meeting) = (self.slot(number, email, slot), self.meeting_id());
        BookMeeting {
            slot,
            meeting,
            is_confirmed: false,
            key: None,
            zone: "UTC".into(),
            language: knock_agent::Language::En,
            answers: Vec::new(),
            conversation: None,
            workspace: "Us".into(),
            ids: std::array::from_fn(|_| self.story.signal_id()),
        }
    }

    pub(crate) fn books(&mut self, number: u8, email: usize, slot: usize) {
        let booking = self.booking(number, email, slot);
        let start = booking.slot.start;
        let asked = self.story.commit(booking);
        if let SlotOutcome::Done(Booking::Booked(booked)) = asked {
            assert_eq!((booked.meeting.start, booked.is_new), (start, true));
        }
    }

    fn changes(&mut self, place: usize, change: MeetingChange, by: Canceller) {
        let meetings = self.meetings();
        let Some(before) = meetings.get(place).cloned() else { return };
        let (id, now, busy) = (self.story.signal_id(), self.story.now, BusyTimes::new());
        let changed = self.story.commit(ChangeMeeting { meeting: before.id, change, by, member: None, busy, id, now });
        if let Changed::Done(after) = changed {
            assert_eq!(after.sequence, before.sequence + 1, "SC-12");
            assert_eq!(after.uid(), before.uid());
        }
    }

    pub(crate) fn meetings(&self) -> Vec<Meeting> {
        self.read(|view| view.meetings(&MeetingQuery::default(), None, 1_000).expect("read"))
    }
}

/// Checks that no two reservations of a rep overlap, and that exactly the meetings that take place have one.
fn check(office: &Office) {
    let all = office.read(|view| view.reservations(Millis(0), Millis(i64::MAX)).expect("read"));
    let overlap = |one: &Reservation, other: &Reservation| {
        one.id != other.id && one.rep == other.rep && one.start < other.end && other.start < one.end
    };
    for one in &all {
        assert!(!all.iter().any(|other| overlap(one, other)), "{one:?} of {all:?}");
    }
    let taken: Vec<MeetingId> = all.iter().filter(|one| one.hold.is_none()).map(|one| one.id).collect();
    let mut booked = office.meetings();
    booked.retain(|meeting| meeting.state != MeetingState::Cancelled);
    let mut expected: Vec<MeetingId> = booked.iter().map(|meeting| meeting.id).collect();
    let mut taken = taken;
    taken.sort();
    expected.sort();
    assert_eq!(taken, expected);
    let leads: Vec<LeadId> = office.meetings().iter().map(|meeting| meeting.lead).collect();
    for lead in leads {
        let (facts, kept) =
            office.read(|view| (view.meeting_facts(lead).expect("read"), view.meeting_lead(lead).expect("read")));
        let derived = derive(&facts, office.story.now, Millis(30 * Millis::MINUTE.0));
        assert_eq!(kept.map(|kept| kept.status).as_deref(), derived.status.map(|status| status.as_str()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn no_time_is_taken_twice_by_bookings_moves_and_cancellations(operations in operations()) {
        let mut office = Office::open();
        for (number, operation) in operations {
            office.does(number, operation);
            check(&office);
        }
        let before = office.story.derived();
        let rebuilt = office.story.rebuild();
        prop_assert_eq!(office.story.derived(), before);
        prop_assert_eq!((rebuilt.persons.changed, rebuilt.chats.changed, rebuilt.leftovers), (0, 0, 0));
    }
}

#[test]
fn a_way_to_a_meeting_of_an_earlier_version_is_derived_after_the_start() {
    let mut office = Office::open();
    office.books(0, 0, 0);
    let before = office.story.derived();
    office.story.while_stopped(|_, scratch| {
        scratch.execute("UPDATE meeting_leads SET course = NULL, status = 'New', active_at = 0;");
    });
    assert_ne!(office.story.derived(), before);
    let (writer, clock) = (office.story.writer.as_ref().expect("it runs"), Still(office.story.now));
    office.story.runtime.block_on(compute_chat_owners(writer, &clock)).expect("computed");
    assert_eq!(office.story.derived(), before);
}

#[test]
fn a_row_without_facts_about_meetings_is_dropped_after_the_start() {
    let mut office = Office::open();
    office.books(0, 0, 0);
    office.story.while_stopped(|_, scratch| {
        scratch.execute("DELETE FROM meeting_facts; UPDATE meeting_leads SET course = NULL;");
    });
    let (writer, clock) = (office.story.writer.as_ref().expect("it runs"), Still(office.story.now));
    office.story.runtime.block_on(compute_chat_owners(writer, &clock)).expect("computed");
    assert!(office.story.scratch.rows("meeting_leads").is_empty());
}
