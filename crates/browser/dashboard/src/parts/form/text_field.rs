//! A labelled line of text with its errors.

use leptos::prelude::*;
use std::borrow::Cow;

use super::field::Field;
use crate::kit::reactive::derived;

/// A line of text without correction or suggestions.
pub(crate) fn text_field(
    (id, label, hint): (&'static str, &'static str, impl Into<Cow<'static, str>>),
    errors: Signal<Vec<String>>,
    value: RwSignal<String>,
) -> AnyView {
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input"
                id=id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=value
            />
        </Field>
    }
    .into_any()
}
