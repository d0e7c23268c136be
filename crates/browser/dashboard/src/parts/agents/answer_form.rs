//! The form of a question with its answer.

use knock_wire::KnownAnswer;
use leptos::ev::SubmitEvent;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::wording_fields::WordingFields;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, effect, handler};
use crate::parts::form::failure_line::FailureLine;
use crate::parts::form::field::Field;
use crate::state::agents::answer_fields::AnswerFields;

/// Question, other wordings and answer; the server's errors are shown at their fields. The first empty field gets the focus.
#[component]
pub(crate) fn AnswerForm(
    fields: AnswerFields,
    /// Takes the answer as the server stored it.
    #[prop(into)]
    saved: Callback<KnownAnswer>,
    /// Closes the form without a change.
    #[prop(into)]
    cancel: Callback<()>,
) -> impl IntoView {
    let name = fields.name();
    let [question, answer] = [(); 2].map(|()| NodeRef::<Textarea>::new());
    let (no_question, no_answer) = (fields.errors("question"), fields.errors("answer"));
    let first = if fields.question.with_untracked(String::is_empty) { question } else { answer };
    effect(move || first.get().inspect(|field| browser::focus(field)));
    effect(move || {
        let wrong = [(no_question, question), (no_answer, answer)];
        let wrong = wrong.into_iter().find(|(errors, _)| errors.with(|errors| !errors.is_empty()));
        // The error is read out with the field.
        wrong.and_then(|(_, field)| field.get_untracked()).inspect(|field| browser::focus(field));
    });
    let unplaced = move || {
        let failure = fields.failure.get()?;
        let is_placed = no_question.with(|errors| !errors.is_empty())
            || no_answer.with(|errors| !errors.is_empty())
            || fields.wrong_wording().is_some();
        (!is_placed).then(|| view! { <FailureLine failure /> })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        fields.save(saved);
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            {text(format!("{name}-question"), "Question", "As a visitor would ask it, at most 300 characters.", 2, fields.question, no_question, question)}
            <WordingFields fields />
            {text(format!("{name}-answer"), "Answer", "Given word for word, at most 2,000 characters.", 4, fields.answer, no_answer, answer)}
            {dynamic(unplaced)}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=fields.is_busy>
                    {derived(move || if fields.is_busy.get() { "Saving\u{2026}" } else { "Save" })}
                </button>
                <button class="button" type="button" on:click=handler(move |_| cancel.run(()))>
                    "Cancel"
                </button>
            </div>
        </form>
    }
}

fn text(
    id: String,
    label: &'static str,
    hint: &'static str,
    rows: u8,
    value: RwSignal<String>,
    errors: Signal<Vec<String>>,
    control: NodeRef<Textarea>,
) -> AnyView {
    view! {
        <Field id=id.clone() label hint errors>
            <textarea
                class="input agents-text"
                id=id.clone()
                rows=rows.to_string()
                dir="auto"
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                node_ref=control
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        </Field>
    }
    .into_any()
}
