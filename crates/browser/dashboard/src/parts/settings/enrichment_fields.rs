//! JSON pointers of the fields in the provider's response.

use knock_model::EnrichedField;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::state::settings::enrichment_form::EnrichmentForm;
use crate::words::field::field_label;

/// A pointer for each field.
#[component]
pub(crate) fn EnrichmentFields(form: EnrichmentForm) -> impl IntoView {
    let lines = EnrichedField::ALL.iter().map(|field| line(form, *field)).collect_view();
    let errors = move || {
        let errors = form.errors("fields").into_iter();
        errors.map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! {
        <fieldset class="enrichment-fields">
            <legend class="field-label">"Fields in the answer"</legend>
            <p class="field-hint">
                "The JSON pointer of each field, such as /company/employees. Empty: the provider does not have it."
            </p>
            <div class="field-notes">{dynamic(errors)}</div>
            {lines}
        </fieldset>
    }
}

fn line(form: EnrichmentForm, field: EnrichedField) -> AnyView {
    let id = format!("enrichment-{}", field.as_str().replace('.', "-"));
    let notes = format!("{id}-notes");
    let errors = derived(move || form.field_errors(field));
    let said = move || {
        errors.get().into_iter().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! {
        <div class="enrichment-field" class=("field-wrong", move || errors.with(|errors| !errors.is_empty()))>
            <label class="field-label" for=id.clone()>
                {field_label(field.as_str())}
            </label>
            <input
                class="input"
                id=id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=notes.clone()
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=form.pointer(field)
            />
            <div class="field-notes" id=notes>{dynamic(said)}</div>
        </div>
    }
    .into_any()
}
