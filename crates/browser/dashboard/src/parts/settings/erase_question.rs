//! The confirmation before a person is erased, by typing the name or address.

use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::records::privacy::Persons;

/// A dialog, shown while the confirmation is open.
#[component]
pub(crate) fn EraseQuestion(
    /// The export and erasure of persons.
    persons: Persons,
) -> impl IntoView {
    view! {
        <When is=persons.is_asking>
            <Question persons />
        </When>
    }
}

#[component]
fn Question(persons: Persons) -> impl IntoView {
    let (label, other) = if persons.is_of_contact() {
        ("Type the name to confirm", "This is not the name of this contact.")
    } else {
        ("Type the address to confirm", "This is not the address to erase.")
    };
    let errors = derived(move || if persons.is_other.get() { vec![other.to_owned()] } else { Vec::new() });
    let wrong = derived(move || (!errors.with(Vec::is_empty)).to_string());
    view! {
        <Dialog
            title="Erase this person?"
            confirm="Erase"
            is_busy=persons.is_busy
            failure=persons.not_erased
            confirmed=move |()| persons.erase()
            closed=move |()| persons.is_asking.set(false)
        >
            <p>
                "All data of " <bdi>{persons.erasing}</bdi>
                " is deleted: signals, chats, files, the contact. This cannot be undone. Earlier backups still contain it."
            </p>
            <Field id="erase-typed".to_owned() label hint="" errors>
                <input
                    class="input"
                    id="erase-typed"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="erase-typed-notes"
                    aria-invalid=wrong
                    bind:value=persons.typed
                />
            </Field>
        </Dialog>
    }
}
