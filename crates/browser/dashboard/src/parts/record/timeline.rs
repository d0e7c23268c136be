//! The Intent signals timeline: grouped by day, newest first, updated live.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use super::entry::Entry;
use crate::api::records::TimelineOf;
use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, memo};
use crate::kit::rows::{Drawn, Row};
use crate::parts::page::empty::Empty;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::words::instant::day_label;
use crate::words::number::counted;

#[component]
pub(crate) fn Timeline(
    list: Paged<TimelineEntry>,
    of: TimelineOf,
    /// The number of older signals that are no longer stored individually.
    #[prop(into)]
    summed_up: Signal<i64>,
) -> impl IntoView {
    let days = memo(move || {
        let mut days: Vec<Day> = list.rows.all().iter().map(day).collect();
        days.dedup();
        days
    });
    let drawn = move || {
        let draw = |day: Day| Drawn::new(day.number(), move || view! { <DayOf list of day /> }.into_any());
        days.get().into_iter().map(draw).collect::<Vec<_>>()
    };
    view! {
        <section class="timeline" aria-labelledby="timeline">
            <h2 class="panel-title" id="timeline">"Intent signals timeline"</h2>
            <Loaded phase=list.phase retry=move |()| list.start()>
                <When is=derived(move || list.rows.is_empty() && summed_up.get() == 0)>
                    <Empty title="No signals yet" icon=Icon::Live>
                        <p>"New signals appear here automatically."</p>
                    </Empty>
                </When>
                <Lines of=derived(drawn) />
                <LoadMore list label="Load older" />
                <When is=derived(move || !list.has_more() && summed_up.get() != 0)>
                    <p class="more muted">
                        {derived(move || counted(summed_up.get(), "older signal"))}
                        " no longer kept one by one, still in the score."
                    </p>
                </When>
            </Loaded>
        </section>
    }
}

#[component]
fn DayOf(list: Paged<TimelineEntry>, of: TimelineOf, day: Day) -> impl IntoView {
    let clock = use_clock();
    let label = memo(move || day_label(day, browser::local(clock.now()).day));
    let lines = move || {
        let rows = list.rows.all().into_iter().filter(|row| self::day(row) == day);
        rows.map(|row| row.drawn(move |entry| view! { <Entry entry of /> }.into_any())).collect::<Vec<_>>()
    };
    view! {
        <h3 class="day">{label}</h3>
        <ol class="entries">
            <Lines of=derived(lines) />
        </ol>
    }
}

fn day(row: &Row<TimelineEntry>) -> Day {
    browser::local(row.value.with_untracked(|entry| entry.at)).day
}
