//! The steps of a workflow: each with its line, what it did so far, its fields, and its two ways.

use leptos::prelude::*;

use super::fields::faults;
use super::step_fields::step_fields;
use super::step_list::step_list;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::when::When;
use crate::parts::rules::controls::{panel, quiet};
use crate::state::workflows::editing::step_id;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::draft::Kind;
use crate::words::workflows::place::STEPS;
use crate::words::workflows::texts::{step_counts_words, step_words};
use crate::words::workflows::tree::{self, Branch};

/// All steps.
pub(crate) fn steps_panel(form: FlowForm) -> AnyView {
    let body = view! {
        <p class="field-hint">"From top to bottom. A lead goes through at their own pace."</p>
        {faults(form, STEPS)}
        {step_list(form, Branch::Main, "Steps", step_card)}
    };
    panel("flow-steps", "What is done", body.into_any())
}

/// A card that is moved and removed by its buttons; its title shows and hides its fields.
fn step_card(form: FlowForm, branch: Branch, key: usize) -> AnyView {
    let Some(kind) = untrack(|| form.of_step(key, |step| Some(step.kind))) else { return ().into_any() };
    let place = memo(move || {
        form.draft.with(|draft| {
            let steps = tree::branch(&draft.steps, branch);
            (steps.iter().position(|step| step.key == key).unwrap_or_default(), steps.len())
        })
    });
    let words = memo(move || {
        let when = form.of_segment(key, |segment| Some(segment.when.clone()));
        form.of_step(key, |step| step_words(step, when.as_ref()))
    });
    let is_open = memo(move || form.opened.with(|opened| opened.contains(&key)));
    let (id, of) = (step_id(key), Signal::from(words));
    let fields = format!("{id}-fields");
    let body = fields.clone();
    view! {
        <li class="flow-step" id=format!("{id}-card")>
            <div class="flow-step-head">
                <button
                    class="flow-step-title"
                    type="button"
                    id=id.clone()
                    aria-expanded=derived(move || is_open.get().to_string())
                    aria-controls=fields
                    on:click=handler(move |_| form.toggle(key))
                >
                    <span class="flow-step-number">{derived(move || place.get().0 + 1)}</span>
                    <bdi>{words}</bdi>
                </button>
                <div class="flow-step-actions">
                    {quiet(
                        format!("{id}-up"),
                        ("Up", of),
                        derived(move || place.get().0 == 0),
                        Box::new(move || form.move_step(branch, key, true)),
                    )}
                    {quiet(
                        format!("{id}-down"),
                        ("Down", of),
                        derived(move || place.get().0 + 1 >= place.get().1),
                        Box::new(move || form.move_step(branch, key, false)),
                    )}
                    {quiet(
                        String::new(),
                        ("Remove", of),
                        Signal::stored(false),
                        Box::new(move || form.remove_step(branch, key)),
                    )}
                </div>
            </div>
            {counts(form, key)}
            {faults(form, key)}
            <div class="flow-step-fields" id=body hidden=derived(move || !is_open.get())>
                <When is=is_open>{step_fields(form, key, kind)}</When>
            </div>
            {ways(form, key, kind)}
        </li>
    }
    .into_any()
}

/// What the step did in the saved workflow.
fn counts(form: FlowForm, key: usize) -> AnyView {
    let words = memo(move || {
        let id = form.of_step(key, |step| step.id.clone());
        let of = |stored: &knock_wire::WorkflowDetail| stored.steps.get(&id).map(step_counts_words);
        form.stored.value.with(|stored| stored.as_ref().and_then(of)).unwrap_or_default()
    });
    let shown = move || {
        let words = words.get();
        (!words.is_empty()).then(|| view! { <p class="field-hint">{words}</p> })
    };
    view! { {dynamic(shown)} }.into_any()
}

/// The two ways of a branch, and of a wait for something.
fn ways(form: FlowForm, key: usize, kind: Kind) -> Option<AnyView> {
    let [yes, no] = match kind {
        Kind::Branch => ["If so", "If not"],
        Kind::WaitFor => ["When it happened", "When the time is up"],
        Kind::Wait | Kind::WaitUntil | Kind::Act(_) | Kind::Stop => return None,
    };
    let way = move |branch: Branch, title: &'static str| {
        let id = format!("way-{}", branch.id());
        view! {
            <section class="flow-way" aria-labelledby=id.clone()>
                <h3 class="step-name" id=id.clone()>
                    {title}
                </h3>
                {step_list(form, branch, title, step_card)}
            </section>
        }
        .into_any()
    };
    Some(view! { <div class="flow-ways">{way(Branch::Then(key), yes)} {way(Branch::Else(key), no)}</div> }.into_any())
}
