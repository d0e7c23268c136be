//! A step of a playbook with its texts.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::state::agents::playbook::{PlaybookForm, add_id, field_id};
use crate::words::playbook::{places_words, step_words};
use crate::words::reason::{HERE, sentence};

/// The most texts of a step.
const MOST_TEXTS: usize = 10;

/// Its name, its use, its placeholders, and its texts in order of use.
#[component]
pub(crate) fn StepFields(
    form: PlaybookForm,
    step: String,
    /// The placeholders of its texts.
    places: Vec<String>,
) -> impl IntoView {
    let (label, when) = step_words(&step);
    let (title, label) = (format!("step-{step}"), label.to_owned());
    let (of, name) = (step.clone(), label.clone());
    let ids = memo(move || ids_of(form, &of));
    let (of, numbered) = (step.clone(), name.clone());
    let drawn = move || {
        let draw = |(at, id): (usize, &usize)| {
            let (id, step, label) = (*id, of.clone(), format!("{numbered}, text {}", at + 1));
            Drawn::new(id, move || text(form, step.clone(), id, label.clone()))
        };
        ids.with(|ids| ids.iter().enumerate().map(draw).collect::<Vec<_>>())
    };
    let of = step.clone();
    let errors = move || {
        let at_step = form.faults().into_iter().filter(|fault| fault.step == of && fault.line.is_none());
        at_step
            .map(|fault| view! { <p class="field-error" role="alert">{sentence(HERE, &fault.reason)}</p> }.into_any())
            .collect_view()
    };
    let add = untrack(|| form.may_write()).then(|| {
        let (id, is_full) = (add_id(&step), derived(move || ids.with(|ids| ids.len() >= MOST_TEXTS)));
        view! {
            <button
                class="button button-quiet step-add"
                type="button"
                id=id
                prop:disabled=is_full
                on:click=handler(move |_| form.add(&step))
            >
                <IconMark icon=Icon::Plus />
                "Add a text"
                <span class="unseen">" to " {name}</span>
            </button>
        }
    });
    let labelled_by = title.clone();
    view! {
        <li>
            <div class="step" role="group" aria-labelledby=labelled_by>
            <h3 class="step-name" id=title>
                {label}
            </h3>
            <p class="field-hint">{when} " " {places_words(&places)}</p>
            {dynamic(errors)}
            <div class="step-texts">
                <Lines of=derived(drawn) />
            </div>
            {add}
            </div>
        </li>
    }
}

fn ids_of(form: PlaybookForm, step: &str) -> Vec<usize> {
    form.steps.with(|steps| {
        let lines = steps.iter().filter(|known| known.step == step).flat_map(|known| &known.lines);
        lines.map(|line| line.id).collect()
    })
}

/// A text in its field; read-only where it cannot be changed. The step is drawn anew when that changes.
fn text(form: PlaybookForm, step: String, id: usize, label: String) -> AnyView {
    let value = form.steps.with_untracked(|steps| {
        let line = steps.iter().flat_map(|step| &step.lines).find(|line| line.id == id);
        line.map(|line| line.text.clone()).unwrap_or_default()
    });
    if !untrack(|| form.may_write()) {
        return view! { <p class="message-text" dir="auto">{value}</p> }.into_any();
    }
    let fault = memo(move || form.fault_of(id));
    let (field, removed) = (field_id(id), label.clone());
    let notes = format!("{field}-notes");
    let is_wrong = derived(move || fault.with(Option::is_some));
    view! {
        <div class="step-text" class=("field-wrong", is_wrong)>
            <textarea
                class="input agents-text"
                id=field
                rows="2"
                dir="auto"
                aria-label=label
                aria-describedby=notes.clone()
                aria-invalid=derived(move || is_wrong.get().to_string())
                prop:value=value
                on:input:target=move |event| form.write(id, event.target().value())
            ></textarea>
            <button class="button button-quiet" type="button" on:click=handler(move |_| form.remove(&step, id))>
                "Remove"
                <span class="unseen">" " {removed}</span>
            </button>
            <p class="field-error" id=notes>
                {dynamic(move || fault.get().map(|reason| sentence(HERE, &reason)))}
            </p>
        </div>
    }
    .into_any()
}
