//! Meetings in words: times and states.

use std::ops::Range;

use knock_model::{MeetingState, Millis};
use knock_status::meeting::{Canceller, MeetingStatus};
use knock_wire::{MeetingFlowShown, MeetingRow, MeetingStatusWord, Word};

use super::chat::{StatusTone, place_of_chat};
use super::instant::{date_label, minutes_label, time_in_zone, time_of_day, weekday_label};
use super::span::until;
use crate::kit::civil::{Civil, civil};

/// The badge of a meeting that its lead declined, and its meaning.
pub(crate) const DECLINED: &str = "Declined";
pub(crate) const DECLINED_WHY: &str = "The lead declined it in a calendar of the team";

/// The phase of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// In the future.
    Booked,
    /// In progress.
    Now,
    /// Over, and no one has said whether it took place.
    Unanswered,
    /// It took place, as a member said.
    Held,
    Cancelled,
    /// The lead did not attend.
    NoShow,
    /// A state of a newer server.
    Unknown,
}

impl Standing {
    /// The state in a word or two, and its urgency.
    pub(crate) const fn words(self) -> (&'static str, StatusTone) {
        match self {
            Standing::Booked => ("Booked", StatusTone::Good),
            Standing::Now => ("Now", StatusTone::Attention),
            Standing::Unanswered => ("Took place?", StatusTone::Attention),
            Standing::Held => ("Took place", StatusTone::Open),
            Standing::Cancelled => ("Cancelled", StatusTone::Muted),
            Standing::NoShow => ("No-show", StatusTone::Muted),
            Standing::Unknown => ("Unknown", StatusTone::Muted),
        }
    }
}

/// The phase of a meeting at `now`.
pub(crate) fn standing(meeting: &MeetingRow, now: Millis) -> Standing {
    match meeting.state {
        Word::Known(MeetingState::Booked) if now < meeting.start_at => Standing::Booked,
        Word::Known(MeetingState::Booked) if now < meeting.end_at => Standing::Now,
        Word::Known(MeetingState::Booked) => Standing::Unanswered,
        Word::Known(MeetingState::Held) => Standing::Held,
        Word::Known(MeetingState::Cancelled) => Standing::Cancelled,
        Word::Known(MeetingState::NoShow) => Standing::NoShow,
        Word::Unknown(_) => Standing::Unknown,
    }
}

/// `Today, 10:00 to 10:30`.
pub(crate) fn span_label(start: Civil, end: Civil, now: Civil) -> String {
    format!("{}, {} to {}", date_label(start.day, now.day), time_of_day(start), time_of_day(end))
}

/// `Mon 1 June, 23:00 in America/Vancouver`: the lead's local time if it differs from the reader's, which is
/// `start`; `offset_minutes` is the offset of the lead.
pub(crate) fn lead_time(meeting: &MeetingRow, start: Civil, offset_minutes: Option<i64>) -> Option<String> {
    let theirs = civil(meeting.start_at, offset_minutes?);
    if theirs == start {
        return None;
    }
    Some(time_in_zone(theirs, start.day, &meeting.zone))
}

/// `For the lead: 15:00 in Europe/Paris`; `start` is the reader's local time, `offset_minutes` the offset of the lead.
pub(crate) fn for_lead(at: Millis, start: Civil, zone: &str, offset_minutes: Option<i64>) -> Option<String> {
    let theirs = civil(at, offset_minutes?);
    Some(format!("For the lead: {}", time_in_zone(theirs, start.day, zone)))
}

/// `Busy 13:00 to 14:00`: a busy time by its minutes of a day.
pub(crate) fn busy_words(minutes: &Range<i64>) -> String {
    if *minutes == (0..24 * 60) {
        return "Busy all day".to_owned();
    }
    format!("Busy {}", minutes_label(minutes))
}

/// Who entered a meeting, or by which link it was booked: a name and a value.
pub(crate) fn origin(meeting: &MeetingRow) -> (&'static str, String) {
    match &meeting.added_by {
        Some(name) => ("Added by", name.clone()),
        None => ("Booked through", place_of_chat(&meeting.link)),
    }
}

/// `Booked: Tue 2 June, 10:00`: the outcome of a booking card.
pub(crate) fn card_words(state: &str, start: Civil) -> String {
    let became = if state == MeetingState::Cancelled.as_str() { "Cancelled" } else { "Booked" };
    format!("{became}: {}, {}", weekday_label(start.day), time_of_day(start))
}

/// Who cancelled a meeting: a member by name, else the lead or the team; none for one that was not cancelled.
pub(crate) fn cancelled_by(meeting: &MeetingRow) -> Option<String> {
    let by = meeting.cancelled_by.as_ref()?;
    Some(match (&*meeting.cancelled_by_name, by.as_str()) {
        ("", by) if by == Canceller::Lead.as_str() => "the lead".to_owned(),
        ("", _) => "the team".to_owned(),
        (name, _) => name.to_owned(),
    })
}

/// The urgency of a Meeting Status for a member.
pub(crate) const fn meeting_tone(status: &MeetingStatusWord) -> StatusTone {
    match status {
        Word::Known(MeetingStatus::NotBooked) => StatusTone::Attention,
        Word::Known(MeetingStatus::Booked) => StatusTone::Good,
        Word::Known(MeetingStatus::New | MeetingStatus::SaveTheLead) => StatusTone::Open,
        Word::Known(MeetingStatus::Spam | MeetingStatus::Unqualified | MeetingStatus::Cancelled) | Word::Unknown(_) => {
            StatusTone::Muted
        }
    }
}

