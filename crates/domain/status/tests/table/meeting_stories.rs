//! Stories of meetings: clocks at their limits, several meetings, what the fields keep.

use crate::meeting::{DROPOFF, HOUR, MINUTE, facts};
use knock_model::Millis;
use knock_status::meeting::{Canceller, Derived, Event, Fields, Flag, MeetingStatus, RejectReason, Verdict, derive};

fn derive_at(events: &[(i64, Event)], at: i64) -> Derived {
    derive(&facts(events.to_vec()), Millis(at), DROPOFF)
}

fn booked(meeting: &str, start: i64, owner: &str) -> Event {
    Event::Booked { meeting: meeting.into(), start: Millis(start), owner: owner.into() }
}

fn moved(meeting: &str, start: i64, owner: Option<&str>) -> Event {
    Event::Rescheduled { meeting: meeting.into(), start: Millis(start), owner: owner.map(str::to_owned) }
}

fn cancelled(meeting: &str, by: Canceller) -> Event {
    Event::Cancelled { meeting: meeting.into(), by }
}

fn statuses(derived: &Derived) -> Vec<(i64, MeetingStatus)> {
    derived.timeline.iter().map(|entry| (entry.at.0, entry.status)).collect()
}

#[test]
fn what_happens_exactly_at_a_limit_is_in_time() {
    let click = (0, Event::LinkClicked);
    let at = |instant: i64| derive_at(&[click.clone(), (instant, Event::Activity)], instant);
    assert_eq!(statuses(&at(3 * HOUR)), [(0, MeetingStatus::New)]);
    assert_eq!(
        statuses(&at(3 * HOUR + 1)),
        [(0, MeetingStatus::New), (3 * HOUR, MeetingStatus::SaveTheLead), (3 * HOUR + 1, MeetingStatus::New)]
    );
    let good = (MINUTE, Event::EmailSubmitted(Verdict::Ok));
    let dropped =
        derive_at(&[click, good, (31 * MINUTE, Event::Activity), (61 * MINUTE + 1, Event::Activity)], 2 * HOUR);
    assert_eq!(statuses(&dropped), [(0, MeetingStatus::New), (61 * MINUTE, MeetingStatus::NotBooked)]);
}

#[test]
fn a_good_address_is_not_awaited_at_all_when_the_setting_says_so() {
    let events = facts(vec![(0, Event::LinkClicked), (MINUTE, Event::EmailSubmitted(Verdict::Ok))]);
    let derived = derive(&events, Millis(MINUTE), Millis(0));
    assert_eq!(statuses(&derived), [(0, MeetingStatus::New), (MINUTE, MeetingStatus::NotBooked)]);
}

#[test]
fn a_new_address_brings_a_new_verdict_and_its_reason() {
    let email = |verdict: Verdict| Event::EmailSubmitted(verdict);
    let mut events = vec![(0, Event::LinkClicked)];
    let steps = [
        (Verdict::Unqualified(RejectReason::PrivateEmail), MeetingStatus::Unqualified),
        (Verdict::Unqualified(RejectReason::Routing), MeetingStatus::Unqualified),
        (Verdict::Spam, MeetingStatus::Spam),
        (Verdict::Ok, MeetingStatus::New),
        (Verdict::Spam, MeetingStatus::Spam),
    ];
    for (at, (verdict, status)) in (1..).zip(steps) {
        events.push((at, email(verdict)));
        let derived = derive_at(&events, at);
        let reason = match verdict {
            Verdict::Ok => None,
            Verdict::Spam => Some(RejectReason::Spam),
            Verdict::Unqualified(reason) => Some(reason),
        };
        assert_eq!((derived.status, derived.fields.reject_reason), (Some(status), reason));
        assert_eq!(derived.in_reports, status != MeetingStatus::Spam);
    }
    // A bad address after a good one is no longer awaited.
    let turned = [(0, Event::LinkClicked), (1, email(Verdict::Ok)), (2, email(Verdict::Spam)), (3, Event::Abandoned)];
    assert_eq!(derive_at(&turned, HOUR).status, Some(MeetingStatus::Spam));
}

