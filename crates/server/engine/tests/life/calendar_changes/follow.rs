//! What a calendar says of an event, and what becomes of its meeting.

use super::{HOUR, MINE, Scene, THEIRS, connects, there};
use crate::audit::invite;
use crate::story::{EMAILS, rep};
use knock_engine::commands::{Busy, BusyTimes, EntryNoted, MergeContacts, NoteEntry};
use knock_model::{AccountId, CalendarChanges, Email, MeetingState, Millis, RepId};
use knock_ports::{EntryChange, EntryFound, EntryThere, EntryWaits, MeetingNews};
use knock_scheduling::{Block, Extent, Span};
use knock_status::meeting::{Canceller, Event};
use serde_json::json;

const MINUTE: Millis = Millis::MINUTE;

#[test]
fn a_change_in_a_calendar_is_applied_or_waits_by_the_setting_and_the_time() {
    use CalendarChanges::{Apply, Ask, Ignore};
    use EntryWaits::{Asked, Many, Past};
    // By so many minutes its start and its end were moved; none is a deletion.
    for (setting, moved, gone, expected) in [
        (Apply, Some((0, 0)), 0, Ok(EntryNoted::Nothing)),
        (Apply, Some((180, 180)), 0, Ok(EntryNoted::Applied)),
        (Apply, Some((0, 15)), 0, Ok(EntryNoted::Applied)),
        (Apply, Some((-3_000, -3_000)), 0, Err(Past)),
        (Apply, Some((0, 1_500)), 0, Ok(EntryNoted::Nothing)),
        (Apply, Some((60, -60)), 0, Ok(EntryNoted::Nothing)),
        (Apply, None, 1, Ok(EntryNoted::Applied)),
        (Apply, None, 2, Ok(EntryNoted::Applied)),
        (Apply, None, 3, Err(Many)),
        (Apply, Some((180, 180)), 5, Ok(EntryNoted::Applied)),
        (Ask, Some((180, 180)), 0, Err(Asked)),
        (Ask, None, 9, Err(Asked)),
        (Ignore, Some((180, 180)), 0, Ok(EntryNoted::Nothing)),
        (Ignore, None, 1, Ok(EntryNoted::Nothing)),
    ] {
        let name = format!("{setting:?} {moved:?} {gone}");
        let mut scene = Scene::set(setting);
        let (before, now) = (scene.meeting(), scene.office.story.now);
        let moved =
            moved.map(|(start, end)| (before.start + Millis(start * MINUTE.0), before.end + Millis(end * MINUTE.0)));
        let found = moved.map_or(EntryFound::Gone, |(start, end)| there(start, end));
        let said = NoteEntry { gone, ..scene.said(found) };
        let noted = scene.notes(&said);
        let after = scene.meeting();
        assert_eq!(noted, expected.unwrap_or(EntryNoted::Waits), "{name}");
        assert_eq!(scene.notes(&said), EntryNoted::Nothing, "{name}: once");
        assert_eq!(scene.meeting(), after, "{name}: once");
        let waiting = expected.err().map(|why| EntryChange { moved, why, seen_at: now });
        assert_eq!(scene.waiting(), waiting, "{name}");
        if noted == EntryNoted::Applied {
            assert_eq!((after.sequence, after.updated_at), (before.sequence + 1, now), "{name}");
            assert_eq!((after.start, after.end), moved.unwrap_or((before.start, before.end)), "{name}");
            assert_eq!(after.state == MeetingState::Cancelled, moved.is_none(), "{name}");
        } else {
            assert_eq!((after.sequence, after.updated_at), (before.sequence, before.updated_at), "{name}");
            assert_eq!((after.start, after.end, after.state), (before.start, before.end, before.state), "{name}");
        }
    }
}

#[test]
fn a_move_is_news_to_the_lead_and_a_change_by_the_rep() {
    let mut scene = Scene::open();
    let (before, writes) = (scene.meeting(), scene.written(MINE));
    assert_eq!(scene.moves(HOUR), EntryNoted::Applied);
    let mails = scene.deliver();
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.news, mail.sequence, mail.start), (MeetingNews::Changed, 1, before.start + HOUR));
    assert_eq!((mail.before, mail.details.entries.len()), (Some(before.start), 0));
    assert_eq!(scene.written(MINE), writes + 1, "the next version is written");
    let facts = scene.office.read(|view| view.meeting_facts(before.lead).expect("read"));
    let last = facts.last().map(|fact| fact.what.clone());
    let expected = Event::Rescheduled { meeting: before.id.to_string(), start: before.start + HOUR, owner: None };
    assert_eq!(last, Some(expected));
    let logged = scene.logged().expect("an entry");
    assert_eq!((&logged.after["what"], &logged.after["in"]), (&json!("moved"), &json!("calendar")));
    assert_eq!(logged.actor_name, "rep@us.example");
    assert_eq!(scene.notified(), [], "they did it themselves");
}

