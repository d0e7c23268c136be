//! Installing an app at a vendor: its form, and the outcome of the last installation.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::{ActionFailure, PasswordField, text_field};
use crate::browser;
use crate::installing::{InstallForm, Vendor};
use crate::reactive::{derived, handler};
use crate::words::install_words;

/// The outcome of the installation from which the browser returns; it is not shown again after a reload.
pub(crate) fn install_outcome(vendor: Vendor) -> Option<AnyView> {
    let (is_wrong, words) = install_words(vendor.name(), &browser::query("install"), &browser::query("why"))?;
    browser::replace_query("");
    let class = if is_wrong { "note note-wrong" } else { "note" };
    Some(view! { <p class=class role="status">{words}</p> }.into_any())
}

/// The fields of an app, and the button that leads to the vendor.
pub(crate) fn install_form(form: InstallForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.install();
    };
    let at = move |pointer: &'static str| derived(move || form.errors(pointer));
    let signing = (form.vendor == Vendor::Slack).then(|| {
        let control = NodeRef::<Input>::new();
        view! {
            <PasswordField
                id="install-signing"
                label="Signing secret of the app"
                hint="By it Knock knows what Slack sent."
                autocomplete="off"
                value=form.signing_secret
                errors=at("/signing_secret")
                control
            />
        }
    });
    let control = NodeRef::<Input>::new();
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <ActionFailure of=derived(move || form.unplaced()) />
            {text_field(("install-id", "Client ID", "The public id of the app."), at("/client_id"), form.client_id)}
            <PasswordField
                id="install-secret"
                label="Client secret"
                hint="It is stored encrypted and never shown again."
                autocomplete="off"
                value=form.client_secret
                errors=at("/client_secret")
                control
            />
            {signing}
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
pub(crate) fn install_again(form: InstallForm, words: &'static str) -> AnyView {
    view! {
        <ActionFailure of=derived(move || form.unplaced()) />
        <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(move |_| form.again())>
            {words}
        </button>
    }
    .into_any()
}