#[test]
fn a_lifted_verdict_is_a_good_address_awaited_from_then_on() {
    let events = [(0, Event::EmailSubmitted(Verdict::Spam)), (HOUR, Event::SpamReversed)];
    let derived = derive_at(&events, HOUR);
    assert_eq!((derived.status, derived.fields.reject_reason), (Some(MeetingStatus::New), None));
    assert_eq!(derived.next_change_at, Some(Millis(HOUR) + DROPOFF));
}

#[test]
fn an_address_says_nothing_to_somebody_who_has_a_meeting() {
    for verdict in [Verdict::Ok, Verdict::Spam, Verdict::Unqualified(RejectReason::Routing)] {
        let derived = derive_at(&[(0, booked("m1", HOUR, "ann")), (1, Event::EmailSubmitted(verdict))], 2 * HOUR);
        assert_eq!(statuses(&derived), [(0, MeetingStatus::Booked)]);
        assert_eq!(derived.fields.reject_reason, None);
    }
}

#[test]
fn a_lead_who_has_booked_has_no_reason_to_be_rejected() {
    let events = [(0, Event::EmailSubmitted(Verdict::Spam)), (1, booked("m1", HOUR, "ann"))];
    assert_eq!(derive_at(&events, 1).fields.reject_reason, None);
}

#[test]
fn fields_follow_the_most_recently_booked_active_meeting() {
    let shown =
        |start: i64, owner: &str| Fields { time: Some(Millis(start)), owner: Some(owner.into()), ..Fields::default() };
    let (early, late) = (50 * HOUR, 60 * HOUR);
    let mut events = vec![(0, booked("m1", late, "ann"))];
    let mut check = |event: Event, expected: Fields| {
        events.push((MINUTE, event));
        let derived = derive_at(&events, MINUTE);
        assert_eq!(derived.fields, expected, "{events:?}");
        assert_eq!(derived.status, Some(MeetingStatus::Booked));
    };
    check(booked("m2", early, "bob"), shown(early, "bob"));
    check(moved("m1", late + HOUR, Some("cat")), shown(early, "bob"));
    check(moved("m2", early + HOUR, None), shown(early + HOUR, "bob"));
    check(moved("m2", early, Some("dan")), shown(early, "dan"));
    check(moved("m3", late, Some("eve")), shown(early, "dan"));
    check(cancelled("m3", Canceller::Rep), shown(early, "dan"));
    check(cancelled("m2", Canceller::Lead), shown(late + HOUR, "cat"));
    check(booked("m2", early, "bob"), shown(early, "bob"));
    // Booked again under its own id it is the newest.
    check(booked("m1", late, "ann"), shown(late, "ann"));
    check(cancelled("m1", Canceller::Lead), shown(early, "bob"));
}

#[test]
fn after_the_last_cancellation_time_and_owner_stay_until_another_booking() {
    for by in [Canceller::Rep, Canceller::Lead] {
        let mut events = vec![(0, booked("m1", 50 * HOUR, "ann")), (MINUTE, cancelled("m1", by))];
        let derived = derive_at(&events, MINUTE);
        assert_eq!(derived.status, Some(MeetingStatus::Cancelled));
        assert_eq!(derived.fields.cancelled_by, Some(by));
        assert_eq!((derived.fields.time, derived.fields.owner.as_deref()), (Some(Millis(50 * HOUR)), Some("ann")));
        events.push((2 * MINUTE, booked("m2", 70 * HOUR, "bob")));
        let again = derive_at(&events, 2 * MINUTE).fields;
        assert_eq!((again.cancelled_by, again.owner.as_deref()), (None, Some("bob")));
    }
}

#[test]
fn a_cancellation_counts_until_the_meeting_begins() {
    let check = |at: i64, status: MeetingStatus, flags: &[Flag]| {
        let derived = derive_at(&[(0, booked("m1", HOUR, "ann")), (at, cancelled("m1", Canceller::Rep))], 2 * HOUR);
        assert_eq!(derived.status, Some(status));
        assert_eq!(derived.flags.into_iter().collect::<Vec<_>>(), flags);
    };
    check(HOUR - 1, MeetingStatus::Cancelled, &[]);
    check(HOUR, MeetingStatus::Booked, &[Flag::CancelAfterStart]);
    check(HOUR + 1, MeetingStatus::Booked, &[Flag::CancelAfterStart]);
}
