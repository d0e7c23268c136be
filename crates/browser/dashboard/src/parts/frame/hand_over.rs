//! The question what becomes of the open chats of a member who is away, and its result.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::settings::hand_over::{HandOver, Known, RESULT_BUTTON};

/// A dialog with the choice of a colleague; a line with the result after it.
#[component]
pub(crate) fn HandOverQuestion() -> impl IntoView {
    let question: HandOver = expect_context();
    let is_asked = derived(move || question.of.with(|of| !of.is_empty()));
    let has_result = derived(move || question.said.with(|said| !said.is_empty()));
    view! {
        <When is=has_result>
            <div class="note password-offer">
                <p role="status">{question.said}</p>
                <button
                    class="button button-quiet"
                    id=RESULT_BUTTON
                    type="button"
                    on:click=handler(move |_| question.said.set(String::new()))
                >
                    "OK"
                </button>
            </div>
        </When>
        <When is=is_asked>
            <Dialog
                title=question.title.get_untracked()
                confirm="Hand over"
                dismiss="Keep them"
                is_busy=question.is_busy
                is_ready=derived(move || question.is_ready())
                failure=question.failure
                confirmed=move |()| question.confirm()
                closed=move |()| question.close()
            >
                <p>{question.words} " Meetings and places in rules stay as they are."</p>
                <Recipient question />
            </Dialog>
        </When>
    }
}

#[component]
fn Recipient(question: HandOver) -> impl IntoView {
    let options = move || {
        let option = |(id, email): Known| view! { <option value=id>{email}</option> }.into_any();
        question.colleagues().into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="hand-over-to".to_owned()
            label="The chats go to"
            hint="Whom the rules name: each chat is routed again, and waits for the team where no one can take it."
            errors=Signal::stored(Vec::new())
        >
            <select
                class="input"
                id="hand-over-to"
                aria-describedby="hand-over-to-notes"
                on:change:target=move |event| question.to.set(event.target().value())
            >
                <option value="">"Whom the rules name"</option>
                {dynamic(options)}
            </select>
        </Field>
    }
}
