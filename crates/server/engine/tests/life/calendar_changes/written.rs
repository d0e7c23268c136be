//! What is known of written events, and what a watcher of calendars looks at.

use super::{CALENDAR, HOUR, MINE, Scene, THEIRS, connects};
use crate::audit::invite;
use crate::story::rep;
use knock_engine::commands::{DropCalendar, EntryNoted, NoteWritten, WatchedEntry, watched_entries};
use knock_model::{CalendarAccountId, CalendarChanges};
use knock_ports::EntryFound;

impl Scene {
    /// A delivery says that it wrote a version into a calendar, or removed the event.
    fn says(&self, account: CalendarAccountId, written: Option<(&str, u32)>) {
        let written = written.map(|(calendar, sequence)| (calendar.to_owned(), sequence));
        let (meeting, now) = (self.id, self.office.story.now);
        self.office.story.commit(NoteWritten { account, meeting, member: rep(), written, now });
    }

    fn known(&self) -> Vec<(CalendarAccountId, String, u32)> {
        let entries = self.meeting().details.entries.into_iter();
        entries.map(|entry| (entry.account, entry.calendar, entry.sequence)).collect()
    }

    fn watched(&self) -> Vec<(CalendarAccountId, WatchedEntry)> {
        let now = self.office.story.now;
        let watched = self.office.read(|view| watched_entries(view, now).expect("read"));
        watched.into_iter().flat_map(|(account, all)| all.into_iter().map(move |entry| (account, entry))).collect()
    }
}

#[test]
fn the_newest_version_that_was_written_is_known_and_the_meeting_stays_as_it_is() {
    let scene = Scene::open();
    let before = scene.meeting();
    let at = |calendar: &str, sequence| vec![(MINE, calendar.to_owned(), sequence)];
    for (written, expected) in [
        (Some((CALENDAR, 0)), at(CALENDAR, 0)),
        (Some((CALENDAR, 2)), at(CALENDAR, 2)),
        (Some((CALENDAR, 1)), at(CALENDAR, 2)),
        (Some(("other", 2)), at("other", 2)),
        (None, vec![]),
        (Some((CALENDAR, 0)), at(CALENDAR, 0)),
    ] {
        scene.says(MINE, written);
        assert_eq!(scene.known(), expected, "{written:?}");
    }
    assert_eq!(scene.meeting(), before);
    scene.says(THEIRS, Some((CALENDAR, 0)));
    assert_eq!(scene.known(), at(CALENDAR, 0), "there is no such account");
}

#[test]
fn a_change_is_forgotten_with_the_event_and_with_its_account() {
    let mut scene = Scene::set(CalendarChanges::Ask);
    assert_eq!(scene.deletes(), EntryNoted::Waits);
    scene.says(MINE, Some((CALENDAR, 0)));
    assert!(scene.waiting().is_some(), "the same version says nothing new");
    scene.says(MINE, Some((CALENDAR, 1)));
    assert_eq!(scene.waiting(), None);
    scene.says(MINE, None);
    scene.says(MINE, Some((CALENDAR, 0)));
    let said = scene.said(EntryFound::Gone);
    assert!(scene.office.story.change(DropCalendar { id: MINE, member: rep() }));
    assert_eq!(scene.notes(&said), EntryNoted::Nothing);
    scene.says(THEIRS, None);
    assert_eq!(scene.known(), []);
}

#[test]
fn a_watcher_looks_at_the_events_that_are_written_and_to_come() {
    let mut scene = Scene::open();
    let meeting = scene.meeting();
    let entry = WatchedEntry {
        meeting: meeting.id,
        calendar: CALENDAR.to_owned(),
        sequence: 0,
        start: meeting.start,
        end: meeting.end,
        is_known: true,
    };
    assert_eq!(scene.watched(), [(MINE, entry.clone())]);
    scene.says(MINE, None);
    let unknown = WatchedEntry { is_known: false, ..entry.clone() };
    assert_eq!(scene.watched(), [(MINE, unknown)], "written before such notes");
    scene.says(MINE, Some((CALENDAR, 0)));
    // An account that meetings are not written into, and one of a member who is not on the meeting.
    let bo = invite(&scene.office.story, "bo@us.example");
    connects(&scene.office, THEIRS, bo, CALENDAR);
    connects(&scene.office, CalendarAccountId::new([9; 16]), rep(), "");
    assert_eq!(scene.watched(), [(MINE, entry.clone())]);
    assert_eq!(scene.moves(HOUR), EntryNoted::Applied);
    assert_eq!(scene.watched(), [], "the new version is to be written");
    scene.writes(MINE, rep());
    let moved = WatchedEntry { sequence: 1, start: entry.start + HOUR, end: entry.end + HOUR, ..entry };
    assert_eq!(scene.watched(), [(MINE, moved)]);
    connects(&scene.office, MINE, rep(), "other");
    assert_eq!(scene.watched(), [], "it is to be written into another calendar");
    connects(&scene.office, MINE, rep(), CALENDAR);
    assert_eq!(scene.deletes(), EntryNoted::Applied);
    assert_eq!(scene.watched(), [], "it is cancelled");
}
