//! Dates in another time zone.

use knock_wire::TravelDates;
use leptos::prelude::*;

use super::day_ranges::error_lines;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::settings::availability::AvailabilityForm;
use crate::state::settings::other_hours::remove_at;

const ADD: &str = "add-travel";
/// The limit of the server.
const MOST: usize = 50;

/// The list of travel dates, and a button that adds some.
#[component]
pub(crate) fn TravelList(form: AvailabilityForm) -> impl IntoView {
    let travel = form.other.travel;
    let lines =
        move || travel.get().into_iter().enumerate().map(|(at, dates)| line(form, at, dates.into())).collect_view();
    let is_full = derived(move || travel.with(|travel| travel.len() >= MOST));
    let add = move |_| {
        let at = travel.with_untracked(Vec::len);
        form.other.add_travel(form.zone.get_untracked());
        focus_later(id(at));
    };
    view! {
        <div class="other-hours" role="group" aria-labelledby="travel">
            <h3 class="field-label" id="travel">"Travel"</h3>
            <p class="field-hint">"On these dates your hours are in the time zone where you are."</p>
            {dynamic(lines)}
            <button class="button" id=ADD type="button" prop:disabled=is_full on:click=handler(add)>
                "Add travel"
            </button>
        </div>
    }
}

fn id(at: usize) -> String {
    format!("travel-from-{at}")
}

fn line(form: AvailabilityForm, at: usize, dates: RwSignal<TravelDates>) -> AnyView {
    let number = at + 1;
    let date = move |id: Option<String>, what: &str, of: fn(&mut TravelDates) -> &mut String| {
        view! {
            <input
                class="input"
                type="date"
                required
                id=id
                aria-label=format!("Travel {number}, {what}")
                prop:value=value(dates, of)
                on:input:target=move |event| dates.update(|dates| *of(dates) = event.target().value())
            />
        }
        .into_any()
    };
    let remove = move |_| {
        remove_at(form.other.travel, at);
        focus_later(ADD.to_owned());
    };
    view! {
        <div class="travel-line" role="group" aria-label=format!("Travel {number}")>
            <div class="week-range">
                {date(Some(id(at)), "first day", |dates| &mut dates.from)} <span aria-hidden="true">"–"</span>
                {date(None, "last day", |dates| &mut dates.to)}
            </div>
            <input
                class="input"
                list="zones"
                autocomplete="off"
                aria-label=format!("Travel {number}, time zone")
                prop:value=value(dates, |dates| &mut dates.zone)
                on:input:target=move |event| dates.update(|dates| dates.zone = event.target().value())
            />
            <button class="button button-quiet" type="button" on:click=handler(remove)>
                "Remove travel"
                <span class="unseen">{format!(" {number}")}</span>
            </button>
            {error_lines(move || form.errors(&format!("travel/{at}")))}
        </div>
    }
    .into_any()
}

fn value(dates: RwSignal<TravelDates>, of: fn(&mut TravelDates) -> &mut String) -> Signal<String> {
    derived(move || dates.with(|dates| of(&mut dates.clone()).clone()))
}
