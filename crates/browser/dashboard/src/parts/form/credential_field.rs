//! A field of credentials.

use leptos::prelude::*;

use super::field::Field;
use crate::kit::reactive::derived;
use crate::state::settings::credentials::{CredentialField, Credentials};

/// The field with its errors; a secret is not readable while it is typed.
pub(crate) fn credential_field(field: CredentialField, typed: Credentials, errors: Signal<Vec<String>>) -> AnyView {
    let CredentialField { id, name, label, hint, is_secret } = field;
    let value = {
        let name = name.clone();
        derived(move || typed.value(&name))
    };
    view! {
        <Field id=id.clone() label hint errors>
            <input
                class="input"
                id=id.clone()
                type=if is_secret { "password" } else { "text" }
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                prop:value=value
                on:input:target=move |event| typed.set(&name, event.target().value())
            />
        </Field>
    }
    .into_any()
}
