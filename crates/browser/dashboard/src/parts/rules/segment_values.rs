//! The values of a comparison: none, one, two numbers, or several; with suggestions.

use knock_routing::Kind;
use knock_wire::FieldOption;
use leptos::prelude::*;

use super::controls::{choice, fixed};
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, handler, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::lines::Lines;
use crate::parts::table::condition_line::option;
use crate::state::records::condition_lines::offered;
use crate::state::rules::form::RuleForm;
use crate::words::field::value_hint;
use crate::words::rules::comparison::Shape;

/// The controls for the values of a comparison, by field, number of values, kind, and whether a whole value is compared.
pub(super) fn values(
    form: RuleForm,
    id: usize,
    (field, shape, kind, is_whole): (String, Shape, Kind, bool),
) -> AnyView {
    let list = format!("seen-{id}");
    let body = match (shape, kind) {
        (Shape::Nothing, _) => return ().into_any(),
        (Shape::One, Kind::Bool) => yes_or_no(form, id),
        (Shape::One, Kind::Text) if is_whole && has_options(form, &field) => one_of(form, id, &field),
        (Shape::One, _) => typed(form, id, 0, ("Value", list.clone())),
        (Shape::Pair, _) => view! {
            {typed(form, id, 0, ("From", list.clone()))}
            {typed(form, id, 1, ("To", list.clone()))}
        }
        .into_any(),
        (Shape::Several, _) => several(form, id, list.clone()),
    };
    view! { {body} <datalist id=list inner_html=derived(move || seen(form, &field, kind))></datalist> }.into_any()
}

/// The possible or recent values of the field, as suggestions.
fn seen(form: RuleForm, field: &str, kind: Kind) -> String {
    let mut all: Vec<String> = offered(field, kind).into_iter().map(str::to_owned).collect();
    let known = form.input(field).map(|input| input.values).unwrap_or_default();
    all.extend(known.into_iter().filter(|value| !offered(field, kind).contains(&value.as_str())));
    let options: Vec<FieldOption> = form.input(field).map(|input| input.options).unwrap_or_default();
    all.retain(|value| !options.iter().any(|known| known.value == *value));
    let labelled = options.iter().map(|known| option(&known.value, &known.label, false));
    labelled.chain(all.iter().map(|value| option(value, "", false))).collect()
}

/// Whether the field is a property of the CRM with a list of options.
fn has_options(form: RuleForm, field: &str) -> bool {
    form.input(field).is_some_and(|input| !input.options.is_empty())
}

/// A choice of one option; a value that is none of them, as another program saved it, stays among them.
fn one_of(form: RuleForm, id: usize, field: &str) -> AnyView {
    let value = at(form, id, 0);
    let all = form.input(field).map(|input| input.options).unwrap_or_default();
    let options = derived(move || {
        let chosen = value.get();
        let is_other = !all.iter().any(|known| known.value == chosen);
        let first = if is_other {
            option(&chosen, if chosen.is_empty() { "Choose" } else { &chosen }, true)
        } else {
            String::new()
        };
        let rest: String = all.iter().map(|known| option(&known.value, &known.label, known.value == chosen)).collect();
        first + &rest
    });
    let choose = move |word: String| form.change_comparison(id, |comparison| comparison.write(0, word));
    choice(String::new(), fixed("Value"), options, Box::new(choose))
}

fn at(form: RuleForm, id: usize, place: usize) -> Memo<String> {
    memo(move || form.comparison(id).map(|known| known.value(place).to_owned()).unwrap_or_default())
}

fn yes_or_no(form: RuleForm, id: usize) -> AnyView {
    let value = at(form, id, 0);
    let options = derived(move || {
        let chosen = value.get();
        let words = [("", "Choose"), ("true", "Yes"), ("false", "No")];
        words.map(|(word, label)| option(word, label, word == chosen)).concat()
    });
    let choose = move |word: String| form.change_comparison(id, |comparison| comparison.write(0, word));
    choice(String::new(), fixed("Value"), options, Box::new(choose))
}

fn typed(form: RuleForm, id: usize, place: usize, (label, list): (&'static str, String)) -> AnyView {
    let value = at(form, id, place);
    let hint = form.comparison(id).map(|known| value_hint(known.value_kind(), known.operator)).unwrap_or_default();
    view! {
        <input
            class="input"
            aria-label=label
            autocomplete="off"
            spellcheck="false"
            placeholder=hint
            list=list
            prop:value=value
            on:input:target=move |event| {
                let text = event.target().value();
                form.change_comparison(id, |comparison| comparison.write(place, text));
            }
        />
    }
    .into_any()
}

/// A list of values, and a field that adds one.
fn several(form: RuleForm, id: usize, list: String) -> AnyView {
    let all = memo(move || form.comparison(id).map(|known| known.values).unwrap_or_default());
    let field = format!("more-{id}");
    let of_field = field.clone();
    let drawn = move || {
        let draw = |(place, value): (usize, &String)| {
            let (value, field) = (value.clone(), of_field.clone());
            Drawn::new(line_id(&[&place.to_string(), &value]), move || {
                chip(form, id, (place, value.clone()), field.clone())
            })
        };
        all.with(|all| all.iter().enumerate().map(draw).collect::<Vec<_>>())
    };
    let add = move |text: String| {
        let text = text.trim().to_owned();
        let is_new = all.with_untracked(|all| !all.contains(&text));
        if is_new && !text.is_empty() {
            form.change_comparison(id, |comparison| comparison.values.push(text));
        }
    };
    view! {
        <ul class="chips" aria-label="Values">
            <Lines of=derived(drawn) />
        </ul>
        <input
            class="input"
            id=field
            aria-label="Add a value"
            placeholder="add a value, then Enter"
            autocomplete="off"
            spellcheck="false"
            list=list
            on:change:target=move |event| {
                let control = event.target();
                add(control.value());
                control.set_value("");
            }
            on:keydown=handler(move |event: leptos::ev::KeyboardEvent| {
                // Enter adds the value by the change event that follows; it must not save the rule.
                if event.key() == "Enter" {
                    event.prevent_default();
                    let control: leptos::web_sys::HtmlInputElement = event_target(&event);
                    add(control.value());
                    control.set_value("");
                }
            })
        />
    }
    .into_any()
}

fn chip(form: RuleForm, id: usize, (place, value): (usize, String), field: String) -> AnyView {
    let remove = move |_| {
        form.change_comparison(id, |comparison| drop(comparison.values.remove(place)));
        focus_later(field.clone());
    };
    view! {
        <li class="chip">
            <bdi>{value.clone()}</bdi>
            <button
                class="chip-remove"
                type="button"
                aria-label=format!("Remove value {value}")
                on:click=handler(remove)
            >
                "\u{2715}"
            </button>
        </li>
    }
    .into_any()
}
