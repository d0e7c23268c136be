//! A field for a password.

use leptos::html::Input;
use leptos::prelude::*;

use super::field::Field;
use crate::kit::reactive::derived;

/// The field, with the server's errors of the password.
#[component]
pub(crate) fn PasswordField(
    id: &'static str,
    label: &'static str,
    /// A hint below the label.
    hint: &'static str,
    /// The `autocomplete` attribute: `current-password` or `new-password`.
    autocomplete: &'static str,
    /// The password.
    value: RwSignal<String>,
    #[prop(into)] errors: Signal<Vec<String>>,
    control: NodeRef<Input>,
) -> impl IntoView {
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input"
                id=id
                type="password"
                autocomplete=autocomplete
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                node_ref=control
                bind:value=value
            />
        </Field>
    }
}
