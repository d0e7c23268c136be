//! The calendars of an account that block times, and the one that meetings are written into.

use knock_wire::CalendarChoice;
use leptos::prelude::*;

use crate::calendar_form::CalendarForm;
use crate::parts::Field;
use crate::reactive::{derived, dynamic};

/// The calendars of the account.
#[component]
pub(crate) fn CalendarChoices(form: CalendarForm) -> impl IntoView {
    let found = move || form.stored.value.get().map(|stored| stored.calendars).unwrap_or_default();
    let boxes = move || found().into_iter().map(|calendar| read_box(form, calendar)).collect_view();
    let options = move || {
        let chosen = form.events_in.get_untracked();
        let option = move |calendar: CalendarChoice| {
            let is_chosen = calendar.url == chosen;
            view! { <option value=calendar.url selected=is_chosen>{calendar.name}</option> }.into_any()
        };
        found().into_iter().map(option).collect_view()
    };
    let errors = derived(move || form.errors("events_in"));
    view! {
        <fieldset class="calendar-choices">
            <legend class="field-label">"Events of these calendars block times"</legend>
            {dynamic(boxes)}
        </fieldset>
        <Field id="calendar-events".to_owned() label="Write meetings into" hint="" errors>
            <select
                class="input"
                id="calendar-events"
                aria-describedby="calendar-events-notes"
                on:change:target=move |event| form.events_in.set(event.target().value())
            >
                <option value="">"No calendar"</option>
                {dynamic(options)}
            </select>
        </Field>
    }
}

fn read_box(form: CalendarForm, CalendarChoice { url, name, .. }: CalendarChoice) -> AnyView {
    let shown = url.clone();
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=derived(move || form.is_read(&shown))
                on:change:target=move |event| form.read(&url, event.target().checked())
            />
            {name}
        </label>
    }
    .into_any()
}
