//! Exporting and erasing a contact that has no address, from its record.

use knock_model::LeadId;
use leptos::prelude::*;

use super::erase_question::EraseQuestion;
use super::person_forms::ReceiptPanel;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::state::records::privacy::Persons;

/// Two buttons, a file, and a receipt.
#[component]
pub(crate) fn ErasePanel(
    /// The contact.
    id: LeadId,
    /// Its name, to be typed to confirm.
    name: String,
) -> impl IntoView {
    let persons = Persons::of_contact(id, &name);
    let has_none = derived(move || persons.document.with(String::is_empty));
    let is_erased = derived(move || persons.receipt.with(Option::is_some));
    let is_idle = derived(move || persons.is_busy.get() || is_erased.get());
    view! {
        <section class="panel panels" aria-labelledby="erase-contact">
            <h2 class="panel-title" id="erase-contact">"Export or erase"</h2>
            <p class="muted">"All stored data of this anonymous visitor."</p>
            <div class="form-actions">
                <button class="button" type="button" prop:disabled=is_idle on:click=handler(move |_| persons.export())>
                    "Export"
                </button>
                <button class="button" type="button" prop:disabled=is_idle on:click=handler(move |_| persons.ask())>
                    "Erase\u{2026}"
                </button>
                <a class="button" download="person.json" rel="external" href=persons.document hidden=has_none>
                    "Download person.json"
                </a>
            </div>
            <ActionFailure of=persons.not_exported />
            <p class="muted" role="status">
                {derived(move || if has_none.get() { "" } else { "The export is ready." })}
            </p>
            <ReceiptPanel persons />
        </section>
        <EraseQuestion persons />
    }
}
