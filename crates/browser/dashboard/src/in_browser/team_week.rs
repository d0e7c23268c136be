//! Meetings > Team.

use knock_wire::{MemberSchedule, TeamSchedule};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::webhooks::ok;
use super::{Stage, settle};
use crate::api::Call;
use crate::kit::browser;
use crate::parts::meetings::team_week::TeamWeek;
use crate::sample;
use crate::state::meetings::MeetingsQuery;
use crate::words::meeting_view::MeetingView;

/// The week of the sample's meeting.
fn show(members: Vec<MemberSchedule>) -> Stage {
    let day = Some(browser::local(sample::meeting().start_at).day);
    Stage::show(ok(&TeamSchedule { members }), move || {
        let asked = Memo::new(move |_| MeetingsQuery { view: MeetingView::Team, owner: String::new(), day });
        view! { <TeamWeek asked /> }
    })
}

#[wasm_bindgen_test]
async fn a_member_has_a_line_with_meetings_that_lead_to_their_pages() {
    let stage = show(vec![sample::member_schedule()]);
    settle().await;
    let calls = stage.calls();
    let is_of_team = |call: &Call| call.path.starts_with("/api/v1/schedule/team?from=");
    assert!(!calls.is_empty() && calls.iter().all(is_of_team), "{calls:?}");
    assert_eq!((stage.all("thead th").len(), stage.all("tbody td").len()), (8, 7));
    let link = stage.find("td.is-chosen .calendar-link");
    let expected = format!("/app/meetings/{}", sample::meeting().id);
    assert_eq!(link.get_attribute("href"), Some(expected));
    assert!(link.text_content().unwrap_or_default().contains("Meeting with Knock"), "{}", stage.text());
    let day = stage.find("td.is-chosen").text_content().unwrap_or_default();
    assert!(day.contains("Works ") && day.contains("Busy "), "{day}");
    assert_eq!(stage.all(".team-days [aria-current=page]").len(), 1);
    assert!(!stage.has("tbody small"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_member_whose_busy_times_are_unknown_is_marked() {
    let empty =
        MemberSchedule { working: Vec::new(), busy: Vec::new(), meetings: Vec::new(), ..sample::member_schedule() };
    let without = MemberSchedule { has_calendar: false, ..empty.clone() };
    let unread = MemberSchedule { is_unreachable: true, ..empty };
    let stage = show(vec![without, unread]);
    settle().await;
    let marks: Vec<_> = stage.all("tbody small").iter().map(|mark| mark.inner_text()).collect();
    assert_eq!(marks, ["No calendar connected", "Calendar cannot be read"]);
    assert_eq!(stage.all("tbody .unseen").len(), 14, "no working hours on each day");
}
