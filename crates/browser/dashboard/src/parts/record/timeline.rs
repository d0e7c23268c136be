//! The timeline of a record: grouped by day, newest first, updated live.

use knock_model::TimelinePart;
use leptos::prelude::*;

use super::entry::Entry;
use super::event_line::event_line;
use crate::api::records::TimelineOf;
use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::{Drawn, Row};
use crate::parts::page::empty::Empty;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::records::record_feed::RecordFeed;
use crate::state::records::timeline_line::TimelineLine;
use crate::words::event::part_label;
use crate::words::instant::day_label;
use crate::words::number::counted;

/// The parts of the timeline of a contact, each with its button.
const PARTS: [Option<TimelinePart>; 4] =
    [None, Some(TimelinePart::Website), Some(TimelinePart::Conversation), Some(TimelinePart::Team)];

#[component]
pub(crate) fn Timeline<T: Clone + Send + Sync + 'static>(
    feed: RecordFeed<T>,
    of: TimelineOf,
    /// The number of older signals that are no longer stored individually.
    #[prop(into)]
    summed_up: Signal<i64>,
) -> impl IntoView {
    let list = feed.timeline;
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
            <h2 class="panel-title" id="timeline">"Timeline"</h2>
            {matches!(of, TimelineOf::Contact(_)).then(|| parts(feed))}
            <Loaded phase=list.phase retry=move |()| list.start()>
                <When is=derived(move || list.rows.is_empty() && summed_up.get() == 0)>
                    <Empty title="Nothing here yet" icon=Icon::Live>
                        <p>"What is new appears here automatically."</p>
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

fn parts<T: Clone + Send + Sync + 'static>(feed: RecordFeed<T>) -> AnyView {
    let button = move |part: Option<TimelinePart>| {
        let is_chosen = derived(move || (feed.part.get() == part).to_string());
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=is_chosen
                on:click=handler(move |_| feed.choose(part))
            >
                {part_label(part)}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tabs" role="group" aria-label="Part of the timeline">
            {PARTS.map(button).into_iter().collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

#[component]
fn DayOf(list: Paged<TimelineLine>, of: TimelineOf, day: Day) -> impl IntoView {
    let clock = use_clock();
    let label = memo(move || day_label(day, browser::local(clock.now()).day));
    let lines = move || {
        let rows = list.rows.all().into_iter().filter(|row| self::day(row) == day);
        rows.map(|row| row.drawn(move |line| shown(line, of))).collect::<Vec<_>>()
    };
    view! {
        <h3 class="day">{label}</h3>
        <ol class="entries">
            <Lines of=derived(lines) />
        </ol>
    }
}

/// A signal keeps its element and its open parts when it changes; an event is drawn anew.
fn shown(line: Signal<TimelineLine>, of: TimelineOf) -> AnyView {
    let first = line.with_untracked(|line| line.clone().signal());
    match first {
        Some(first) => {
            let entry = derived(move || line.get().signal().unwrap_or_else(|| first.clone()));
            view! { <Entry entry of /> }.into_any()
        }
        None => view! {
            {dynamic(move || line.with(|line| match line {
                TimelineLine::Event(event) => Some(event_line(event)),
                TimelineLine::Signal(_) => None,
            }))}
        }
        .into_any(),
    }
}

fn day(row: &Row<TimelineLine>) -> Day {
    browser::local(row.value.with_untracked(TimelineLine::at)).day
}
