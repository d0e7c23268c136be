//! A list of meetings.

use knock_model::MeetingId;
use knock_wire::MeetingRow;
use leptos::prelude::*;

use super::marks::marks;
use super::standing_badge::StandingBadge;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Rows;
use crate::kit::{browser, zones};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::lines::Lines;
use crate::state::inbox::notifications::use_notifications;
use crate::state::meetings::MeetingLine;
use crate::state::meetings::marking::{Marking, link_id};
use crate::words::instant::{exact, iso};
use crate::words::meeting::{Standing, lead_time, origin, span_label, standing};
use crate::words::meeting_action::MeetingAction;

/// Meetings, a line each.
#[component]
pub(crate) fn MeetingTable(rows: Rows<MeetingLine>) -> impl IntoView {
    let marking = Marking::new(rows);
    view! {
        <ActionFailure of=marking.failure />
        <p class="unseen" role="status">{marking.said}</p>
        <div class="table-region" role="region" aria-label="Meetings" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Time"</th>
                        <th scope="col">"Lead"</th>
                        <th scope="col">"Title"</th>
                        <th scope="col">"Owner"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Booked through"</th>
                    </tr>
                </thead>
                <tbody>
                    <Lines of=derived(move || rows.drawn(move |row| view! { <Line row marking /> }.into_any())) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: Signal<MeetingLine>, marking: Marking) -> impl IntoView {
    move || match row.get() {
        MeetingLine::Meeting(meeting) => Some(line(*meeting, marking)),
        MeetingLine::Lead(_) => None,
    }
}

fn line(meeting: MeetingRow, marking: Marking) -> AnyView {
    let clock = use_clock();
    let start = browser::local(meeting.start_at);
    let end = browser::local(meeting.end_at);
    let span = memo(move || span_label(start, end, browser::local(clock.now())));
    let theirs = lead_time(&meeting, start, zones::offset_minutes(&meeting.zone, meeting.start_at));
    let from = match origin(&meeting) {
        (_, link) if meeting.added_by.is_none() => link,
        (added, name) => format!("{added} {name}"),
    };
    let MeetingRow { id, lead, name, email, title, owner_name, start_at, .. } = meeting.clone();
    let name = if name.is_empty() { email.clone() } else { name };
    let who = name.clone();
    let asked_of = meeting.clone();
    let marks = marks(&meeting);
    let is_asked = memo(move || standing(&asked_of, clock.now()) == Standing::Unanswered);
    view! {
        <tr class="line">
            <td class="cell-main">
                <a class="line-link" id=link_id(id) href=format!("/app/meetings/{id}")>
                    <time datetime=iso(start_at) title=exact(start)>{span}</time>
                </a>
                {dynamic(move || use_notifications().is_fresh(id).then(|| view! { <span class="badge">"New"</span> }))}
                {theirs.map(|theirs| view! { <span class="meeting-theirs">{theirs}</span> })}
            </td>
            <td data-label="Lead">
                <a class="link over" href=format!("/app/contacts/{lead}") title=email>
                    <bdi>{name}</bdi>
                </a>
            </td>
            <td data-label="Title"><bdi>{title}</bdi></td>
            <td data-label="Owner"><bdi>{owner_name}</bdi></td>
            <td data-label="State"><StandingBadge meeting />{marks} {dynamic(move || is_asked.get().then(|| outcomes(id, &who, marking)))}</td>
            <td data-label="Booked through"><bdi>{from}</bdi></td>
        </tr>
    }
    .into_any()
}

/// Buttons for the outcome of a meeting that is over.
fn outcomes(id: MeetingId, who: &str, marking: Marking) -> AnyView {
    let button = |action: MeetingAction| {
        view! {
            <button
                class="button button-quiet"
                type="button"
                prop:disabled=marking.is_busy
                on:click=handler(move |_| marking.mark(id, action))
            >
                {action.label()}
                <span class="unseen">{format!(", meeting with {who}")}</span>
            </button>
        }
        .into_any()
    };
    let buttons = [MeetingAction::TookPlace, MeetingAction::NoShow].map(button);
    view! { <span class="meeting-outcomes">{Vec::from(buttons)}</span> }.into_any()
}
