//! The form before the chat: when it is asked, and its fields.

use knock_wire::{CustomField, FormField, FormTime};
use leptos::prelude::*;

use super::fields::{choose_by, error_lines, group};
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::when::When;
use crate::state::settings::look_form::LookForm;

/// The limit of the server.
const MOST_FIELDS: usize = 8;
const ADD: &str = "add-form-field";

const TIMES: [(FormTime, &str); 3] = [
    (FormTime::Never, "No form"),
    (FormTime::Before, "Before the first message"),
    (FormTime::After, "After the first message"),
];

const STANDARD: [(&str, &str); 4] = [("name", "Name"), ("email", "Email"), ("phone", "Phone"), ("company", "Company")];

pub(super) fn chat_form(form: LookForm) -> AnyView {
    let when = derived(move || form.draft.with(|look| look.form.when));
    let is_asked = derived(move || when.get() != FormTime::Never);
    let set = move |when| {
        form.change(|look| {
            look.form.when = when;
            // A form needs a field.
            if when != FormTime::Never && look.form.fields.is_empty() {
                look.form.fields = vec![FormField { field: "email".to_owned(), is_required: true }];
            }
        });
    };
    let fields = view! {
        {choose_by(form, ("form-when", "When it is asked", ""), "form/when", &TIMES, when, set)}
        <When is=is_asked>
            <Questions form />
        </When>
    };
    group("look-form", "Form before the chat", fields.into_any())
}

#[component]
fn Questions(form: LookForm) -> impl IntoView {
    // Redrawn when fields are added, moved or removed.
    let fields = memo(move || form.draft.with(|look| look.form.fields.clone()));
    let is_full = derived(move || fields.with(Vec::len) >= MOST_FIELDS);
    let add = move |_| {
        let asked = fields.get_untracked();
        let free = STANDARD.iter().map(|(name, _)| *name).find(|name| asked.iter().all(|field| field.field != *name));
        let field = FormField { field: free.unwrap_or("name").to_owned(), is_required: false };
        form.change(|look| look.form.fields.push(field));
        focus_later(id_of(asked.len()));
    };
    let lines = move || {
        let all = fields.get();
        all.into_iter().enumerate().map(|(at, field)| question(form, at, &field)).collect_view()
    };
    view! {
        <ol class="look-questions" aria-label="Fields of the form">{dynamic(lines)}</ol>
        {error_lines(derived(move || form.errors("form/fields")))}
        <button class="button look-add" id=ADD type="button" prop:disabled=is_full on:click=handler(add)>
            "Add a field"
        </button>
        <p class="field-hint">
            "Visitors with an address that is already known are not asked again. Custom fields are in "
            <a class="link" href="/app/settings/fields">"Settings"</a> "."
        </p>
    }
}

fn id_of(at: usize) -> String {
    format!("form-field-{at}")
}

fn question(form: LookForm, at: usize, asked: &FormField) -> AnyView {
    let number = at + 1;
    let chosen = asked.field.clone();
    let options = move || {
        let custom = form.custom_fields.get();
        names(&custom, &chosen)
            .into_iter()
            .map(|(value, name)| {
                view! { <option value=value.clone() prop:selected=value == chosen>{name}</option> }.into_any()
            })
            .collect_view()
    };
    let set = move |name: String| {
        form.change(|look| {
            if let Some(field) = look.form.fields.get_mut(at) {
                field.field = name;
            }
        });
        focus_later(id_of(at));
    };
    let require = move |is_required| {
        form.change(|look| {
            if let Some(field) = look.form.fields.get_mut(at) {
                field.is_required = is_required;
            }
        });
        focus_later(format!("form-required-{at}"));
    };
    let remove = move |_| {
        form.change(|look| {
            if at < look.form.fields.len() {
                look.form.fields.remove(at);
            }
        });
        focus_later(ADD.to_owned());
    };
    let earlier = move |_| {
        form.change(|look| {
            if (1..look.form.fields.len()).contains(&at) {
                look.form.fields.swap(at, at - 1);
            }
        });
        focus_later(id_of(at.saturating_sub(1)));
    };
    view! {
        <li class="look-question">
            <select
                class="input"
                id=id_of(at)
                aria-label=format!("Field {number}")
                on:change:target=move |event| set(event.target().value())
            >
                {dynamic(options)}
            </select>
            <label class="choice">
                <input
                    type="checkbox"
                    id=format!("form-required-{at}")
                    prop:checked=asked.is_required
                    on:change:target=move |event| require(event.target().checked())
                />
                "Required"
                <span class="unseen">{format!(" (field {number})")}</span>
            </label>
            <button class="button button-quiet" type="button" hidden=at == 0 on:click=handler(earlier)>
                "Move up"
                <span class="unseen">{format!(" field {number}")}</span>
            </button>
            <button class="button button-quiet" type="button" on:click=handler(remove)>
                "Remove"
                <span class="unseen">{format!(" field {number}")}</span>
            </button>
        </li>
    }
    .into_any()
}

/// The fields that can be asked: value and name. One whose custom field was removed keeps its key as its name.
fn names(custom: &[CustomField], chosen: &str) -> Vec<(String, String)> {
    let standard = STANDARD.iter().map(|(value, name)| ((*value).to_owned(), (*name).to_owned()));
    let custom = custom.iter().map(|field| (format!("custom.{}", field.name), field.label.clone()));
    let mut all: Vec<_> = standard.chain(custom).collect();
    if all.iter().all(|(value, _)| value != chosen) {
        all.push((chosen.to_owned(), chosen.to_owned()));
    }
    all
}
