//! The working hours of a week, day by day.

use knock_wire::{DayRange, NO_HOLIDAYS};
use leptos::prelude::*;

use super::day_ranges::{day_ranges, error_lines};
use super::holiday_picker::HolidayPicker;
use super::other_dates::OtherDates;
use super::travel_list::TravelList;
use crate::kit::reactive::{derived, handler};
use crate::kit::zones::time_zones;
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::settings::availability::{AvailabilityForm, DAYS, add_range};

/// The choices for a member's holidays beside countries.
const CHOICES: [(&str, &str); 2] = [("", "As in the workspace"), (NO_HOLIDAYS, "No public holidays")];

/// A switch for working hours, their scope, and the hours.
#[component]
pub(crate) fn WorkingHours(form: AvailabilityForm) -> impl IntoView {
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id="has-hours"
                prop:checked=form.has_hours
                on:change:target=move |event| form.keep_hours(event.target().checked())
            />
            <label for="has-hours">"I have working hours"</label>
            <p class="field-hint">"Without them you take chats at any time, and no meeting with you can be booked."</p>
        </div>
        <When is=derived(move || form.has_hours.get())>
            <AppliesTo form />
            <Week form />
            <OtherDates form />
            {picker(form)}
            <TravelList form />
        </When>
    }
}

fn picker(form: AvailabilityForm) -> AnyView {
    let errors = derived(move || form.errors("holidays"));
    view! { <HolidayPicker holidays=form.holidays choices=&CHOICES errors /> }.into_any()
}

/// Chats and meetings, or meetings alone.
#[component]
fn AppliesTo(form: AvailabilityForm) -> impl IntoView {
    let choice = move |is_for_meetings: bool, label: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="hours-for"
                    prop:checked=derived(move || form.is_for_meetings.get() == is_for_meetings)
                    on:change=handler(move |_| form.is_for_meetings.set(is_for_meetings))
                />
                {label}
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="event-choices">
            <legend class="field-label">"These hours apply to"</legend>
            {choice(false, "Chats and meetings")}
            {choice(true, "Meetings only: chats come at any time")}
        </fieldset>
    }
}

#[component]
fn Week(form: AvailabilityForm) -> impl IntoView {
    let errors = derived(move || form.errors("hours/zone"));
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

/// Working days are those that have hours.
const COPY: &str = "Copy to all days";

#[component]
fn Day(form: AvailabilityForm, day: (&'static str, &'static str), ranges: RwSignal<Vec<DayRange>>) -> impl IntoView {
    let (field, name) = day;
    view! {
        <div class="week-day" role="group" aria-label=name>
            <span class="week-name">{name}</span>
            <div class="week-ranges">
                {day_ranges(name.to_owned(), ranges)}
                {error_lines(move || form.errors(&format!("hours/{field}")))}
            </div>
            <div class="week-actions">
                <button class="button button-quiet" type="button" on:click=handler(move |_| add_range(ranges))>
                    "Add hours"
                    <span class="unseen">" on " {name}</span>
                </button>
                <button
                    class="button button-quiet"
                    type="button"
                    hidden=derived(move || ranges.with(Vec::is_empty))
                    on:click=handler(move |_| form.copy_to_working_days(ranges))
                >
                    {COPY}
                    <span class="unseen">" the hours of " {name}</span>
                </button>
            </div>
        </div>
    }
}
