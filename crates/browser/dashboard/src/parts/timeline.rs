//! The Intent signals timeline: grouped by day, newest first, growing as signals come.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use super::{Empty, Entry, Icon, LoadMore, Loaded};
use crate::api::TimelineOf;
use crate::browser;
use crate::clock::use_clock;
use crate::paged::Paged;
use crate::rows::Row;
use crate::words::{Day, counted, day_label};

/// The timeline of a record.
#[component]
pub(crate) fn Timeline(
    /// Its entries.
    list: Paged<TimelineEntry>,
    /// Whose it is.
    of: TimelineOf,
    /// Older signals that are no longer kept one by one.
    #[prop(into)]
    summed_up: Signal<i64>,
) -> impl IntoView {
    let days = Memo::new(move |_| {
        let mut days: Vec<Day> = list.rows.all().iter().map(day).collect();
        days.dedup();
        days
    });
    view! {
        <section class="timeline" aria-labelledby="timeline">
            <h2 class="panel-title" id="timeline">"Intent signals timeline"</h2>
            <Loaded phase=list.phase retry=move |()| list.start()>
                <Show when=move || list.rows.is_empty() && summed_up.get() == 0>
                    <Empty title="No signals yet" icon=Icon::Live>
                        <p>"They appear here by themselves as soon as something is done."</p>
                    </Empty>
                </Show>
                <For each=move || days.get() key=|day| *day let:day>
                    <DayOf list of day />
                </For>
                <LoadMore list label="Load older" />
                <Show when=move || !list.has_more() && summed_up.get() != 0>
                    <p class="more muted">
                        {move || counted(summed_up.get(), "older signal")}
                        " no longer kept one by one, still in the score."
                    </p>
                </Show>
            </Loaded>
        </section>
    }
}

#[component]
fn DayOf(list: Paged<TimelineEntry>, of: TimelineOf, day: Day) -> impl IntoView {
    let clock = use_clock();
    let label = Memo::new(move |_| day_label(day, browser::local(clock.now()).day));
    let rows = move || {
        let mut rows = list.rows.all();
        rows.retain(|row| self::day(row) == day);
        rows
    };
    view! {
        <h3 class="day">{label}</h3>
        <ol class="entries">
            <For each=rows key=|row| row.key let:row>
                <Entry entry=row.value.into() of />
            </For>
        </ol>
    }
}

fn day(row: &Row<TimelineEntry>) -> Day {
    browser::local(row.value.with_untracked(|entry| entry.at)).day
}
