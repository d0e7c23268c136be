//! The questions before a meeting.

use leptos::prelude::*;

use super::link_fields::labelled;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, handler};
use crate::kit::rows::Drawn;
use crate::parts::form::field::Field;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::state::links::Links;
use crate::state::links::fields::QuestionFields;

/// The largest number of questions of a link.
const MOST: usize = 10;
const KINDS: &str = "<option value=\"text\">A line of text</option><option value=\"choice\">One of several answers</option>\
    <option value=\"number\">A number</option>";

/// A group of fields for each question, and a button that adds one.
#[component]
pub(crate) fn Questions(links: Links) -> impl IntoView {
    let all = links.fields.questions;
    let drawn = move || {
        let draw = |(place, question): (usize, &QuestionFields)| {
            let question = *question;
            // The place is a part of the pointers of its errors.
            Drawn::new(question.number * MOST + place, move || fields(links, place, question))
        };
        all.with(|all| all.iter().enumerate().map(draw).collect::<Vec<_>>())
    };
    let add = move |_| focus_later(format!("link-question-{}", links.fields.add_question()));
    view! {
        <Lines of=derived(drawn) />
        <button
            class="button"
            type="button"
            id="link-question-add"
            prop:disabled=derived(move || all.with(|all| all.len() >= MOST))
            on:click=handler(add)
        >
            <IconMark icon=Icon::Plus />
            "Add a question"
        </button>
    }
}

fn fields(links: Links, place: usize, question: QuestionFields) -> AnyView {
    let id = format!("link-question-{}", question.number);
    let at = |field: &str| format!("questions/{place}/{field}");
    let remove = move |_| {
        links.fields.questions.update(|all| all.retain(|known| *known != question));
        focus_later("link-question-add".to_owned());
    };
    let kind = format!("{id}-kind");
    view! {
        <fieldset class="event-choices">
            <legend class="field-label">{format!("Question {}", place + 1)}</legend>
            {labelled(links, (id.clone(), "Question", ""), at("label"), question.label)}
            <div class="field">
                <label class="field-label" for=kind.clone()>
                    "Answer"
                </label>
                <select
                    class="input"
                    id=kind
                    inner_html=KINDS
                    prop:value=question.kind
                    on:change:target=move |event| question.kind.set(event.target().value())
                ></select>
            </div>
            {answers(links, place, question)}
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=question.required
                    on:change:target=move |event| question.required.set(event.target().checked())
                />
                "Required"
            </label>
            {labelled(
                links,
                (format!("{id}-field"), "Name for routing rules", "Rules read the answer as custom.NAME. Empty: they do not."),
                at("field"),
                question.field,
            )}
            <button class="button" type="button" on:click=handler(remove)>
                {format!("Remove question {}", place + 1)}
            </button>
        </fieldset>
    }
    .into_any()
}

/// The answers of a question that has some.
fn answers(links: Links, place: usize, question: QuestionFields) -> AnyView {
    let id = format!("link-question-{}-options", question.number);
    let field = format!("questions/{place}/options");
    let errors = derived(move || links.errors(&field));
    let has_none = derived(move || question.kind.with(|kind| kind != "choice"));
    view! {
        <div hidden=has_none>
            <Field id=id.clone() label="Answers" hint="One per line, 2 to 20." errors>
                <textarea
                    class="input"
                    id=id.clone()
                    rows="3"
                    aria-describedby=format!("{id}-notes")
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    prop:value=question.options
                    on:input:target=move |event| question.options.set(event.target().value())
                ></textarea>
            </Field>
        </div>
    }
    .into_any()
}
