//! A week of the team in the reader's local time: a line for each member, a column for each day.

use std::ops::Range;

use futures_util::FutureExt;
use knock_wire::{MemberSchedule, TeamMeeting};
use leptos::prelude::*;

use super::calendar::{Tools, legend};
use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::kit::single::Single;
use crate::parts::page::loaded::Loaded;
use crate::state::meetings::day_layout::{clipped, hours_of};
use crate::state::meetings::team::{MemberDay, TeamShown};
use crate::state::meetings::{MeetingsQuery, keep_fresh};
use crate::state::session::use_session;
use crate::words::instant::{minutes_label, weekday_label};
use crate::words::meeting::busy_words;
use crate::words::team_week::{PRIVATE, unknown_busy, working_words};

/// Working hours, busy times and meetings of all members; on narrow screens a card for each, with the chosen day.
#[component]
pub(crate) fn TeamWeek(
    /// The query of the address.
    asked: Memo<MeetingsQuery>,
) -> impl IntoView {
    let (session, clock) = (use_session(), use_clock());
    let today = memo(move || browser::local(clock.now()).day);
    let found = Single::new(move || {
        TeamShown::load(asked.get_untracked(), session.client(), today.get_untracked()).boxed_local()
    });
    keep_fresh(true, |_| false, move || found.load());
    effect(move || {
        asked.track();
        today.track();
        found.load();
    });
    // A reload of the same times causes no redraw: the focus stays in place.
    let shown = memo(move || found.value.get());
    view! {
        <Tools asked today />
        <Days asked today />
        <Loaded phase=found.phase retry=move |()| found.load()>
            {dynamic(move || shown.get().map(|shown| table(shown, today.get())))}
        </Loaded>
    }
}

/// The days of the shown week, of which narrow screens show one.
#[component]
fn Days(asked: Memo<MeetingsQuery>, today: Memo<Day>) -> impl IntoView {
    let day = move |ahead: i64| asked.with(|asked| asked.days(today.get()).0.plus(ahead));
    let is_chosen = move |ahead: i64| asked.with(|asked| asked.day).unwrap_or_else(|| today.get()) == day(ahead);
    let link = move |ahead: i64| {
        view! {
            <a
                class="settings-link"
                href=derived(move || MeetingsQuery { day: Some(day(ahead)), ..asked.get() }.address())
                aria-current=derived(move || if is_chosen(ahead) { "page" } else { "false" })
            >
                {dynamic(move || weekday_label(day(ahead)))}
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="settings-nav team-days" aria-label="Days of the week">
            {(0..7).map(link).collect::<Vec<_>>()}
        </nav>
    }
}

fn table(shown: TeamShown, today: Day) -> AnyView {
    let TeamShown { asked, members } = shown;
    let (first, count) = asked.days(today);
    let chosen = asked.day.unwrap_or(today);
    let with_days = |member: MemberSchedule| {
        let days = (0..count).map(|ahead| MemberDay::of(first.plus(ahead), &member, browser::local));
        let days: Vec<MemberDay> = days.collect();
        (member, days)
    };
    let lines: Vec<_> = members.into_iter().map(with_days).collect();
    let hours = hours_of(lines.iter().flat_map(|(_, days)| days).flat_map(MemberDay::shown_minutes));
    let lines = lines.into_iter().map(|(member, days)| line(member, days, &hours, chosen));
    let heads = (0..count).map(|ahead| head(first.plus(ahead), today));
    let marks =
        [("team-working", "Working hours"), ("team-busy", "Busy in a connected calendar"), ("team-meeting", "Meeting")];
    view! {
        <div class="table-region" role="region" aria-label="Time of the team" tabindex="0">
            <table class="table team-week">
                <thead>
                    <tr>
                        <th scope="col">"Member"</th>
                        {heads.collect::<Vec<_>>()}
                    </tr>
                </thead>
                <tbody>{lines.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
        {legend(marks)}
        <p class="muted">{PRIVATE}</p>
    }
    .into_any()
}

fn head(day: Day, today: Day) -> AnyView {
    let current = if day == today { "date" } else { "false" };
    view! { <th scope="col" aria-current=current>{weekday_label(day)}</th> }.into_any()
}

fn line(member: MemberSchedule, days: Vec<MemberDay>, hours: &Range<i64>, chosen: Day) -> AnyView {
    let unknown = unknown_busy(&member);
    let cells = days.into_iter().map(|day| cell(day, hours, chosen));
    view! {
        <tr>
            <th scope="row">
                <bdi>{member.name}</bdi>
                {unknown.map(|words| view! { <small>{words}</small> })}
            </th>
            {cells.collect::<Vec<_>>()}
        </tr>
    }
    .into_any()
}

/// A day of a member: a bar of its hours, and the same in words. Screen readers and narrow screens have all of them,
/// wide screens those of meetings.
fn cell(shown: MemberDay, hours: &Range<i64>, chosen: Day) -> AnyView {
    let MemberDay { day, working, busy, meetings } = shown;
    let is_chosen = day == chosen;
    let taken = meetings.iter().map(|(minutes, _)| minutes);
    let bars = working
        .iter()
        .map(|minutes| ("team-working", minutes))
        .chain(busy.iter().map(|minutes| ("team-busy", minutes)))
        .chain(taken.map(|minutes| ("team-meeting", minutes)))
        .filter_map(|(class, minutes)| Some(bar(class, clipped(minutes, hours)?)));
    let bars: Vec<AnyView> = bars.collect();
    let quiet = std::iter::once(working_words(&working)).chain(busy.iter().map(busy_words));
    let quiet = quiet.map(|words| view! { <li class="unseen">{words}</li> }.into_any());
    let links = meetings.into_iter().map(|(minutes, meeting)| link(&minutes, meeting));
    view! {
        <td class:is-chosen=is_chosen>
            <div class="team-bar" aria-hidden="true" style:--all=((hours.end - hours.start) * 60).to_string()>
                {bars}
            </div>
            <ul>{quiet.chain(links).collect::<Vec<_>>()}</ul>
        </td>
    }
    .into_any()
}

fn bar(class: &'static str, (from, length): (i64, i64)) -> AnyView {
    view! { <i class=class style:--from=from.to_string() style:--length=length.to_string()></i> }.into_any()
}

fn link(minutes: &Range<i64>, meeting: TeamMeeting) -> AnyView {
    let TeamMeeting { id, title, .. } = meeting;
    let times = minutes_label(minutes);
    let whole = format!("{times}, {title}");
    view! {
        <li>
            <a class="calendar-link" href=format!("/app/meetings/{id}") title=whole>
                <span class="time">{times}</span>
                " "
                <bdi>{title}</bdi>
            </a>
        </li>
    }
    .into_any()
}
