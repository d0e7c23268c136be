//! A labelled field with its errors.

use leptos::prelude::*;
use std::borrow::Cow;

use crate::api::Failure;
use crate::kit::reactive::{derived, dynamic};
use crate::words::failure::errors_at;

/// The server's errors of a field, by its name in the request.
pub(crate) fn refused_at(failure: RwSignal<Option<Failure>>, field: &'static str) -> Signal<Vec<String>> {
    derived(move || failure.with(|failure| errors_at(failure.as_ref(), field)))
}

/// A label, a hint and errors around a control; the control gets the id and the ids that describe it.
#[component]
pub(crate) fn Field(
    id: String,
    #[prop(into)] label: Cow<'static, str>,
    /// A hint below the label.
    #[prop(into)]
    hint: Cow<'static, str>,
    #[prop(into)] errors: Signal<Vec<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class=("field-wrong", move || errors.with(|errors| !errors.is_empty()))>
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            {children()}
            <div class="field-notes" id=format!("{id}-notes")>
                {dynamic(move || errors.get().into_iter().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view())}
                <p class="field-hint">{hint}</p>
            </div>
        </div>
    }
}
