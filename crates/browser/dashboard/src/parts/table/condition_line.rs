//! A line of a condition: field, operator and value.

use knock_routing::Operator;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::state::records::condition_lines::{Line, Lines};
use crate::state::records::crm_fields::{CrmFields, input_label};
use crate::words::field::{FIELDS, operator_label, value_hint};
use crate::words::rule::rule_field_label;

#[component]
pub(super) fn ConditionLine(
    lines: RwSignal<Lines>,
    /// The number of this line.
    place: usize,
    crm: CrmFields,
    /// Called after a change.
    #[prop(into)]
    changed: Callback<()>,
) -> impl IntoView {
    let line = memo(move || lines.with(|lines| lines.lines.get(place).cloned().unwrap_or_else(Line::new)));
    let change = move |to: Line| {
        lines.update(|lines| lines.lines.iter_mut().skip(place).take(1).for_each(|line| *line = to.clone()));
        changed.run(());
    };
    let remove = move |_| {
        lines.update(|lines| drop(lines.lines.remove(place)));
        changed.run(());
    };
    let number = place + 1;
    view! {
        <div class="condition-line" role="group" aria-label=format!("Condition {number}")>
            <select
                class="input"
                aria-label="Field"
                inner_html=fields(line, crm)
                on:change:target=move |event| change(about(line.get_untracked(), event.target().value(), crm))
            ></select>
            <select
                class="input"
                aria-label="Comparison"
                inner_html=operators(line)
                on:change:target=move |event| {
                    let operator = Operator::parse(&event.target().value()).unwrap_or(Operator::IsSet);
                    change(Line { operator, ..line.get_untracked() });
                }
            ></select>
            {value_field(line, place, crm, change)}
            <button
                class="button button-quiet"
                type="button"
                aria-label=format!("Remove condition {number}")
                on:click=handler(remove)
            >
                "\u{2715}"
            </button>
        </div>
    }
}

/// The line with another field; a value that is chosen from options begins empty.
fn about(line: Line, field: String, crm: CrmFields) -> Line {
    let (typed, has_options) = untrack(|| (crm.kind(&field), !crm.options(&field).is_empty()));
    let changed = line.about(field, typed);
    if has_options { Line { value: String::new(), ..changed } } else { changed }
}

/// The value: one of the options of a property of the CRM, else a text with what the field offers.
fn value_field(
    line: Memo<Line>,
    place: usize,
    crm: CrmFields,
    change: impl Fn(Line) + Copy + Send + 'static,
) -> AnyView {
    let has_options = memo(move || line.with(|line| line.is_whole() && !crm.options(&line.field).is_empty()));
    let shown = move || if has_options.get() { one_of(line, crm, change) } else { written(line, place, crm, change) };
    dynamic(shown).into_any()
}

/// A choice of one option; a value that is none of them, as of a saved view, stays among them.
fn one_of(line: Memo<Line>, crm: CrmFields, change: impl Fn(Line) + 'static) -> AnyView {
    let options = derived(move || {
        let (field, chosen) = line.with(|line| (line.field.clone(), line.value.clone()));
        let all = crm.options(&field);
        let is_other = !all.iter().any(|known| known.value == chosen);
        let label = if chosen.is_empty() { "Choose" } else { &chosen };
        let other = if is_other { option(&chosen, label, true) } else { String::new() };
        let all = all.iter().map(|known| option(&known.value, &known.label, known.value == chosen));
        other + &all.collect::<String>()
    });
    view! {
        <select
            class="input"
            aria-label="Value"
            inner_html=options
            on:change:target=move |event| change(Line { value: event.target().value(), ..line.get_untracked() })
        ></select>
    }
    .into_any()
}

fn written(line: Memo<Line>, place: usize, crm: CrmFields, change: impl Fn(Line) + 'static) -> AnyView {
    let list = format!("values-{place}");
    let value = derived(move || line.with(|line| line.value.clone()));
    let hint = derived(move || line.with(|line| value_hint(line.kind(), line.operator)));
    let needs_value = memo(move || line.with(Line::needs_value));
    let offered = move || {
        let own = line.with(Line::offered).into_iter().map(|value| option(value, "", false));
        let of_crm = crm.options(&line.with(|line| line.field.clone()));
        own.chain(of_crm.iter().map(|known| option(&known.value, &known.label, false))).collect::<String>()
    };
    view! {
        <input
            class="input"
            aria-label="Value"
            autocomplete="off"
            spellcheck="false"
            list=list.clone()
            placeholder=hint
            prop:hidden=derived(move || !needs_value.get())
            prop:value=value
            on:input:target=move |event| change(Line { value: event.target().value(), ..line.get_untracked() })
        />
        <datalist id=list inner_html=derived(offered)></datalist>
    }
    .into_any()
}

/// The options of the field: those of the catalogue, and of connected CRMs; one that is in neither is one of its own.
fn fields(line: Memo<Line>, crm: CrmFields) -> Signal<String> {
    let field = memo(move || line.with(|line| line.field.clone()));
    derived(move || {
        let known = field.get();
        let of_crm = crm.all.get();
        let is_known = FIELDS.iter().any(|(name, _)| *name == known) || of_crm.iter().any(|input| input.field == known);
        let own = if is_known { String::new() } else { option(&known, &rule_field_label(&known), true) };
        let all: String = FIELDS.iter().map(|(name, label)| option(name, label, *name == known)).collect();
        let of_crm = of_crm.iter().map(|input| option(&input.field, &input_label(input), input.field == known));
        let of_crm: String = of_crm.collect();
        let of_crm = if of_crm.is_empty() { of_crm } else { format!("<optgroup label=\"CRM\">{of_crm}</optgroup>") };
        own + &all + &of_crm
    })
}

fn operators(line: Memo<Line>) -> Signal<String> {
    let operator = memo(move || line.with(|line| line.operator));
    derived(move || {
        let (line, chosen) = (line.get(), operator.get());
        let option = |known: Operator| option(known.as_str(), operator_label(known), known == chosen);
        line.operators().into_iter().map(option).collect()
    })
}

/// An option; names and labels are words of this app or of the field catalogue, a custom name may hold any text.
pub(crate) fn option(value: &str, label: &str, is_chosen: bool) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let selected = if is_chosen { " selected" } else { "" };
    format!("<option value=\"{}\"{selected}>{}</option>", safe(value), safe(label))
}
