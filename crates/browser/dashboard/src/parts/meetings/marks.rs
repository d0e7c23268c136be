//! Badges beside the state of a meeting, from the calendars of its reps.

use knock_wire::MeetingRow;
use leptos::prelude::*;

use crate::kit::clock::use_clock;
use crate::kit::reactive::{dynamic, memo};
use crate::parts::page::badge::badge_class;
use crate::words::calendar_change::{change_mark, waiting};
use crate::words::chat::StatusTone;
use crate::words::meeting::{DECLINED, DECLINED_WHY};

/// Whether its lead declined it, and whether a change in a calendar waits; nothing for most meetings.
pub(super) fn marks(meeting: &MeetingRow) -> Option<AnyView> {
    let declined = meeting.is_declined.then(|| badge(DECLINED, DECLINED_WHY));
    let change = meeting.calendar_change.is_some().then(|| change_badge(meeting.clone()));
    (declined.is_some() || change.is_some()).then(|| view! { " " {declined} " " {change} }.into_any())
}

fn change_badge(meeting: MeetingRow) -> AnyView {
    let clock = use_clock();
    let words = memo(move || waiting(&meeting, clock.now()).map(change_mark));
    view! { {dynamic(move || words.get().map(|words| badge(words, "The meeting is as it was")))} }.into_any()
}

fn badge(words: &'static str, title: &'static str) -> AnyView {
    view! { <span class=badge_class(StatusTone::Attention) title=title>{words}</span> }.into_any()
}
