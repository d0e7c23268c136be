//! What a rep changes in a calendar whose provider says nothing by itself; and servers that are killed meanwhile.

use super::vendors::{Desk, Vendor, is_cancelled, is_noted, mailed, row, starts};
use super::{ANN, MINUTE, connects, health, path_of, start};
use crate::mail::FROM;
use crate::meetings::{Office, TUESDAY_TEN};
use knock_model::MeetingId;
use knock_testing::{CalendarServer, MailServer, found};
use serde_json::{Value, json};

/// Tuesday at ten in Berlin, and at eleven.
const TEN: i64 = 1_780_387_200_000;
const ELEVEN: i64 = TEN + 60 * MINUTE;

struct Scene {
    office: Office,
    calendar: CalendarServer,
    mail: MailServer,
}

impl Scene {
    fn open() -> Scene {
        let (mail, calendar) = (MailServer::start(), CalendarServer::start());
        let office = Office::of(start(&[("KNOCK_SMTP_URL", &mail.url()), ("KNOCK_SMTP_FROM", FROM)]));
        connects(&office, &calendar, &calendar.calendar("work"));
        Scene { office, calendar, mail }
    }

    /// A booked meeting whose event is in the calendar, and known to be.
    fn books(&self) -> String {
        let booked = self.office.books(1, ANN, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        is_noted(&self.office, 0);
        booked.text("meeting")
    }

    /// The file of the event of a meeting.
    fn file(&self, meeting: &str) -> std::path::PathBuf {
        let is_it = |path: &std::path::PathBuf| {
            std::fs::read_to_string(path).is_ok_and(|event| event.contains(&format!("UID:{meeting}@knock")))
        };
        found("the file of the event", || self.calendar.files("work").into_iter().find(is_it))
    }

    /// Its owner moves the event by an hour.
    fn moves(&self, meeting: &str) {
        let file = self.file(meeting);
        let event = std::fs::read_to_string(&file).expect("the event");
        assert!(event.contains("T080000Z") && event.contains("T083000Z"), "{event}");
        let moved = event.replace("T080000Z", "T090000Z").replace("T083000Z", "T093000Z");
        std::fs::write(&file, moved).expect("a file");
    }

    fn deletes(&self, meeting: &str) {
        std::fs::remove_file(self.file(meeting)).expect("a file");
    }

    /// The next look at the calendar is due.
    fn waits(&self) {
        self.office.knock.advance(3 * MINUTE);
    }
}

#[test]
fn a_rep_moves_and_deletes_the_event_and_the_meeting_follows() {
    let scene = Scene::open();
    let meeting = scene.books();
    scene.moves(&meeting);
    scene.waits();
    starts(&scene.office, &meeting, ELEVEN);
    mailed(&scene.mail, "REQUEST", 1);
    is_noted(&scene.office, 1);
    scene.deletes(&meeting);
    scene.waits();
    is_cancelled(&scene.office, &meeting);
    mailed(&scene.mail, "CANCEL", 2);
}

#[test]
fn check_now_looks_at_the_calendar_at_once() {
    let scene = Scene::open();
    let meeting = scene.books();
    scene.moves(&meeting);
    let account = scene.office.admin.get(&scene.office.knock, super::OWN).body["accounts"][0].clone();
    let tested =
        scene.office.admin.ask(&scene.office.knock, "POST", &format!("{}/test", path_of(&account)), &json!(null));
    assert_eq!(tested.code, 200, "{}", tested.body);
    assert!(tested.body["health"]["read_at"].is_i64(), "{}", tested.body);
    assert_eq!(tested.body["health"]["pushed_until"], Value::Null, "it is looked at every few minutes");
    starts(&scene.office, &meeting, ELEVEN);
}

#[test]
fn what_the_team_changes_is_not_taken_for_the_change_of_a_rep() {
    let scene = Scene::open();
    scene.calendar.add("other");
    let meeting = scene.books();
    let account = scene.office.admin.get(&scene.office.knock, super::OWN).body["accounts"][0].clone();
    let test = format!("{}/test", path_of(&account));
    assert_eq!(scene.office.admin.ask(&scene.office.knock, "POST", &test, &json!(null)).code, 200, "it is found");
    // The event goes to another calendar, and out of all of them.
    for events_in in [scene.calendar.calendar("other"), String::new()] {
        let change = json!({"events_in": events_in});
        let changed = scene.office.admin.ask(&scene.office.knock, "PATCH", &path_of(&account), &change);
        assert_eq!(changed.code, 200, "{}", changed.body);
        found("nothing is to be written", || (health(&scene.office)["waiting"] == 0).then_some(()));
        scene.waits();
    }
    found("the event is in none", || {
        let events = [scene.calendar.events("work"), scene.calendar.events("other")].concat();
        events.is_empty().then_some(())
    });
    scene.waits();
    let row = row(&scene.office, &meeting);
    assert_eq!((&row["state"], &row["start_at"]), (&json!("booked"), &json!(TEN)), "{row}");
}

#[test]
fn a_server_that_was_killed_after_the_event_was_put_finds_what_its_owner_did_meanwhile() {
    let [google, _] = Vendor::all();
    let mut desk = Desk::open(google);
    // The event is made, and its answer is lost: so it is there, and not known to be.
    desk.vendor.control("POST", "faults", &json!({"on": "events.insert", "do": "lose_answer", "times": 1}));
    let meeting = desk.office.books(1, ANN, TUESDAY_TEN).text("meeting");
    found("the event", || desk.event(&meeting));
    desk.office.knock.kill();
    desk.moves(&meeting, ELEVEN);
    desk.office.knock = desk.office.knock.kill_and_restart();
    desk.advance(MINUTE);
    is_noted(&desk.office, 0);
    desk.advance(11 * MINUTE);
    starts(&desk.office, &meeting, ELEVEN);
    desk.mailed("REQUEST", 1);
}

#[test]
fn a_server_that_was_killed_after_the_change_was_noted_finishes_it_once() {
    for vendor in Vendor::all() {
        let mut desk = Desk::open(vendor);
        let meeting = desk.books();
        desk.moves(&meeting, ELEVEN);
        starts(&desk.office, &meeting, ELEVEN);
        desk.office.knock = desk.office.knock.kill_and_restart();
        desk.advance(MINUTE);
        desk.mailed("REQUEST", 1);
        desk.is_written(&meeting, 1);
        desk.advance(11 * MINUTE);
        let sequence = desk.office.knock.select("SELECT sequence FROM meetings");
        assert_eq!(sequence, ["Int(1)"], "it was moved once");
    }
}

#[test]
fn a_meeting_of_before_is_watched_once_its_event_is_found_in_place() {
    let mut scene = Scene::open();
    let meeting = scene.books();
    scene.office.knock.kill();
    // As a version stored it that did not note where events are.
    let id = MeetingId::parse(&meeting).expect("an id");
    let stored = scene.office.knock.store().write(&mut |ledger| {
        let mut stored = ledger.meeting(id)?.expect("booked");
        stored.details.entries.clear();
        ledger.save_meeting(&stored)
    });
    stored.expect("stored");
    scene.office.knock = scene.office.knock.kill_and_restart();
    is_noted(&scene.office, 0);
    scene.moves(&meeting);
    scene.waits();
    starts(&scene.office, &meeting, ELEVEN);
}
