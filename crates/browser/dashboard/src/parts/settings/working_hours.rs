//! The working hours of a week, day by day.

use knock_wire::DayRange;
use leptos::prelude::*;

use crate::availability::{AvailabilityForm, DAYS, add_range, set_end};
use crate::parts::{Field, When};
use crate::words::field_end;
use crate::zones::time_zones;

/// Whether there are any, their time zone, and the ranges of each day.
#[component]
pub(crate) fn WorkingHours(
    /// The form.
    form: AvailabilityForm,
) -> impl IntoView {
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id="has-hours"
                prop:checked=form.has_hours
                on:change:target=move |event| form.keep_hours(event.target().checked())
            />
            <label for="has-hours">"Give me chats within my working hours only"</label>
            <p class="field-hint">"Otherwise at any time."</p>
        </div>
        <When is=move || form.has_hours.get()>
            <Week form />
        </When>
    }
}

#[component]
fn Week(form: AvailabilityForm) -> impl IntoView {
    let errors = Signal::derive(move || form.errors("hours/zone"));
    let days = DAYS.into_iter().zip(form.days).map(|(day, ranges)| view! { <Day form day ranges /> }.into_any());
    let zones: String = time_zones().iter().map(|zone| format!("<option value=\"{zone}\">")).collect();
    view! {
        <Field id="zone".to_owned() label="Time zone" hint="Such as Europe/Berlin." errors>
            <input
                class="input"
                id="zone"
                list="zones"
                autocomplete="off"
                aria-describedby="zone-notes"
                prop:value=form.zone
                on:input:target=move |event| form.zone.set(event.target().value())
            />
            <datalist id="zones" inner_html=zones></datalist>
        </Field>
        <div class="week">{days.collect_view()}</div>
    }
}

#[component]
fn Day(form: AvailabilityForm, day: (&'static str, &'static str), ranges: RwSignal<Vec<DayRange>>) -> impl IntoView {
    let (field, name) = day;
    let lines = move || {
        let line = |(at, range): (usize, DayRange)| range_line(name, ranges, at, range);
        ranges.get().into_iter().enumerate().map(line).collect_view()
    };
    let is_free = Signal::derive(move || !ranges.with(Vec::is_empty));
    let errors = move || {
        let errors = form.errors(&format!("hours/{field}"));
        errors.into_iter().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! {
        <div class="week-day" role="group" aria-label=name>
            <span class="week-name">{name}</span>
            <div class="week-ranges">
                <span class="muted" hidden=is_free>"Free"</span>
                {lines}
                {errors}
            </div>
            <button class="button button-quiet" type="button" on:click=move |_| add_range(ranges)>
                "Add hours"
                <span class="unseen">" on " {name}</span>
            </button>
        </div>
    }
}

fn range_line(day: &'static str, ranges: RwSignal<Vec<DayRange>>, at: usize, (start, end): DayRange) -> AnyView {
    let field = move |is_end: bool, value: String| {
        let label = format!("{day}, {} {}", if is_end { "to" } else { "from" }, at + 1);
        view! {
            <input
                class="input week-time"
                type="time"
                required
                aria-label=label
                prop:value=value
                on:input:target=move |event| set_end(ranges, at, is_end, &event.target().value())
            />
        }
        .into_any()
    };
    let remove = move |_| {
        ranges.update(|ranges| {
            if at < ranges.len() {
                ranges.remove(at);
            }
        });
    };
    view! {
        <div class="week-range">
            {field(false, start)}
            <span aria-hidden="true">"–"</span>
            {field(true, field_end(&end))}
            <button class="button button-quiet" type="button" on:click=remove>
                "Remove"
                <span class="unseen">{format!(" hours {} of {day}", at + 1)}</span>
            </button>
        </div>
    }
    .into_any()
}
