//! Fields of local times: a time of day, days of the week, and a time zone.

use knock_workflow::Weekday;
use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::kit::zones::time_zones;
use crate::parts::rules::controls::{fixed, tick};
use crate::parts::table::condition_line::option;
use crate::words::workflows::times::DAYS;

/// The id of the names of zones that all such fields share.
const ZONES: &str = "flow-zones";

/// The names of all zones as suggestions, once for all fields.
pub(crate) fn zone_list() -> AnyView {
    let zones: String = time_zones().iter().map(|zone| option(zone, "", false)).collect();
    view! { <datalist id=ZONES inner_html=zones></datalist> }.into_any()
}

/// A time of day.
pub(super) fn time_field(
    (id, label): (String, &'static str),
    value: Signal<String>,
    set: Box<dyn Fn(String)>,
) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id
                type="time"
                prop:value=value
                on:input:target=move |event| set(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// A time zone by its name.
pub(super) fn zone_field(id: String, value: Signal<String>, set: Box<dyn Fn(String)>) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                "Time zone"
            </label>
            <input
                class="input"
                id=id
                list=ZONES
                autocomplete="off"
                spellcheck="false"
                prop:value=value
                on:input:target=move |event| set(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// A box for each day of the week.
pub(super) fn day_boxes(label: &'static str, days: Signal<Vec<Weekday>>, set: Callback<Vec<Weekday>>) -> AnyView {
    let days = memo(move || days.get());
    let one = move |(day, name): (Weekday, &'static str)| {
        let is_on = derived(move || days.with(|days| days.contains(&day)));
        let turn = move |is_on: bool| {
            let kept = days.get_untracked();
            let wanted = DAYS.iter().map(|(day, _)| *day);
            // In the order of the week.
            set.run(wanted.filter(|one| if *one == day { is_on } else { kept.contains(one) }).collect());
        };
        tick(fixed(name), is_on, Box::new(turn))
    };
    view! {
        <fieldset class="flow-days">
            <legend class="field-label">{label}</legend>
            {DAYS.map(one).into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}
