//! The meetings of a day or a week, in the reader's local time.

use futures_util::FutureExt;
use leptos::prelude::*;

use super::calendar_day::{DayShown, column};
use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::kit::single::Single;
use crate::parts::page::loaded::Loaded;
use crate::state::meetings::day_layout::hours_of;
use crate::state::meetings::schedule::Shown;
use crate::state::meetings::{MeetingsQuery, keep_fresh};
use crate::state::session::use_session;
use crate::words::instant::{date_label, days_label, weekday_label};

const MARKS: [(&str, &str); 3] =
    [("legend-working", "Working hours"), ("legend-busy", "Busy in your calendar"), ("legend-now", "Now")];

/// A column for each day, a block for each meeting; on narrow screens a list by day.
#[component]
pub(crate) fn MeetingCalendar(
    /// The query of the address.
    asked: Memo<MeetingsQuery>,
) -> impl IntoView {
    let (session, clock) = (use_session(), use_clock());
    let today = memo(move || browser::local(clock.now()).day);
    let found =
        Single::new(move || Shown::load(asked.get_untracked(), session.client(), today.get_untracked()).boxed_local());
    let is_shown = move |lead| {
        let is_of = |found: &Shown| found.meetings.iter().any(|row| row.lead == lead);
        found.value.with_untracked(|found| found.as_ref().is_some_and(is_of))
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
            {dynamic(move || shown.get().map(|shown| columns(shown, today.get())))}
        </Loaded>
    }
}

/// The shown days, with links to others.
#[component]
pub(super) fn Tools(asked: Memo<MeetingsQuery>, today: Memo<Day>) -> impl IntoView {
    let days = move || asked.with(|asked| asked.days(today.get()));
    let to = move |way: i64| {
        let (first, count) = days();
        MeetingsQuery { day: Some(first.plus(way * count)), ..asked.get() }.address()
    };
    let unit = move || if days().1 > 1 { " week" } else { " day" };
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

fn columns(shown: Shown, today: Day) -> AnyView {
    let Shown { asked, meetings, schedule } = shown;
    let is_unreachable = schedule.as_ref().is_some_and(|schedule| schedule.is_unreachable);
    let has_own = schedule.is_some();
    let schedule = schedule.unwrap_or_default();
    let (first, count) = asked.days(today);
    let days: Vec<DayShown> = (0..count).map(|ahead| DayShown::of(first.plus(ahead), &meetings, &schedule)).collect();
    let hours = hours_of(days.iter().flat_map(DayShown::shown_minutes));
    let labels = hours.clone().map(|hour| view! { <li>{format!("{hour:02}:00")}</li> }.into_any());
    let columns = days.into_iter().map(|day| column(day, today, &hours));
    view! {
        {is_unreachable.then(unreachable)}
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
        {has_own.then(|| legend(MARKS))}
    }
    .into_any()
}

fn unreachable() -> AnyView {
    view! {
        <p class="note">
            "Your calendar cannot be read. "
            <a class="link" href="/app/settings/calendars">"Settings > Calendars"</a>
        </p>
    }
    .into_any()
}

/// The classes of marks, and what they mean.
pub(super) fn legend(marks: [(&'static str, &'static str); 3]) -> AnyView {
    let mark = |(class, words): (&'static str, &'static str)| {
        view! {
            <li>
                <span class=class></span>
                {words}
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="calendar-legend" aria-hidden="true">
            {marks.map(mark).into_iter().collect::<Vec<_>>()}
        </ul>
    }
    .into_any()
}
