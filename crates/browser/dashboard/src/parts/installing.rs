//! Installing an app at a vendor: its form, and the outcome of the last installation.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::form::credential_field::credential_field;
use super::form::failure_line::ActionFailure;
use crate::kit::browser;
use crate::kit::reactive::{derived, handler};
use crate::state::settings::credentials::CredentialField;
use crate::state::settings::installing::{InstallForm, Vendor};
use crate::words::installing::install_words;

/// The outcome of the installation from which the browser returns; it is not shown again after a reload.
pub(crate) fn install_outcome(vendor: Vendor) -> Option<AnyView> {
    let (is_wrong, words) = install_words(vendor.name(), &browser::query("install"), &browser::query("why"))?;
    browser::replace_query("");
    let class = if is_wrong { "note note-wrong" } else { "note" };
    Some(view! { <p class=class role="status">{words}</p> }.into_any())
}

/// The fields of an app, and the button that leads to the vendor.
pub(crate) fn install_form(form: InstallForm, fields: Vec<CredentialField>) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.install();
    };
    let shown = fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    let line = |field: CredentialField| {
        let name = field.name.clone();
        credential_field(field, form.typed, derived(move || form.errors(&name)))
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <ActionFailure of=derived(move || form.unplaced(&shown)) />
            {fields.into_iter().map(line).collect::<Vec<_>>()}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                    "Install to "
                    {form.vendor.name()}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The button that installs the stored app again.
pub(crate) fn install_again(form: InstallForm, words: String) -> AnyView {
    view! {
        <ActionFailure of=derived(move || form.unplaced(&[])) />
        <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(move |_| form.again())>
            {words}
        </button>
    }
    .into_any()
}
