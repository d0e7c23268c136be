//! A field for an e-mail address.

use leptos::html::Input;
use leptos::prelude::*;

use super::field::Field;
use crate::kit::reactive::derived;

/// The field, with the server's errors of the address.
#[component]
pub(crate) fn EmailField(
    id: &'static str,
    /// A hint below the label.
    hint: &'static str,
    autocomplete: &'static str,
    /// The address.
    value: RwSignal<String>,
    #[prop(into)] errors: Signal<Vec<String>>,
    control: NodeRef<Input>,
) -> impl IntoView {
    view! {
        <Field id=id.to_owned() label="Email" hint errors>
            <input
                class="input"
                id=id
                type="email"
                autocomplete=autocomplete
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                node_ref=control
                bind:value=value
            />
        </Field>
    }
}
