//! The forms that export and erase a person, and the receipt of an erasure.

use knock_wire::ErasureReceipt;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::browser::files;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::email_field::EmailField;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::form::field::refused_at;
use crate::state::records::privacy::Persons;
use crate::words::audit::receipt_words;
use crate::words::instant::exact;

/// The failure that does not concern the address.
fn other(failure: RwSignal<Option<Failure>>, errors: Signal<Vec<String>>) -> impl IntoView {
    move || failure.get().filter(|_| errors.with(Vec::is_empty)).map(|failure| view! { <FailureLine failure /> })
}

/// An address and a button; then a file.
#[component]
pub(crate) fn ExportForm(
    /// The export and erasure of persons.
    persons: Persons,
) -> impl IntoView {
    let (control, errors) = (NodeRef::<Input>::new(), refused_at(persons.not_exported, "email"));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        persons.export();
    };
    let has_none = derived(move || persons.document.with(String::is_empty));
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <EmailField
                id="export-email"
                hint="All data of the person with this address, as one JSON file."
                autocomplete="off"
                value=persons.exporting
                errors
                control
            />
            {other(persons.not_exported, errors)}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=persons.is_busy>"Export"</button>
                <a class="button" download="person.json" rel="external" href=persons.document hidden=has_none>
                    "Download person.json"
                </a>
            </div>
            <p class="muted" role="status">
                {derived(move || if has_none.get() { "" } else { "The export is ready." })}
            </p>
        </form>
    }
}

/// An address and a button that asks for a confirmation.
#[component]
pub(crate) fn EraseForm(
    /// The export and erasure of persons.
    persons: Persons,
) -> impl IntoView {
    let (control, none) = (NodeRef::<Input>::new(), derived(Vec::new));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !persons.erasing.with_untracked(|email| email.trim().is_empty()) {
            persons.ask();
        }
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <EmailField
                id="erase-email"
                hint="All data of the person with this address is deleted. Entries of the audit log stay, without the person."
                autocomplete="off"
                value=persons.erasing
                errors=none
                control
            />
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=persons.is_busy>"Erase\u{2026}"</button>
            </div>
        </form>
    }
}

/// The receipt of an erasure, shown and offered as a file.
#[component]
pub(crate) fn ReceiptPanel(
    /// The export and erasure of persons.
    persons: Persons,
) -> impl IntoView {
    let shown = move || {
        persons.receipt.get().map(|receipt: ErasureReceipt| {
            let document = serde_json::to_string_pretty(&receipt).unwrap_or_default();
            let (at, name) = (exact(browser::local(receipt.at)), format!("erasure-{}.json", receipt.id));
            let left = [receipt.not_removed.clone(), receipt.not_scrubbed.clone()].into_iter().flatten();
            let left = left.map(|reason| view! { <p class="form-error">{format!("Data may remain: {reason}")}</p> }.into_any());
            view! {
                <p><strong>"Erased. "</strong> {receipt_words(&receipt)}</p>
                <p class="muted">
                    "Receipt " <code>{receipt.id.clone()}</code> {format!(", {at}, by ")} <bdi>{receipt.by.clone()}</bdi>
                </p>
                {left.collect::<Vec<_>>()}
                <p>
                    <a class="button" download=name rel="external" href=files::file_of(&document)>
                        "Download receipt"
                    </a>
                </p>
            }
        })
    };
    view! { <div class="receipt" role="status" tabindex="-1" node_ref=persons.region>{dynamic(shown)}</div> }
}
