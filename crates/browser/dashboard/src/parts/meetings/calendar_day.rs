//! One day of the calendar: meetings, the reader's hours and busy times, and the line of now.

use knock_wire::{MeetingRow, Schedule, TimeSpan};
use leptos::prelude::*;
use std::ops::Range;

use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{dynamic, memo};
use crate::state::meetings::day_layout::{Placed, clipped, line_at, minutes_on, placed, span_on};
use crate::words::calendar_change::{change_mark, waiting};
use crate::words::instant::{time_of_day, weekday_label};
use crate::words::meeting::{DECLINED, Standing, busy_words, standing};

/// What a day shows, in minutes of the day.
pub(super) struct DayShown {
    day: Day,
    meetings: Vec<(Range<i64>, MeetingRow)>,
    working: Vec<Range<i64>>,
    busy: Vec<Range<i64>>,
}

impl DayShown {
    pub(super) fn of(day: Day, meetings: &[MeetingRow], schedule: &Schedule) -> DayShown {
        let on = |row: &MeetingRow| Some((minutes_on(day, row, browser::local)?, row.clone()));
        let span = |span: &TimeSpan| span_on(day, (span.from, span.to), browser::local);
        DayShown {
            day,
            meetings: meetings.iter().filter_map(on).collect(),
            working: schedule.working.iter().filter_map(span).collect(),
            busy: schedule.busy.iter().filter_map(span).collect(),
        }
    }

    /// The minutes that must be in sight: busy times outside of them are cut off.
    pub(super) fn shown_minutes(&self) -> impl Iterator<Item = &Range<i64>> {
        self.meetings.iter().map(|(minutes, _)| minutes).chain(&self.working)
    }
}

pub(super) fn column(shown: DayShown, today: Day, hours: &Range<i64>) -> AnyView {
    let DayShown { day, meetings, working, busy } = shown;
    let id = format!("day-{}", day.iso());
    let labelled_by = id.clone();
    let current = if day == today { "date" } else { "false" };
    let is_empty = meetings.is_empty();
    let (minutes, rows): (Vec<_>, Vec<_>) = meetings.into_iter().unzip();
    let blocks = placed(&minutes, hours.start).into_iter().zip(rows).map(|(place, row)| block(place, row));
    let working = working.iter().filter_map(|minutes| clipped(minutes, hours)).map(shade);
    let busy: Vec<_> = busy.iter().filter_map(|minutes| taken(minutes, hours)).collect();
    let now = (day == today).then(|| now_line(today, hours.clone()));
    view! {
        <section class="calendar-day" aria-labelledby=labelled_by>
            <h3 class="calendar-date" id=id aria-current=current>
                {weekday_label(day)}
            </h3>
            <p class="calendar-none" hidden=!is_empty>"No meetings"</p>
            <div class="calendar-column">
                {working.collect::<Vec<_>>()}
                {(!busy.is_empty()).then(|| view! { <ul class="calendar-busy-times">{busy}</ul> })}
                <ol class="calendar-blocks">{blocks.collect::<Vec<_>>()}</ol>
                {now}
            </div>
        </section>
    }
    .into_any()
}

/// The ground of working hours.
fn shade((from, length): (i64, i64)) -> AnyView {
    view! {
        <div
            class="calendar-working"
            aria-hidden="true"
            style:--from=from.to_string()
            style:--length=length.to_string()
        ></div>
    }
    .into_any()
}

/// A busy time of the reader's calendar; nothing outside of the shown hours.
fn taken(minutes: &Range<i64>, hours: &Range<i64>) -> Option<AnyView> {
    let (from, length) = clipped(minutes, hours)?;
    let words = busy_words(minutes);
    let title = words.clone();
    Some(
        view! {
            <li
                class="calendar-busy"
                title=title
                style:--from=from.to_string()
                style:--length=length.to_string()
            >
                {words}
            </li>
        }
        .into_any(),
    )
}

/// The line of now in today's column; it moves with the clock.
fn now_line(today: Day, hours: Range<i64>) -> AnyView {
    let clock = use_clock();
    let at = memo(move || {
        let now = browser::local(clock.now());
        (now.day == today).then(|| line_at(now.minute_of_day(), &hours)).flatten()
    });
    let line = move || {
        at.get().map(|at| view! { <div class="calendar-now" aria-hidden="true" style:--at=at.to_string()></div> })
    };
    view! { {dynamic(line)} }.into_any()
}

fn block(place: Placed, row: MeetingRow) -> AnyView {
    let clock = use_clock();
    let (start, end) = (browser::local(row.start_at), browser::local(row.end_at));
    let now = clock.now_untracked();
    let is_absent = standing(&row, now) == Standing::NoShow;
    let change = waiting(&row, now).map(change_mark);
    let marks = [is_absent.then_some("No-show"), row.is_declined.then_some(DECLINED), change];
    let class = if change.is_some() { "calendar-link calendar-waits" } else { "calendar-link" };
    let MeetingRow { id, name, email, title, owner_name, .. } = row;
    let name = if name.is_empty() { email } else { name };
    let times = format!("{} to {}", time_of_day(start), time_of_day(end));
    let mut whole = format!("{times}, {name}, {title}, {owner_name}");
    for mark in marks.into_iter().flatten() {
        whole.push_str(", ");
        whole.push_str(mark);
    }
    let marks: Vec<_> = marks.into_iter().flatten().map(|mark| view! { <span>{mark}</span> }.into_any()).collect();
    view! {
        <li
            class="calendar-block"
            style:--from=place.from.to_string()
            style:--to=place.to.to_string()
            style:--lane=place.lane.to_string()
        >
            <a class=class href=format!("/app/meetings/{id}") title=whole>
                <span class="time">{times}</span>
                " "
                <strong><bdi>{name}</bdi></strong>
                " "
                <span class="calendar-owner"><bdi>{owner_name}</bdi></span>
                {marks}
            </a>
        </li>
    }
    .into_any()
}
