//! The fields of a trigger, by its kind.

use knock_model::{Category, SignalType};
use knock_routing::{Field, Kind};
use leptos::prelude::*;

use super::fields::{faults, named_choice, span_field};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::rules::comparison::field_options;
use crate::parts::rules::controls::{fixed, labelled_choice, line, tick};
use crate::parts::table::condition_line::option;
use crate::state::records::condition_lines::offered;
use crate::state::workflows::editing::trigger_id;
use crate::state::workflows::form::FlowForm;
use crate::words::signal::type_label;
use crate::words::workflows::span::SpanDraft;
use crate::words::workflows::trigger::{AUTHORS, FIELD, FORM, KINDS, LINK, MESSAGE, TriggerDraft};

/// The kind of a trigger, and what belongs to it.
pub(super) fn trigger_fields(form: FlowForm, key: usize, label: &'static str) -> AnyView {
    let on = read(form, key, |trigger| trigger.on.clone());
    let kinds = derived(move || KINDS.map(|(word, label)| option(word, label, on.with(|on| on == word))).concat());
    let choose = move |word: String| form.change_trigger(key, |trigger| trigger.on = word);
    view! {
        <div class="target flow-trigger">
            {labelled_choice(&trigger_id(key), label, kinds, Box::new(choose))}
            {dynamic(move || of_kind(form, key, &on.get()))}
        </div>
        {faults(form, key)}
    }
    .into_any()
}

/// A part of a trigger.
fn read(form: FlowForm, key: usize, part: fn(&TriggerDraft) -> String) -> Memo<String> {
    memo(move || form.of_trigger(key, part))
}

/// A setter of a part of a trigger.
fn write(form: FlowForm, key: usize, part: fn(&mut TriggerDraft) -> &mut String) -> Box<dyn Fn(String)> {
    Box::new(move |text| form.change_trigger(key, |trigger| *part(trigger) = text))
}

fn of_kind(form: FlowForm, key: usize, on: &str) -> AnyView {
    match on {
        FIELD => field(form, key),
        MESSAGE => {
            let by = read(form, key, |trigger| trigger.by.clone());
            let options =
                derived(move || AUTHORS.map(|(word, label)| option(word, label, by.with(|by| by == word))).concat());
            labelled_choice(&format!("by-{key}"), "Written by", options, write(form, key, |trigger| &mut trigger.by))
        }
        FORM => {
            let named = read(form, key, |trigger| trigger.form.clone());
            let words = ("Name of the form", "Empty: any form.");
            line(format!("form-{key}"), words, named.into(), write(form, key, |trigger| &mut trigger.form))
        }
        LINK => {
            let link = read(form, key, |trigger| trigger.link.clone());
            let set = write(form, key, |trigger| &mut trigger.link);
            named_choice((&format!("link-{key}"), "Knock Link", "Any link"), form.choices.links, link.into(), set)
        }
        _ => signal(form, key),
    }
}

fn signal(form: FlowForm, key: usize) -> AnyView {
    let chosen = read(form, key, |trigger| trigger.signal.clone());
    let types = derived(move || {
        let chosen = chosen.get();
        let one = |kind: &SignalType| option(kind.as_str(), type_label(*kind), kind.as_str() == chosen);
        option("", "Any signal, time on the page too", chosen.is_empty())
            + &SignalType::ALL.iter().map(one).collect::<String>()
    });
    let of = read(form, key, |trigger| trigger.category.clone());
    let categories = derived(move || {
        let chosen = of.get();
        let one = |of: &Category| option(of.as_str(), of.as_str(), of.as_str() == chosen);
        option("", "Any category", chosen.is_empty()) + &Category::ALL.iter().map(one).collect::<String>()
    });
    let count = read(form, key, |trigger| trigger.count.clone());
    let is_counted = memo(move || count.with(|count| !count.trim().is_empty()));
    let within = derived(move || form.draft_span(key));
    let set = Callback::new(move |span: SpanDraft| form.change_trigger(key, |trigger| trigger.within = span));
    view! {
        {labelled_choice(&format!("signal-{key}"), "Signal", types, write(form, key, |trigger| &mut trigger.signal))}
        {labelled_choice(
            &format!("category-{key}"),
            "Category of the page",
            categories,
            write(form, key, |trigger| &mut trigger.category),
        )}
        {line(
            format!("count-{key}"),
            ("How many", "Empty: each one counts."),
            count.into(),
            write(form, key, |trigger| &mut trigger.count),
        )}
        {dynamic(move || is_counted.get().then(|| span_field((format!("within-{key}"), "Within"), within, set)))}
    }
    .into_any()
}

fn field(form: FlowForm, key: usize) -> AnyView {
    let named = read(form, key, |trigger| trigger.field.clone());
    let fields = derived(move || form.conditions.inputs.with(|inputs| field_options(inputs, &named.get())));
    let choose = move |name: String| {
        form.change_trigger(key, |trigger| {
            trigger.field = name;
            trigger.to.clear();
        });
    };
    view! {
        {labelled_choice(&format!("field-{key}"), "Field", fields, Box::new(choose))}
        {dynamic(move || values(form, key, &named.get()))}
    }
    .into_any()
}

/// A box for each value that the field can have; a line of text where they are not known.
fn values(form: FlowForm, key: usize, field: &str) -> AnyView {
    let all = known_values(form, field);
    if all.is_empty() {
        let text = derived(move || form.of_trigger(key, |trigger| trigger.to.join(", ")));
        let text = memo(move || text.get());
        let set = move |text: String| {
            let values = text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
            form.change_trigger(key, |trigger| trigger.to = values.collect());
        };
        return typed_values(format!("to-{key}"), text, Box::new(set));
    }
    let one = move |value: String| {
        let (of, label) = (value.clone(), value.clone());
        let is_on = derived(move || form.of_trigger(key, |trigger| trigger.to.contains(&of)));
        let turn = move |is_on: bool| {
            form.change_trigger(key, |trigger| {
                trigger.to.retain(|other| *other != value);
                trigger.to.extend(is_on.then(|| value.clone()));
            });
        };
        tick(fixed(label), is_on, Box::new(turn))
    };
    view! {
        <fieldset class="flow-days">
            <legend class="field-label">"Becomes one of"</legend>
            {all.into_iter().map(one).collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// Values with commas between; taken when the field is left, so that a comma can be typed.
fn typed_values(id: String, text: Memo<String>, set: Box<dyn Fn(String)>) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                "Becomes one of"
            </label>
            <input
                class="input"
                id=id.clone()
                autocomplete="off"
                aria-describedby=format!("{id}-hint")
                prop:value=text
                on:change:target=move |event| set(event.target().value())
            />
            <p class="field-hint" id=format!("{id}-hint")>
                "Values, with commas between."
            </p>
        </div>
    }
    .into_any()
}

fn known_values(form: FlowForm, field: &str) -> Vec<String> {
    let kind = Field::parse(field).map_or(Kind::Any, |known| known.kind());
    let options = form.conditions.input(field).map(|input| input.options).unwrap_or_default();
    let options = options.into_iter().map(|option| option.value);
    let few = offered(field, kind).into_iter().map(str::to_owned);
    options.chain(few).collect()
}
