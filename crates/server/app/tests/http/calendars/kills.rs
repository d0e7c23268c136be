//! The life of a meeting whose server is killed at each of its steps.

use super::vendors::{Desk, Vendor, is_cancelled, starts};
use super::{ANN, MINUTE};
use crate::meetings::TUESDAY_TEN;
use knock_testing::eventually;
use serde_json::json;

/// Tuesday at eleven in Berlin, and at noon.
const ELEVEN: i64 = 1_780_387_200_000 + 60 * MINUTE;
const NOON: i64 = ELEVEN + 60 * MINUTE;

/// The server ends at once, whatever it is doing, and starts again; messages of before may have got lost.
fn restarted(mut desk: Desk) -> Desk {
    desk.office.knock = desk.office.knock.kill_and_restart();
    desk.advance(11 * MINUTE);
    desk
}

#[test]
fn mail_calendar_and_status_agree_after_a_kill_at_each_step() {
    for vendor in Vendor::all() {
        let desk = Desk::open(vendor);
        let booked = desk.office.books(1, ANN, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        let meeting = booked.text("meeting");
        let desk = restarted(desk);
        desk.is_written(&meeting, 0);
        // Mails about further changes would take the place of those that still wait.
        desk.mailed("REQUEST", 0);

        desk.moves(&meeting, ELEVEN);
        let desk = restarted(desk);
        starts(&desk.office, &meeting, ELEVEN);
        let desk = restarted(desk);
        desk.is_written(&meeting, 1);
        desk.mailed("REQUEST", 1);

        let path = format!("/api/v1/meetings/{meeting}");
        let moved = desk.office.admin.ask(&desk.office.knock, "PATCH", &path, &json!({"start_at": NOON}));
        assert_eq!(moved.code, 200, "{}", moved.body);
        let desk = restarted(desk);
        desk.is_written(&meeting, 2);
        desk.mailed("REQUEST", 2);
        starts(&desk.office, &meeting, NOON);

        desk.deletes(&meeting);
        let desk = restarted(desk);
        is_cancelled(&desk.office, &meeting);
        let desk = restarted(desk);
        desk.mailed("CANCEL", 3);
        // The mail waits for no calendar.
        eventually("nothing is left in the calendar", || desk.event(&meeting).is_none());
    }
}
