//! Dates with other hours than their weekday.

use leptos::prelude::*;

use super::day_ranges::{day_ranges, error_lines};
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::settings::availability::{AvailabilityForm, add_range};
use crate::state::settings::other_hours::{OtherDate, remove_at};

const ADD: &str = "add-date";
/// The limit of the server.
const MOST: usize = 400;

/// The list of dates, and a button that adds one.
#[component]
pub(crate) fn OtherDates(form: AvailabilityForm) -> impl IntoView {
    let dates = form.other.dates;
    let lines = move || dates.get().into_iter().enumerate().map(|(at, date)| line(form, at, date)).collect_view();
    let is_full = derived(move || dates.with(|dates| dates.len() >= MOST));
    let add = move |_| {
        let at = dates.with_untracked(Vec::len);
        form.other.add_date();
        focus_later(id(at));
    };
    view! {
        <div class="other-hours" role="group" aria-labelledby="other-dates">
            <h3 class="field-label" id="other-dates">"Dates with other hours"</h3>
            <p class="field-hint">
                "In place of the hours of the weekday, also on a public holiday. A date without hours is free."
            </p>
            {dynamic(lines)}
            <button class="button" id=ADD type="button" prop:disabled=is_full on:click=handler(add)>
                "Add a date"
            </button>
        </div>
    }
}

fn id(at: usize) -> String {
    format!("other-date-{at}")
}

fn line(form: AvailabilityForm, at: usize, other: OtherDate) -> AnyView {
    let name = format!("Date {}", at + 1);
    let (date, ranges) = (RwSignal::from(other.date), RwSignal::from(other.ranges));
    let remove = move |_| {
        remove_at(form.other.dates, at);
        focus_later(ADD.to_owned());
    };
    view! {
        <div class="week-day" role="group" aria-label=name.clone()>
            <input
                class="input"
                type="date"
                required
                id=id(at)
                aria-label=name.clone()
                prop:value=date
                on:input:target=move |event| date.set(event.target().value())
            />
            <div class="week-ranges">
                {day_ranges(name.clone(), ranges)} {error_lines(move || form.errors(&format!("overrides/{at}")))}
            </div>
            <div class="other-actions">
                <button class="button button-quiet" type="button" on:click=handler(move |_| add_range(ranges))>
                    "Add hours"
                    <span class="unseen">{format!(" on date {}", at + 1)}</span>
                </button>
                <button class="button button-quiet" type="button" on:click=handler(remove)>
                    "Remove date"
                    <span class="unseen">{format!(" {}", at + 1)}</span>
                </button>
            </div>
        </div>
    }
    .into_any()
}
