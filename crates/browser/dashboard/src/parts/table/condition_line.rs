//! A line of a condition: field, operator and value.

use knock_routing::Operator;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler, memo};
use crate::state::records::condition_lines::{Line, Lines};
use crate::words::field::{FIELDS, field_label, operator_label, value_hint};

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
    view! {
        <div class="condition-line" role="group" aria-label=format!("Condition {number}")>
            <select
                class="input"
                aria-label="Field"
                inner_html=fields(line)
                on:change:target=move |event| change(line.get_untracked().about(event.target().value()))
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
            {value_field(line, place, change)}
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

/// The value, with those that the field offers.
fn value_field(line: Memo<Line>, place: usize, change: impl Fn(Line) + 'static) -> AnyView {
    let list = format!("values-{place}");
    let value = derived(move || line.with(|line| line.value.clone()));
    let hint = derived(move || line.with(|line| value_hint(line.kind(), line.operator)));
    let needs_value = memo(move || line.with(Line::needs_value));
    let offered = move || line.with(Line::offered).iter().map(|value| option(value, "", false)).collect::<String>();
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

/// The options of the field; a field that is in no catalogue is one of its own.
fn fields(line: Memo<Line>) -> Signal<String> {
    let field = memo(move || line.with(|line| line.field.clone()));
    derived(move || {
        let known = field.get();
        let own = (!FIELDS.iter().any(|(name, _)| *name == known)).then_some((&*known, field_label(&known)));
        own.into_iter().chain(FIELDS).map(|(name, label)| option(name, label, name == known)).collect()
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
