//! A duration in minutes, hours or days.

use leptos::prelude::*;

/// The units in minutes, the longest first.
const UNITS: [(u32, &str); 3] = [(1_440, "days"), (60, "hours"), (1, "minutes")];

/// The longest unit in which a duration is a whole number.
pub(crate) fn unit_of(minutes: u32) -> u32 {
    let fits = |(unit, _): &&(u32, &str)| minutes != 0 && minutes.is_multiple_of(*unit);
    UNITS.iter().find(fits).map_or(1, |(unit, _)| *unit)
}

/// A number and its unit; `set` gets minutes. `label` names both for screen readers if there is no visible label.
pub(crate) fn duration_box(
    id: &str,
    label: Option<String>,
    minutes: u32,
    set: impl Fn(u32) + Copy + Send + Sync + 'static,
) -> AnyView {
    let unit = RwSignal::new(unit_of(minutes));
    let number = RwSignal::new((minutes / unit_of(minutes)).to_string());
    // The server refuses what is not a number, at its field.
    let changed = move || {
        set(number
            .with(|number| number.trim().parse::<u32>())
            .map_or(u32::MAX, |number| number.saturating_mul(unit.get())))
    };
    let units = UNITS.iter().rev().map(|(of, name)| {
        view! {
            <option value=*of selected=*of == unit.get_untracked()>
                {*name}
            </option>
        }
        .into_any()
    });
    let name = label.clone().map(|label| format!("{label}, unit")).unwrap_or_else(|| "Unit".to_owned());
    view! {
        <span class="duration">
            <input
                class="input alerts-number"
                id=id.to_owned()
                type="number"
                min="0"
                inputmode="numeric"
                aria-label=label
                aria-describedby=format!("{id}-notes")
                prop:value=number
                on:input:target=move |event| {
                    number.set(event.target().value());
                    untrack(changed);
                }
            />
            <select
                class="input"
                aria-label=name
                on:change:target=move |event| {
                    unit.set(event.target().value().parse().unwrap_or(1));
                    untrack(changed);
                }
            >
                {units.collect_view()}
            </select>
        </span>
    }
    .into_any()
}
