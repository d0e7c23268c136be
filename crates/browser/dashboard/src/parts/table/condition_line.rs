//! A line of a condition: field, operator and value.

use knock_routing::Operator;
use leptos::prelude::*;

use crate::condition_lines::{Line, Lines};
use crate::reactive::{derived, handler, memo};
use crate::words::{FIELDS, field_label, operator_label, value_hint};

#[component]
pub(super) fn ConditionLine(
    lines: RwSignal<Lines>,
    /// The number of this line.
    place: usize,
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
    let list = format!("values-{place}");
    let field = memo(move || line.with(|line| line.field.clone()));
    let operator = memo(move || line.with(|line| line.operator));
    let value = derived(move || line.with(|line| line.value.clone()));
    let fields = move || {
        let known = field.get();
        let own = (!FIELDS.iter().any(|(name, _)| *name == known)).then_some((&*known, field_label(&known)));
        own.into_iter().chain(FIELDS).map(|(name, label)| option(name, label, name == known)).collect::<String>()
    };
    let operators = move || {
        let (line, chosen) = (line.get(), operator.get());
        let operators = line.operators().into_iter();
        operators
            .map(|known: Operator| option(known.as_str(), operator_label(known), known == chosen))
            .collect::<String>()
    };
    let offered = move || line.with(Line::offered).iter().map(|value| option(value, "", false)).collect::<String>();
    let hint = derived(move || line.with(|line| value_hint(line.kind(), line.operator)));
    let needs_value = memo(move || line.with(Line::needs_value));
    view! {
        <div class="condition-line" role="group" aria-label=format!("Condition {number}")>
            <select
                class="input"
                aria-label="Field"
                inner_html=derived(fields)
                on:change:target=move |event| change(line.get_untracked().about(event.target().value()))
            ></select>
            <select
                class="input"
                aria-label="Comparison"
                inner_html=derived(operators)
                on:change:target=move |event| {
                    let operator = Operator::parse(&event.target().value()).unwrap_or(Operator::IsSet);
                    change(Line { operator, ..line.get_untracked() });
                }
            ></select>
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

/// An option; names and labels are words of this app or of the field catalogue, a custom name may hold any text.
pub(crate) fn option(value: &str, label: &str, is_chosen: bool) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let selected = if is_chosen { " selected" } else { "" };
    format!("<option value=\"{}\"{selected}>{}</option>", safe(value), safe(label))
}