/// The reason of a lead's Meeting Status; empty for one that only a newer server knows.
pub(crate) const fn meeting_why(status: &MeetingStatusWord) -> &'static str {
    match status {
        Word::Known(MeetingStatus::New) => "The lead opened a booking page and has not booked yet.",
        Word::Known(MeetingStatus::SaveTheLead) => "The lead opened a booking page and did nothing for 3 hours.",
        Word::Known(MeetingStatus::Spam) => "The lead's address is fake or disposable.",
        Word::Known(MeetingStatus::Unqualified) => "The lead did not meet the criteria of the routing rule.",
        Word::Known(MeetingStatus::NotBooked) => "The lead met the criteria and left without booking.",
        Word::Known(MeetingStatus::Booked) => "The lead has a meeting.",
        Word::Known(MeetingStatus::Cancelled) => "The lead had a meeting, which was cancelled.",
        Word::Unknown(_) => "",
    }
}

/// `Changes in 25 min unless the lead books`; none without a next change.
pub(crate) fn status_change_words(flow: &MeetingFlowShown, now: Millis) -> Option<String> {
    Some(format!("Changes {} unless the lead goes on", until(flow.next_change_at?, now)))
}

/// The cause of a Meeting Status; an unknown word is shown as it is.
pub(crate) fn meeting_cause(cause: &str) -> &str {
    match cause {
        "link_clicked" => "The lead opened a booking page",
        "meeting_activity" => "The lead was active again",
        "email_submitted" => "The lead gave an address",
        "booking_abandoned" | "booking_dropoff" => "The lead left without booking",
        "meeting_booked" => "A meeting was booked",
        "meeting_rescheduled" => "The meeting was rescheduled",
        "meeting_cancelled" => "The meeting was cancelled",
        "spam_reversed" => "A member marked the lead as not spam",
        "save_the_lead" => "3 hours without activity of the lead",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_meeting_stands_where_the_clock_says() {
        let mut meeting = sample::meeting();
        let at = |minutes: i64| meeting_at(&sample::meeting(), minutes);
        assert_eq!([-1, 0, 29, 30].map(at), [Standing::Booked, Standing::Now, Standing::Now, Standing::Unanswered]);
        meeting.state = Word::Known(MeetingState::Held);
        assert_eq!(meeting_at(&meeting, 31), Standing::Held);
        meeting.state = Word::Known(MeetingState::NoShow);
        assert_eq!(meeting_at(&meeting, 31), Standing::NoShow);
        meeting.state = Word::parse("on_the_moon");
        assert_eq!(meeting_at(&meeting, 31), Standing::Unknown);
    }

    fn meeting_at(meeting: &MeetingRow, minutes: i64) -> Standing {
        standing(meeting, meeting.start_at + Millis(minutes * 60_000))
    }

    #[wasm_bindgen_test]
    fn the_time_of_the_lead_is_said_where_it_is_another() {
        let meeting = sample::meeting();
        let berlin = civil(meeting.start_at, 120);
        assert_eq!(lead_time(&meeting, berlin, Some(120)), None);
        assert_eq!(lead_time(&meeting, berlin, None), None);
        assert_eq!(lead_time(&meeting, berlin, Some(-420)).as_deref(), Some("01:00 in America/Vancouver"));
        let before = lead_time(&meeting, berlin, Some(-600));
        assert_eq!(before.as_deref(), Some("Mon 1 June, 22:00 in America/Vancouver"));
        let end = civil(meeting.end_at, 120);
        assert_eq!(span_label(berlin, end, berlin), "Today, 10:00 to 10:30");
        let words = for_lead(meeting.start_at, berlin, "Europe/London", Some(60));
        assert_eq!(words.as_deref(), Some("For the lead: 09:00 in Europe/London"));
        assert_eq!(for_lead(meeting.start_at, berlin, "Nowhere/Else", None), None);
        assert_eq!(card_words("booked", berlin), "Booked: Tue 2 June, 10:00");
        assert_eq!(card_words("cancelled", berlin), "Cancelled: Tue 2 June, 10:00");
    }

    #[wasm_bindgen_test]
    fn a_meeting_says_where_it_comes_from() {
        let mut meeting = sample::meeting();
        assert_eq!(origin(&meeting), ("Booked through", place_of_chat("Website")));
        meeting.added_by = Some("Bo".to_owned());
        assert_eq!(origin(&meeting), ("Added by", "Bo".to_owned()));
    }

    #[wasm_bindgen_test]
    fn a_busy_time_is_said_by_its_part_of_the_day() {
        for (minutes, expected) in
            [(780..840, "Busy 13:00 to 14:00"), (0..1_440, "Busy all day"), (1_380..1_440, "Busy 23:00 to 24:00")]
        {
            assert_eq!(busy_words(&minutes), expected);
        }
    }

    #[wasm_bindgen_test]
    fn who_cancelled_is_named() {
        let mut meeting = sample::meeting();
        assert_eq!(cancelled_by(&meeting), None);
        for (by, name, expected) in [("Lead", "", "the lead"), ("Rep", "Bo", "Bo"), ("Rep", "", "the team")] {
            (meeting.cancelled_by, meeting.cancelled_by_name) = (Some(by.to_owned()), name.to_owned());
            assert_eq!(cancelled_by(&meeting).as_deref(), Some(expected));
        }
    }
}
