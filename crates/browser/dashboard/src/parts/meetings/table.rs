//! A list of meetings.

use knock_wire::MeetingRow;
use leptos::prelude::*;

use super::standing_badge::StandingBadge;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, memo};
use crate::kit::rows::Rows;
use crate::kit::{browser, zones};
use crate::parts::page::lines::Lines;
use crate::state::meetings::MeetingLine;
use crate::words::instant::{exact, iso};
use crate::words::meeting::{lead_time, origin, span_label};

/// Meetings, a line each.
#[component]
pub(crate) fn MeetingTable(rows: Rows<MeetingLine>) -> impl IntoView {
    view! {
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
                    <Lines of=derived(move || rows.drawn(|row| view! { <Line row /> }.into_any())) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(row: Signal<MeetingLine>) -> impl IntoView {
    move || match row.get() {
        MeetingLine::Meeting(meeting) => Some(line(meeting)),
        MeetingLine::Lead(_) => None,
    }
}

fn line(meeting: MeetingRow) -> AnyView {
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
    view! {
        <tr class="line">
            <td class="cell-main">
                <a class="line-link" href=format!("/app/meetings/{id}")>
                    <time datetime=iso(start_at) title=exact(start)>{span}</time>
                </a>
                {theirs.map(|theirs| view! { <span class="meeting-theirs">{theirs}</span> })}
            </td>
            <td data-label="Lead">
                <a class="link over" href=format!("/app/contacts/{lead}") title=email>
                    <bdi>{name}</bdi>
                </a>
            </td>
            <td data-label="Title"><bdi>{title}</bdi></td>
            <td data-label="Owner"><bdi>{owner_name}</bdi></td>
            <td data-label="State"><StandingBadge meeting /></td>
            <td data-label="Booked through"><bdi>{from}</bdi></td>
        </tr>
    }
    .into_any()
}
