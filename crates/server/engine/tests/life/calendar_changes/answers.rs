//! Answers to changes in calendars that wait: they become changes of the meeting, or the event is put back.

use super::{HOUR, MINE, Scene};
use crate::story::rep;
use knock_engine::commands::{BusyTimes, ChangeMeeting, Changed, EntryNoted, MeetingChange, TeamMeetingChange};
use knock_model::{CalendarChanges, MeetingState, Millis, Reason};
use knock_ports::MeetingNews;
use knock_status::meeting::Canceller;

impl Scene {
    /// The owner answers or changes the meeting.
    fn changes(&mut self, change: MeetingChange) -> Changed {
        let (meeting, id, now) = (self.id, self.office.story.signal_id(), self.office.story.now);
        let (by, member, busy) = (Canceller::Rep, Some(rep()), BusyTimes::new());
        self.office.story.change(TeamMeetingChange(ChangeMeeting { meeting, change, by, member, busy, id, now }))
    }

    fn said_in_the_log(&self) -> (String, String) {
        let logged = self.logged().expect("an entry");
        let word = |name: &str| logged.after.get(name).and_then(|word| word.as_str()).unwrap_or_default().to_owned();
        (word("what"), word("in"))
    }
}

#[test]
fn a_change_that_waits_is_applied_by_its_answer() {
    let mut scene = Scene::set(CalendarChanges::Ask);
    let before = scene.meeting();
    assert_eq!(scene.moves(HOUR), EntryNoted::Waits);
    assert_eq!(scene.notified(), [rep()], "the owner is asked");
    let applied = scene.changes(MeetingChange::ApplyCalendar);
    assert!(matches!(applied, Changed::Done(_)), "{applied:?}");
    let after = scene.meeting();
    assert_eq!((after.start, after.end), (before.start + HOUR, before.end + HOUR));
    assert_eq!((after.sequence, scene.waiting()), (1, None));
    assert_eq!(scene.said_in_the_log(), ("moved".into(), "calendar".into()));
    assert_eq!(scene.deliver().len(), 1, "the lead gets a mail");
    scene.writes(MINE, rep());
    assert_eq!(scene.deletes(), EntryNoted::Waits);
    let applied = scene.changes(MeetingChange::ApplyCalendar);
    assert!(matches!(applied, Changed::Done(_)), "{applied:?}");
    assert_eq!(scene.meeting().state, MeetingState::Cancelled);
    assert_eq!(scene.said_in_the_log(), ("cancelled".into(), "calendar".into()));
    let mails = scene.deliver();
    assert_eq!(mails.iter().map(|mail| mail.news).collect::<Vec<_>>(), [MeetingNews::Cancelled]);
}

#[test]
fn an_undone_change_is_written_back_with_a_higher_sequence_and_without_news() {
    let mut scene = Scene::set(CalendarChanges::Ask);
    let before = scene.meeting();
    let (writes, facts) =
        (scene.written(MINE), scene.office.read(|view| view.meeting_facts(before.lead)).expect("read"));
    assert_eq!(scene.deletes(), EntryNoted::Waits);
    assert_eq!(scene.written(MINE), writes, "nothing is written while it waits");
    let undone = scene.changes(MeetingChange::UndoCalendar);
    assert!(matches!(undone, Changed::Done(_)), "{undone:?}");
    let after = scene.meeting();
    assert_eq!((after.sequence, after.start, after.state), (1, before.start, MeetingState::Booked));
    assert_eq!(after.details.reminded_until, before.details.reminded_until);
    assert_eq!((scene.waiting(), scene.written(MINE)), (None, writes + 1));
    assert_eq!(scene.office.read(|view| view.meeting_facts(before.lead)).expect("read"), facts);
    assert_eq!(scene.deliver(), [], "no mail");
    assert_eq!(scene.said_in_the_log(), ("put_back".into(), "calendar".into()));
    assert_eq!(scene.deletes(), EntryNoted::Nothing, "until it is written, nothing is known of it");
    scene.writes(MINE, rep());
    assert_eq!(scene.deletes(), EntryNoted::Waits, "deleted once more");
}

#[test]
fn an_answer_needs_a_change_that_waits_and_can_be_made() {
    let mut scene = Scene::set(CalendarChanges::Ask);
    for answer in [MeetingChange::ApplyCalendar, MeetingChange::UndoCalendar] {
        assert!(matches!(scene.changes(answer), Changed::NoneWaits));
    }
    // Taken by another meeting meanwhile.
    scene.office.books(2, 1, 0);
    let (other, meeting) = (scene.office.meetings().into_iter().find(|other| other.id != scene.id), scene.meeting());
    assert_eq!(scene.moves(other.expect("booked").start - meeting.start), EntryNoted::Waits);
    assert!(matches!(scene.changes(MeetingChange::ApplyCalendar), Changed::Taken(_)));
    assert!(scene.waiting().is_some(), "it still waits");
    // The new time passes while it waits, and the meeting is still to come.
    let sooner = scene.office.story.now + Millis::MINUTE - meeting.start;
    assert_eq!(scene.moves(sooner), EntryNoted::Waits);
    scene.passes(Millis(2 * Millis::MINUTE.0));
    assert!(matches!(scene.changes(MeetingChange::ApplyCalendar), Changed::Past));
    assert!(matches!(scene.changes(MeetingChange::UndoCalendar), Changed::Done(_)));
    assert!(matches!(scene.changes(MeetingChange::UndoCalendar), Changed::NoneWaits), "once");
}

#[test]
fn any_other_change_of_the_meeting_ends_the_wait() {
    let reason = Reason::default();
    for (name, change) in [
        ("moved", MeetingChange::Move(Scene::open().meeting().start + Millis(5 * HOUR.0))),
        ("cancelled", MeetingChange::Cancel { reason }),
    ] {
        let mut scene = Scene::set(CalendarChanges::Ask);
        assert_eq!(scene.moves(HOUR), EntryNoted::Waits, "{name}");
        let changed = scene.changes(change);
        assert!(matches!(changed, Changed::Done(_)), "{name}: {changed:?}");
        assert_eq!(scene.waiting(), None, "{name}");
        assert_eq!(scene.said_in_the_log(), (name.into(), String::new()), "{name}");
    }
}

#[test]
fn a_wait_ends_where_the_setting_is_to_ignore_calendars() {
    let mut scene = Scene::set(CalendarChanges::Ask);
    assert_eq!(scene.deletes(), EntryNoted::Waits);
    scene.sets(CalendarChanges::Ignore);
    assert_eq!((scene.deletes(), scene.waiting()), (EntryNoted::Nothing, None));
    assert_eq!(scene.meeting().state, MeetingState::Booked);
}
