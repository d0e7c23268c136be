//! Fields of workflows: a span of time, a choice by name, a part of what an action says, and the faults of a place.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::rules::controls::labelled_choice;
use crate::parts::table::condition_line::option;
use crate::state::workflows::choices::Named;
use crate::state::workflows::form::FlowForm;
use crate::words::reason::{HERE, sentence};
use crate::words::workflows::content::ContentDraft;
use crate::words::workflows::span::{SpanDraft, UNITS};

/// A number and its unit below a label.
pub(super) fn span_field(
    (id, label): (String, &'static str),
    span: Signal<SpanDraft>,
    set: Callback<SpanDraft>,
) -> AnyView {
    let units = derived(move || {
        let chosen = span.with(|span| span.unit);
        UNITS.map(|(unit, name)| option(&unit.to_string(), name, unit == chosen)).concat()
    });
    let number = move |text: String| set.run(SpanDraft { number: text, ..span.get_untracked() });
    let unit = move |word: String| {
        let unit = word.parse().unwrap_or(1_000);
        set.run(SpanDraft { unit, ..span.get_untracked() });
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <span class="duration">
                <input
                    class="input alerts-number"
                    id=id
                    inputmode="decimal"
                    autocomplete="off"
                    prop:value=derived(move || span.with(|span| span.number.clone()))
                    on:input:target=move |event| number(event.target().value())
                />
                <select
                    class="input"
                    aria-label=format!("{label}, unit")
                    inner_html=units
                    on:change:target=move |event| unit(event.target().value())
                ></select>
            </span>
        </div>
    }
    .into_any()
}

/// A choice by name; one that is not offered any more stays among them. `nothing` is the label of no choice.
pub(super) fn named_choice(
    (id, label, nothing): (&str, &'static str, &'static str),
    all: RwSignal<Vec<Named>>,
    chosen: Signal<String>,
    set: Box<dyn Fn(String)>,
) -> AnyView {
    let options = derived(move || {
        let chosen = chosen.get();
        let known = all.get();
        let is_other = !chosen.is_empty() && !known.iter().any(|(id, _)| *id == chosen);
        let other = if is_other { option(&chosen, &format!("{chosen} (not listed)"), true) } else { String::new() };
        let one = |(id, name): &Named| option(id, name, *id == chosen);
        option("", nothing, chosen.is_empty()) + &other + &known.iter().map(one).collect::<String>()
    });
    labelled_choice(id, label, options, set)
}

/// A part of what an action says.
pub(super) fn of_content<T: Clone + Default + Send + Sync + 'static>(
    form: FlowForm,
    key: usize,
    part: fn(&ContentDraft) -> T,
) -> Signal<T> {
    derived(move || form.of_step(key, |step| part(&step.content)))
}

/// A setter of a text of what an action says.
pub(super) fn write_content(
    form: FlowForm,
    key: usize,
    part: fn(&mut ContentDraft) -> &mut String,
) -> Box<dyn Fn(String)> {
    Box::new(move |text| form.change_step(key, |step| *part(&mut step.content) = text))
}

/// The faults at a place, announced at once.
pub(super) fn faults(form: FlowForm, at: usize) -> AnyView {
    let lines = move || {
        let line =
            |reason: String| view! { <p class="field-error" role="alert">{sentence(HERE, &reason)}</p> }.into_any();
        form.faults(at).into_iter().map(line).collect::<Vec<_>>()
    };
    view! { {dynamic(lines)} }.into_any()
}