#[test]
fn a_deletion_cancels_the_meeting_with_a_mail_to_the_lead() {
    let mut scene = Scene::open();
    let lead = scene.meeting().lead;
    assert_eq!(scene.deletes(), EntryNoted::Applied);
    let mails = scene.deliver();
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.news, mail.sequence), (MeetingNews::Cancelled, 1));
    let cancelled = scene.meeting().details;
    assert_eq!((cancelled.cancelled_by, cancelled.cancelled_by_member), (Some(Canceller::Rep), Some(rep())));
    let facts = scene.office.read(|view| view.meeting_facts(lead).expect("read"));
    assert!(matches!(facts.last().map(|fact| &fact.what), Some(Event::Cancelled { by: Canceller::Rep, .. })));
    let logged = scene.logged().expect("an entry");
    assert_eq!((&logged.after["what"], &logged.after["in"]), (&json!("cancelled"), &json!("calendar")));
    assert_eq!(scene.office.read(|view| view.reserved(scene.id).expect("read")), [], "its time is free");
}

#[test]
fn what_was_read_of_another_version_changes_nothing() {
    let mut scene = Scene::open();
    let stale = scene.said(EntryFound::Gone);
    for (name, said) in [
        ("another sequence", NoteEntry { sequence: 1, ..stale.clone() }),
        ("another account", NoteEntry { account: THEIRS, ..stale.clone() }),
        ("over", NoteEntry { now: scene.meeting().end, ..stale.clone() }),
    ] {
        assert_eq!(scene.notes(&said), EntryNoted::Nothing, "{name}");
    }
    connects(&scene.office, MINE, rep(), "another calendar");
    assert_eq!(scene.notes(&stale), EntryNoted::Nothing, "another calendar is chosen");
    connects(&scene.office, MINE, rep(), super::CALENDAR);
    assert_eq!(scene.moves(HOUR), EntryNoted::Applied);
    assert_eq!(scene.notes(&stale), EntryNoted::Nothing, "moved since");
    assert_eq!(scene.deletes(), EntryNoted::Nothing, "the new version is still to be written");
    scene.writes(MINE, rep());
    assert_eq!(scene.deletes(), EntryNoted::Applied);
    assert_eq!(scene.deletes(), EntryNoted::Nothing, "cancelled");
}

#[test]
fn a_time_that_is_taken_is_a_conflict_and_one_that_cannot_be_known_is_looked_at_again() {
    let mut scene = Scene::open();
    let meeting = scene.meeting();
    let span = Span { start: meeting.start + HOUR, end: meeting.end + HOUR };
    let block =
        Block { extent: Extent::Instants(span), buffer_before: Millis(0), buffer_after: Millis(0), is_meeting: false };
    let said = scene.said(there(span.start, span.end));
    let busy = |busy: Busy| BusyTimes::from([(rep(), busy)]);
    let unreachable = NoteEntry { busy: busy(Busy::Unreachable), ..said.clone() };
    assert_eq!((scene.notes(&unreachable), scene.waiting()), (EntryNoted::Nothing, None));
    let taken = NoteEntry { busy: busy(Busy::Known(vec![(None, block)])), ..said.clone() };
    assert_eq!(scene.notes(&taken), EntryNoted::Waits);
    assert_eq!(scene.waiting().map(|change| change.why), Some(EntryWaits::Taken));
    assert_eq!(scene.meeting().start, meeting.start);
    // The event itself, where it is now, is no other appointment.
    let mut scene = Scene::open();
    let own = vec![(Some(meeting.uid()), block)];
    let said = NoteEntry { busy: busy(Busy::Known(own)), ..scene.said(there(span.start, span.end)) };
    assert_eq!(scene.notes(&said), EntryNoted::Applied);
}

