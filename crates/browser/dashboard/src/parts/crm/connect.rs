//! The ways to connect a CRM: installing an app, or its credentials.

use knock_wire::CredentialForm;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::credential_field::credential_field;
use crate::parts::form::credential_steps::credential_steps;
use crate::parts::installing::{install_again, install_form};
use crate::parts::page::when::When;
use crate::state::crm::form::CrmForm;
use crate::state::settings::credentials::{CredentialField, listed_fields};

/// The beginning of the ids of fields.
const PREFIX: &str = "crm-";

/// The ways that the CRM has.
pub(super) fn connecting(form: CrmForm) -> AnyView {
    let (app, credentials) = form.of(|stored| (stored.app.clone(), stored.credentials.clone()));
    let are_both = app.is_some() && credentials.is_some();
    view! {
        {scopes(form)}
        {app.map(|app| by_app(form, app))}
        {are_both.then(|| view! { <h3 class="panel-title">"Or connect by credentials"</h3> })}
        {credentials.map(|credentials| by_credentials(form, credentials))}
    }
    .into_any()
}

/// The scopes that Knock needs, if the CRM has scopes.
pub(super) fn scopes(form: CrmForm) -> Option<AnyView> {
    let scopes = form.of(|stored| stored.scopes.join(", "));
    (!scopes.is_empty())
        .then(|| view! { <p class="field-hint">"Scopes that Knock needs: " {scopes} "."</p> }.into_any())
}

/// The form of credentials that connect an account at once.
pub(super) fn by_credentials(form: CrmForm, of: CredentialForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.connect();
    };
    let line = |field: CredentialField| {
        let pointer = format!("/{}", field.name);
        credential_field(field, form.typed, derived(move || form.errors(&pointer)))
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            {credential_steps(of.steps)}
            {listed_fields(PREFIX, of.fields).into_iter().map(line).collect::<Vec<_>>()}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                    "Connect"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The form of an app, or a button where the app is known.
fn by_app(form: CrmForm, of: CredentialForm) -> AnyView {
    let install = move || {
        let of = of.clone();
        view! {
            {credential_steps(of.steps)}
            {install_form(form.install, listed_fields(PREFIX, of.fields))}
        }
    };
    view! {
        <When is=derived(move || form.of(|stored| stored.is_app_known)) fallback=install>
            <p class="field-hint">"The app is known to this server: nothing has to be pasted."</p>
            {install_again(form.install, format!("Install to {}", form.name()))}
        </When>
    }
    .into_any()
}
