//! The meetings of a day or a week, in the reader's local time.

use futures_util::FutureExt;
use knock_wire::MeetingRow;
use leptos::prelude::*;
use std::ops::Range;

use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::kit::single::Single;
use crate::parts::page::loaded::Loaded;
use crate::state::meetings::day_layout::{Placed, hours_of, minutes_on, placed};
use crate::state::meetings::{MeetingsQuery, keep_fresh};
use crate::state::session::use_session;
use crate::words::instant::{date_label, days_label, time_of_day, weekday_label};
use crate::words::meeting::{MeetingView, Standing, standing};

/// A column for each day, a block for each meeting; on narrow screens a list by day.
#[component]
pub(crate) fn MeetingCalendar(
    /// The query of the address.
    asked: Memo<MeetingsQuery>,
) -> impl IntoView {
    let (session, clock) = (use_session(), use_clock());
    let today = memo(move || browser::local(clock.now()).day);
    let found = Single::new(move || {
        let (client, asked, today) = (session.client(), asked.get_untracked(), today.get_untracked());
        async move {
            let rows = asked.clone().on_days(client, today).await?;
            Ok((asked, rows))
        }
        .boxed_local()
    });
    let is_shown = move |lead| {
        found
            .value
            .with_untracked(|found| found.as_ref().is_some_and(|(_, rows)| rows.iter().any(|row| row.lead == lead)))
    };
    keep_fresh(true, is_shown, move || found.load());
    effect(move || {
        asked.track();
        today.track();
        found.load();
    });
    // A reload of the same meetings causes no redraw: the focus stays in place.
    let shown = memo(move || found.value.get());
    view! {
        <Tools asked today />
        <Loaded phase=found.phase retry=move |()| found.load()>
            {dynamic(move || shown.get().map(|(asked, rows)| columns(&asked, rows, today.get())))}
        </Loaded>
    }
}

/// The shown days, with links to others.
#[component]
fn Tools(asked: Memo<MeetingsQuery>, today: Memo<Day>) -> impl IntoView {
    let days = move || asked.with(|asked| asked.days(today.get()));
    let to = move |way: i64| {
        let (first, count) = days();
        MeetingsQuery { day: Some(first.plus(way * count)), ..asked.get() }.address()
    };
    let unit = move || asked.with(|asked| if asked.view == MeetingView::Week { " week" } else { " day" });
    let title = move || match days() {
        (first, 1) => date_label(first, today.get()),
        (first, count) => days_label(first, first.plus(count - 1)),
    };
    let day = move || (days().1 == 1).then(|| weekday_label(days().0));
    view! {
        <div class="calendar-tools">
            <a class="button" href=derived(move || to(-1))>"Previous" <span class="unseen">{dynamic(unit)}</span></a>
            <a class="button" href=derived(move || MeetingsQuery { day: None, ..asked.get() }.address())>"Today"</a>
            <a class="button" href=derived(move || to(1))>"Next" <span class="unseen">{dynamic(unit)}</span></a>
            <h2 class="calendar-title" aria-live="polite">
                {dynamic(title)}
                <span class="unseen">{day}</span>
            </h2>
        </div>
    }
}

fn columns(asked: &MeetingsQuery, rows: Vec<MeetingRow>, today: Day) -> AnyView {
    let (first, count) = asked.days(today);
    let of_day = |ahead: i64| {
        let day = first.plus(ahead);
        let on = |row: &MeetingRow| Some((minutes_on(day, row, browser::local)?, row.clone()));
        (day, rows.iter().filter_map(on).collect::<Vec<_>>())
    };
    let days: Vec<_> = (0..count).map(of_day).collect();
    let hours = hours_of(days.iter().flat_map(|(_, of_day)| of_day.iter().map(|(minutes, _)| minutes)));
    let labels = hours.clone().map(|hour| view! { <li>{format!("{hour:02}:00")}</li> }.into_any());
    let columns = days.into_iter().map(|(day, of_day)| column(day, today, &hours, of_day));
    view! {
        <div
            class="calendar"
            style:--columns=count.to_string()
            style:--lines=((hours.end - hours.start) * 4).to_string()
        >
            <ol class="calendar-hours" aria-hidden="true">
                {labels.collect::<Vec<_>>()}
            </ol>
            {columns.collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

fn column(day: Day, today: Day, hours: &Range<i64>, of_day: Vec<(Range<i64>, MeetingRow)>) -> AnyView {
    let id = format!("day-{}", day.iso());
    let labelled_by = id.clone();
    let current = if day == today { "date" } else { "false" };
    let is_empty = of_day.is_empty();
    let (minutes, rows): (Vec<_>, Vec<_>) = of_day.into_iter().unzip();
    let blocks = placed(&minutes, hours.start).into_iter().zip(rows).map(|(place, row)| block(place, row));
    view! {
        <section class="calendar-day" aria-labelledby=labelled_by>
            <h3 class="calendar-date" id=id aria-current=current>
                {weekday_label(day)}
            </h3>
            <p class="calendar-none" hidden=!is_empty>"No meetings"</p>
            <ol class="calendar-blocks">{blocks.collect::<Vec<_>>()}</ol>
        </section>
    }
    .into_any()
}

fn block(place: Placed, row: MeetingRow) -> AnyView {
    let clock = use_clock();
    let (start, end) = (browser::local(row.start_at), browser::local(row.end_at));
    let is_absent = standing(&row, clock.now_untracked()) == Standing::NoShow;
    let MeetingRow { id, name, email, title, owner_name, .. } = row;
    let name = if name.is_empty() { email } else { name };
    let times = format!("{} to {}", time_of_day(start), time_of_day(end));
    let whole = format!("{times}, {name}, {title}, {owner_name}");
    view! {
        <li
            class="calendar-block"
            style:--from=place.from.to_string()
            style:--to=place.to.to_string()
            style:--lane=place.lane.to_string()
        >
            <a class="calendar-link" href=format!("/app/meetings/{id}") title=whole>
                <span class="time">{times}</span>
                " "
                <strong><bdi>{name}</bdi></strong>
                " "
                <span class="calendar-owner"><bdi>{owner_name}</bdi></span>
                {is_absent.then(|| view! { <span>"No-show"</span> })}
            </a>
        </li>
    }
    .into_any()
}
