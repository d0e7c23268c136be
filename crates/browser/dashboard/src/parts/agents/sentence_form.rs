//! The form that adds test sentences.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::field::Field;
use crate::state::agents::sentences::Sentences;

/// One sentence a line, so that many can be pasted.
#[component]
pub(crate) fn SentenceForm(sentences: Sentences) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sentences.add();
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <Field
                id="new-sentences".to_owned()
                label="New sentences"
                hint="One a line, as visitors write them: at most 300 characters each, and 200 for a site."
                errors=derived(Vec::new)
            >
                <textarea
                    class="input agents-text"
                    id="new-sentences"
                    rows="3"
                    dir="auto"
                    aria-describedby="new-sentences-notes"
                    prop:value=sentences.typed
                    on:input:target=move |event| sentences.typed.set(event.target().value())
                ></textarea>
            </Field>
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=sentences.is_busy>
                    "Add"
                </button>
            </div>
        </form>
    }
}