#[test]
fn another_meeting_is_not_booked_over() {
    let mut scene = Scene::open();
    scene.office.books(2, 1, 0);
    scene.deliver();
    let (other, meeting) = (scene.office.meetings().into_iter().find(|other| other.id != scene.id), scene.meeting());
    let by = other.expect("booked").start - meeting.start;
    assert_eq!(scene.moves(by), EntryNoted::Waits);
    assert_eq!(scene.waiting().map(|change| change.why), Some(EntryWaits::Taken));
    assert_eq!(scene.notified(), [rep()]);
    assert_eq!(scene.deliver(), [], "the lead hears nothing of it");
    let reserved = scene.office.read(|view| view.reserved(scene.id).expect("read"));
    assert_eq!(reserved.iter().map(|one| one.start).collect::<Vec<_>>(), [meeting.start]);
    scene.passes(HOUR);
    assert_eq!((scene.moves(by), scene.notified()), (EntryNoted::Nothing, vec![]), "it is said once");
    // Put back by hand, it is as it was.
    let said = scene.said(there(meeting.start, meeting.end));
    assert_eq!((scene.notes(&said), scene.waiting()), (EntryNoted::Nothing, None));
}

#[test]
fn a_change_by_another_participant_waits_for_the_owner() {
    let mut scene = Scene::open();
    let bo: RepId = invite(&scene.office.story, "bo@us.example");
    scene.office.is_always_available(bo);
    connects(&scene.office, THEIRS, bo, super::CALENDAR);
    let mut meeting = scene.meeting();
    meeting.details.reps.push(bo);
    scene.office.story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.save_meeting(&meeting)).expect("stored");
    });
    scene.writes(THEIRS, bo);
    let said = NoteEntry { account: THEIRS, ..scene.said(EntryFound::Gone) };
    assert_eq!(scene.notes(&said), EntryNoted::Waits);
    let change = scene.entry(THEIRS).and_then(|entry| entry.change);
    assert_eq!(change.map(|change| (change.moved, change.why)), Some((None, EntryWaits::OtherMember)));
    let mut notified = scene.notified();
    notified.sort();
    assert_eq!(notified, [bo, rep()], "both");
    // A change of the meeting by its owner ends that, in all calendars.
    assert_eq!(scene.moves(HOUR), EntryNoted::Applied);
    assert_eq!(scene.entry(THEIRS).and_then(|entry| entry.change), None);
    assert_eq!(scene.meeting().details.reps, [rep(), bo]);
}

#[test]
fn the_answer_of_the_lead_as_a_guest_is_shown_until_it_is_another_one() {
    let mut scene = Scene::set(CalendarChanges::Ignore);
    let before = scene.meeting();
    for (declined, expected) in [
        (vec!["cat@second.example"], false),
        (vec!["cat@second.example", "ANN@first.example"], true),
        (vec!["ann@first.example"], true),
        (vec![], false),
    ] {
        let declined: Vec<String> = declined.into_iter().map(str::to_owned).collect();
        let (start, end) = (before.start, before.end);
        let said = scene.said(EntryFound::There(EntryThere { start, end, declined, ..EntryThere::default() }));
        assert_eq!(scene.notes(&said), EntryNoted::Nothing);
        assert_eq!(scene.entry(MINE).map(|entry| entry.is_declined), Some(expected));
    }
    assert_eq!(scene.meeting(), before, "and nothing else has changed");
}

#[test]
fn a_meeting_of_a_merged_lead_is_followed_as_before() {
    let mut scene = Scene::open();
    scene.office.books(2, 1, 0);
    let lead = |scene: &Scene, email: &str| {
        let email = Email::parse(email).expect("an address");
        scene.office.read(|view| view.lead_by_email(&email).expect("read").expect("known").id)
    };
    let (stays, goes) = (lead(&scene, EMAILS[1]), lead(&scene, EMAILS[0]));
    let (id, now, fresh) = (scene.office.story.signal_id(), scene.office.story.now, AccountId::new([4; 16]));
    scene.office.story.change(MergeContacts { stays, goes, id, member: Some(rep()), now, fresh });
    assert_eq!(scene.meeting().lead, stays);
    assert_eq!(scene.deletes(), EntryNoted::Applied);
    let facts = scene.office.read(|view| view.meeting_facts(stays).expect("read"));
    assert!(facts.iter().any(|fact| matches!(fact.what, Event::Cancelled { .. })), "{facts:?}");
}
