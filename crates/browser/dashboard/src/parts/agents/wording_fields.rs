//! Other ways to ask a question, in the form of the question.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::kit::browser::{focus_on, is_plain_enter};
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::state::agents::answer_fields::AnswerFields;

/// One field for each; Enter adds the next one. The server's error is shown at its field.
#[component]
pub(crate) fn WordingFields(fields: AnswerFields) -> impl IntoView {
    let (name, wordings) = (fields.name(), fields.wordings);
    let (title, hint, add) =
        (format!("{name}-wordings"), format!("{name}-wordings-hint"), format!("{name}-add-wording"));
    let ids = memo(move || wordings.ids());
    let of = name.clone();
    let drawn = move || {
        let draw = |id: &usize| {
            let (id, of) = (*id, of.clone());
            Drawn::new(id, move || line(fields, &of, id))
        };
        ids.with(|ids| ids.iter().map(draw).collect::<Vec<_>>())
    };
    let of = name.clone();
    effect(move || {
        if let Some((id, _)) = fields.wrong_wording() {
            focus_on(&field_id(&of, id));
        }
    });
    let pressed = move |_| add_line(fields, &name, None);
    let (labelled_by, described_by) = (title.clone(), hint.clone());
    view! {
        <div class="field wordings" role="group" aria-labelledby=labelled_by aria-describedby=described_by>
            <p class="field-label" id=title>
                "Other ways to ask it"
            </p>
            <p class="field-hint" id=hint>
                "They get the same answer. At most 20, of 300 characters each; Enter adds the next one."
            </p>
            <Lines of=derived(drawn) />
            <button
                class="button button-quiet step-add"
                type="button"
                id=add
                prop:disabled=derived(move || wordings.is_full())
                on:click=handler(pressed)
            >
                <IconMark icon=Icon::Plus />
                "Add a wording"
            </button>
        </div>
    }
}

fn field_id(name: &str, id: usize) -> String {
    format!("{name}-wording-{id}")
}

/// Adds a line and moves the focus into it.
fn add_line(fields: AnswerFields, name: &str, behind: Option<usize>) {
    if let Some(id) = fields.wordings.add(behind) {
        focus_later(field_id(name, id));
    }
}

fn line(fields: AnswerFields, name: &str, id: usize) -> AnyView {
    let wordings = fields.wordings;
    let field = field_id(name, id);
    let notes = format!("{field}-notes");
    let number = memo(move || wordings.ids().iter().position(|other| *other == id).map_or(0, |at| at + 1));
    let label = derived(move || format!("Other way to ask it {}", number.get()));
    let fault = memo(move || fields.wrong_wording().filter(|(wrong, _)| *wrong == id).map(|(_, reason)| reason));
    let is_wrong = derived(move || fault.with(Option::is_some));
    let of = name.to_owned();
    let typed = move |event: KeyboardEvent| {
        // Enter would save the form.
        if is_plain_enter(&event) {
            event.prevent_default();
            if !wordings.text(id).trim().is_empty() {
                add_line(fields, &of, Some(id));
            }
        }
    };
    let of = name.to_owned();
    let remove = move |_| {
        let next = wordings.remove(id).map_or_else(|| format!("{of}-add-wording"), |next| field_id(&of, next));
        focus_later(next);
    };
    view! {
        <div class="step-text" class=("field-wrong", is_wrong)>
            <input
                class="input"
                id=field
                autocomplete="off"
                dir="auto"
                aria-label=label
                aria-describedby=notes.clone()
                aria-invalid=derived(move || is_wrong.get().to_string())
                prop:value=wordings.text(id)
                on:input:target=move |event| wordings.write(id, event.target().value())
                on:keydown=handler(typed)
            />
            <button class="button button-quiet" type="button" on:click=handler(remove)>
                "Remove"
                <span class="unseen">" " {label}</span>
            </button>
            <p class="field-error" id=notes>
                {dynamic(move || fault.get())}
            </p>
        </div>
    }
    .into_any()
}
