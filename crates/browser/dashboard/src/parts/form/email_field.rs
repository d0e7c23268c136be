//! A field for an e-mail address.

use leptos::html::Input;

use crate::parts::Field;
use crate::prelude::*;
use crate::reactive::derived;

/// The field, with the server's errors of the address.
#[component]
pub(crate) fn EmailField(
    /// The id of the control.
    id: &'static str,
    /// A hint below the label.
    hint: &'static str,
    /// The `autocomplete` attribute.
    autocomplete: &'static str,
    /// The address.
    value: RwSignal<String>,
    /// Its errors.
    #[prop(into)]
    errors: Signal<Vec<String>>,
    /// The control.
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
