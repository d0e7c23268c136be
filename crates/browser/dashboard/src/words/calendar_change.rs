//! What a rep did to the event of a meeting in their own calendar, in words.

use knock_model::Millis;
use knock_wire::{MeetingCalendarChange, MeetingRow};

use super::instant::{day_and_time, time_of_day};
use super::meeting::{Standing, standing};
use super::meeting_action::MeetingAction;
use crate::kit::civil::Civil;

/// The change that waits for an answer; none once the meeting has begun, which cannot be moved or cancelled then.
pub(crate) fn waiting(meeting: &MeetingRow, now: Millis) -> Option<&MeetingCalendarChange> {
    meeting.calendar_change.as_ref().filter(|_| standing(meeting, now) == Standing::Booked)
}

/// The change in a few words.
pub(crate) const fn change_mark(change: &MeetingCalendarChange) -> &'static str {
    if change.start_at.is_some() { "Moved in a calendar" } else { "Deleted in a calendar" }
}

/// `Bo moved the event in their calendar to Thu 12 Nov, 15:00 to 15:30.`
pub(crate) fn change_words(change: &MeetingCalendarChange, local: fn(Millis) -> Civil, now: Millis) -> String {
    let name = &change.member_name;
    let Some(start) = change.start_at.map(local) else {
        return format!("{name} deleted the event in their calendar.");
    };
    let end = change.end_at.map(local).map(|end| {
        let words = if end.day == start.day { time_of_day(end) } else { day_and_time(end, start.day) };
        format!(" to {words}")
    });
    let start = day_and_time(start, local(now).day);
    format!("{name} moved the event in their calendar to {start}{}.", end.unwrap_or_default())
}

/// The reason why the meeting did not follow; empty for one that only a newer server knows.
pub(crate) fn waits_words(change: &MeetingCalendarChange) -> &'static str {
    match &*change.reason {
        "asked" => "The meeting is as it was until you decide.",
        "taken" => "That time is not free, so the meeting was not moved.",
        "past" => "That time is over, so the meeting was not moved.",
        "other_member" => "It is the calendar of another participant: you decide.",
        "many" => "Several events of meetings went at once, so nothing was cancelled.",
        _ => "",
    }
}

/// The possible answers, and a line on their effect.
pub(crate) fn answers(change: &MeetingCalendarChange) -> (&'static [MeetingAction], &'static str) {
    match (&*change.reason, change.start_at) {
        ("taken" | "past", _) => (&[MeetingAction::PutBack], "To give the meeting another time, reschedule it."),
        (_, Some(_)) => (
            &[MeetingAction::FollowMove, MeetingAction::PutBack],
            "If the meeting is moved, the visitor is notified by e-mail, if mail is set up.",
        ),
        (_, None) => (
            &[MeetingAction::FollowDeletion, MeetingAction::PutBack],
            "If the meeting is cancelled, the visitor is notified by e-mail, if mail is set up.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn utc(at: Millis) -> Civil {
        civil(at, 0)
    }

    #[wasm_bindgen_test]
    fn a_change_is_said_with_its_time() {
        let meeting = sample::meeting();
        let moved = sample::calendar_change("asked");
        let words =
            |change: &MeetingCalendarChange, days| change_words(change, utc, meeting.start_at + Millis::days(days));
        assert_eq!(words(&moved, 0), "Bo moved the event in their calendar to Thu 4 Jun, 08:00 to 08:30.");
        assert_eq!(words(&moved, 2), "Bo moved the event in their calendar to today, 08:00 to 08:30.");
        let end_at = moved.end_at.map(|end| end + Millis::DAY);
        let long = MeetingCalendarChange { end_at, ..moved.clone() };
        assert_eq!(words(&long, 0), "Bo moved the event in their calendar to Thu 4 Jun, 08:00 to Fri 5 Jun, 08:30.");
        let deleted = MeetingCalendarChange { start_at: None, end_at: None, ..moved.clone() };
        assert_eq!(words(&deleted, 0), "Bo deleted the event in their calendar.");
        assert_eq!([&moved, &deleted].map(change_mark), ["Moved in a calendar", "Deleted in a calendar"]);
    }

    #[wasm_bindgen_test]
    fn a_time_that_cannot_be_taken_is_not_offered() {
        for (reason, is_offered) in
            [("asked", true), ("taken", false), ("past", false), ("other_member", true), ("many", true), ("new", true)]
        {
            let moved = sample::calendar_change(reason);
            let deleted = MeetingCalendarChange { start_at: None, end_at: None, ..moved.clone() };
            let of = |change| answers(change).0;
            assert_eq!(of(&moved).contains(&MeetingAction::FollowMove), is_offered, "{reason}");
            assert_eq!(of(&deleted).contains(&MeetingAction::FollowDeletion), is_offered, "{reason}");
            assert!(of(&moved).ends_with(&[MeetingAction::PutBack]), "{reason}");
            assert_eq!(waits_words(&moved).is_empty(), reason == "new", "{reason}");
        }
    }

    #[wasm_bindgen_test]
    fn a_change_waits_until_the_meeting_begins() {
        let mut meeting = sample::meeting();
        assert_eq!(waiting(&meeting, meeting.start_at - Millis(1)), None);
        let change = sample::calendar_change("asked");
        meeting.calendar_change = Some(change.clone());
        assert_eq!(waiting(&meeting, meeting.start_at - Millis(1)), Some(&change));
        assert_eq!(waiting(&meeting, meeting.start_at), None);
    }
}
