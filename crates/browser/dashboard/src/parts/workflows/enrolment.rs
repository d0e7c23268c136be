//! Which leads a workflow takes: what starts it, conditions, how often, and what ends it early.

use leptos::prelude::*;

use super::fields::{faults, span_field};
use super::trigger_fields::trigger_fields;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::field::Field;
use crate::parts::page::lines::Lines;
use crate::parts::rules::conditions::conditions;
use crate::parts::rules::controls::{fixed, labelled_choice, never, panel, quiet};
use crate::parts::table::condition_line::option;
use crate::state::workflows::editing::{ADD_STOP, NAME_ID, place_id};
use crate::state::workflows::form::FlowForm;
use crate::words::reason::{HERE, sentence};
use crate::words::rules::fault::NAME;
use crate::words::workflows::place::AGAIN;
use crate::words::workflows::span::SpanDraft;
use crate::words::workflows::trigger::trigger_words;

const AGAINS: [(&str, &str); 3] = [
    ("once", "Once in a lifetime"),
    ("always", "Each time, unless they are inside already"),
    ("after", "Again after a while"),
];

/// The name of the workflow.
pub(crate) fn name_field(form: FlowForm) -> AnyView {
    let errors = derived(move || {
        let reasons = form.faults(NAME).into_iter();
        reasons.map(|reason| sentence(HERE, &reason)).collect::<Vec<_>>()
    });
    view! {
        <Field id=NAME_ID.to_owned() label="Name" hint="For your team only." errors>
            <input
                class="input"
                id=NAME_ID
                autocomplete="off"
                maxlength="100"
                aria-describedby=format!("{NAME_ID}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                prop:value=derived(move || form.draft.with(|draft| draft.name.clone()))
                on:input:target=move |event| form.change(|draft| draft.name = event.target().value())
            />
        </Field>
    }
    .into_any()
}

/// What starts the workflow, for which leads, and how often.
pub(crate) fn start_panel(form: FlowForm) -> AnyView {
    // Another version has other keys.
    let keys = memo(move || form.draft.with(|draft| (draft.trigger.key, draft.when)));
    let body = dynamic(move || {
        let (trigger, when) = keys.get();
        let group = untrack(|| form.of_segment(when, |segment| segment.when.id));
        view! {
            {trigger_fields(form, trigger, "What happens")}
            <fieldset class="fieldset">
                <legend class="field-label">"Only for leads with"</legend>
                {conditions(form.conditions, group, 0)}
                {faults(form, group)}
            </fieldset>
        }
        .into_any()
    });
    view! { {panel("flow-start", "When it starts", view! { {body} {again(form)} }.into_any())} }.into_any()
}

fn again(form: FlowForm) -> AnyView {
    let chosen = memo(move || form.draft.with(|draft| draft.again.clone()));
    let options =
        derived(move || AGAINS.map(|(word, label)| option(word, label, chosen.with(|chosen| chosen == word))).concat());
    let choose = move |word: String| form.change(|draft| draft.again = word);
    let span = derived(move || form.draft.with(|draft| draft.again_after.clone()));
    let set = Callback::new(move |span: SpanDraft| form.change(|draft| draft.again_after = span));
    let after = move || {
        (chosen.get() == "after")
            .then(|| span_field((format!("{}-span", place_id(AGAIN)), "After the last time"), span, set))
    };
    view! {
        <div class="target">
            {labelled_choice(&place_id(AGAIN), "How often for one lead", options, Box::new(choose))}
            {dynamic(after)}
        </div>
        {faults(form, AGAIN)}
    }
    .into_any()
}

/// The events that end a run early.
pub(crate) fn stops_panel(form: FlowForm) -> AnyView {
    let keys = memo(move || form.draft.with(|draft| draft.stops.iter().map(|stop| stop.key).collect::<Vec<_>>()));
    let drawn = move || {
        let draw = |key: &usize| {
            let key = *key;
            Drawn::new(key, move || stop(form, key))
        };
        keys.with(|keys| keys.iter().map(draw).collect::<Vec<_>>())
    };
    let body = view! {
        <p class="field-hint">"When one of these happens, the lead leaves the workflow at once."</p>
        <ul class="known-list" aria-label="What ends it early">
            <Lines of=derived(drawn) />
        </ul>
        {quiet(ADD_STOP.to_owned(), ("Add what ends it", fixed("")), never(), Box::new(move || form.add_stop()))}
    };
    panel("flow-stops", "What ends it early", body.into_any())
}

fn stop(form: FlowForm, key: usize) -> AnyView {
    let words = derived(move || form.of_trigger(key, trigger_words));
    view! {
        <li class="known">
            {trigger_fields(form, key, "What happens")}
            <div class="known-actions">
                {quiet(String::new(), ("Remove", words), never(), Box::new(move || form.remove_stop(key)))}
            </div>
        </li>
    }
    .into_any()
}
