//! Meetings in reports.

use super::{ANN, CAT, all, check, total};
use crate::meetings::Office;
use knock_engine::commands::{BusyTimes, ChangeMeeting, MeetingChange};
use knock_ports::Meeting;
use knock_status::meeting::Canceller;

#[test]
fn only_a_change_of_the_time_makes_a_meeting_a_moved_one() {
    let mut office = Office::open();
    office.books(1, ANN, 0);
    office.books(2, CAT, 1);
    let [meeting, other] = [0, 1].map(|place| office.meetings().swap_remove(place));
    let start = office.start(3);
    change(&mut office, &meeting, MeetingChange::Move(start));
    // As if its calendar had made an address for it since.
    office.story.while_stopped(|store, _| {
        let later = Meeting { sequence: other.sequence + 1, ..other.clone() };
        store.write(&mut |ledger| ledger.save_meeting(&later)).expect("it is kept");
    });
    let numbers = |office: &Office| {
        ["meetings_booked", "moved", "meetings_held"].map(|metric| total(&office.story, "meetings", metric))
    };
    assert_eq!(numbers(&office), [Some(2.0), Some(1.0), Some(0.0)]);
    office.story.now = other.end;
    change(&mut office, &other, MeetingChange::Outcome(Some(true)));
    assert_eq!(numbers(&office), [Some(2.0), Some(1.0), Some(1.0)]);
    office.story.fire();
    check(&office.story);
    let before = all(&office.story);
    office.story.scratch.execute("UPDATE meeting_leads SET course = NULL;");
    assert_eq!(all(&office.story), before);
}

fn change(office: &mut Office, meeting: &Meeting, change: MeetingChange) {
    let (id, now) = (office.story.signal_id(), office.story.now);
    let (meeting, by, busy) = (meeting.id, Canceller::Rep, BusyTimes::new());
    office.story.commit(ChangeMeeting { meeting, change, by, member: None, busy, id, now });
}
