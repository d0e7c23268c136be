//! A comparison: field, operator and value.

use knock_routing::{Kind, Operator};
use knock_wire::RuleInputs;
use leptos::prelude::*;

use super::controls::{choice, fixed};
use super::segment_values::values;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::table::condition_line::option;
use crate::state::rules::form::{RuleForm, part_id};
use crate::words::field::operator_label;
use crate::words::reason::{HERE, sentence};
use crate::words::rule::{NAMESPACES, rule_field_label};
use crate::words::rules::comparison::Comparison;

/// A line with its controls.
pub(super) fn comparison(form: RuleForm, id: usize) -> AnyView {
    let known = move || form.comparison(id).unwrap_or_else(|| Comparison::new("intent.type"));
    let field = memo(move || known().field);
    let fields = derived(move || form.inputs.with(|inputs| field_options(inputs, &field.get())));
    let operators = memo(move || {
        let known = known();
        let of = |operator: Operator| option(operator.as_str(), operator_label(operator), operator == known.operator);
        known.operators().into_iter().map(of).collect::<String>()
    });
    let shown = memo(move || {
        let known = known();
        let is_whole = matches!(known.operator, Operator::Eq | Operator::Neq);
        (known.field.clone(), known.shape(), known.value_kind(), is_whole)
    });
    let ask = move |field: String| {
        let typed = match form.input(&field).map(|input| input.value_type).as_deref() {
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Bool,
            // A field of the catalogue has its kind already.
            Some("list") => Kind::List,
            _ => Kind::Text,
        };
        form.change_comparison(id, |comparison| comparison.ask(&field, typed));
    };
    let ask_by = move |word: String| {
        let operator = Operator::parse(&word).unwrap_or(Operator::IsSet);
        form.change_comparison(id, |comparison| comparison.ask_by(operator));
    };
    let fault = memo(move || form.fault(id));
    let has_source = memo(move || field.with(|field| form.input(field)).is_none_or(|input| input.has_source));
    view! {
        <div class="comparison" role="group" aria-label="Condition">
            {choice(part_id(id), fixed("Field"), fields, Box::new(ask))}
            {choice(String::new(), fixed("Comparison"), operators.into(), Box::new(ask_by))}
            <div class="comparison-values">{dynamic(move || values(form, id, shown.get()))}</div>
            <button
                class="button button-quiet"
                type="button"
                aria-label=derived(move || format!("Remove condition on {}", rule_field_label(&field.get())))
                on:click=handler(move |_| form.remove_part(id))
            >
                "\u{2715}"
            </button>
            {dynamic(move || fault.get().map(|reason| view! { <p class="field-error" role="alert">{sentence(HERE, &reason)}</p> }))}
            {dynamic(move || (!has_source.get()).then(|| view! {
                <p class="field-hint">"This field has no source in this workspace yet, so it counts as missing."</p>
            }))}
        </div>
    }
    .into_any()
}

/// All fields by their namespace; one that is not among them is added.
pub(crate) fn field_options(inputs: &RuleInputs, chosen: &str) -> String {
    let mut all: Vec<(&str, String)> = inputs.fields.iter().map(|input| (input.field.as_str(), label(input))).collect();
    if !all.iter().any(|(field, _)| *field == chosen) {
        all.push((chosen, rule_field_label(chosen)));
    }
    let of_space = |(space, title): (&str, &str)| {
        let within = all.iter().filter(|(field, _)| field.split('.').next() == Some(space));
        let options: String = within.map(|(field, label)| option(field, label, *field == chosen)).collect();
        if options.is_empty() { options } else { format!("<optgroup label=\"{title}\">{options}</optgroup>") }
    };
    NAMESPACES.into_iter().map(of_space).collect()
}

fn label(input: &knock_wire::FieldInput) -> String {
    let label = input.label.clone().unwrap_or_else(|| rule_field_label(&input.field));
    if input.has_source { label } else { format!("{label} (no source yet)") }
}
