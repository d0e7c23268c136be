//! The setting of what becomes of a meeting whose event a member changes in their own calendar.

use knock_model::CalendarChanges;
use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::parts::form::field::Field;
use crate::state::settings::meeting_form::MeetingForm;

const ID: &str = "calendar_changes";

/// The choices, with their words.
const CHOICES: [(CalendarChanges, &str); 3] = [
    (CalendarChanges::Apply, "Move or cancel the meeting at once, with a mail to the lead"),
    (CalendarChanges::Ask, "Ask the owner of the meeting first"),
    (CalendarChanges::Ignore, "Leave the meeting as it is"),
];

/// The choice.
pub(crate) fn calendar_changes_field(form: MeetingForm) -> AnyView {
    let chosen = memo(move || form.field(|all| &mut all.calendar_changes));
    let option = |(changes, label): (CalendarChanges, &'static str)| {
        let is_chosen = derived(move || chosen.get() == changes);
        view! { <option value=changes.as_str() prop:selected=is_chosen>{label}</option> }.into_any()
    };
    let options: Vec<_> = CHOICES.into_iter().map(option).collect();
    let choose = move |word: &str| {
        if let Some(changes) = CalendarChanges::parse(word) {
            form.change(|all| all.calendar_changes = changes);
        }
    };
    let errors = derived(move || form.errors(ID));
    let label = "When a member moves or deletes a meeting in their own calendar";
    view! {
        <Field id=ID.to_owned() label hint="A time that is not free is never booked over." errors>
            <select
                class="input"
                id=ID
                aria-describedby="calendar_changes-notes"
                on:change:target=move |event| choose(&event.target().value())
            >
                {options}
            </select>
        </Field>
    }
    .into_any()
}
