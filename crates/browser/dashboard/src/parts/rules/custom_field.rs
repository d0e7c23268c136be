//! A custom field: label, name for rules, type and source.

use knock_model::{CustomFieldSource, CustomFieldType};
use knock_wire::CustomField;
use leptos::prelude::*;

use super::controls::{fixed, labelled_choice, tick};
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::field::Field;
use crate::parts::table::condition_line::option;
use crate::state::rules::custom_fields::FieldsForm;

const TYPES: [(CustomFieldType, &str); 3] =
    [(CustomFieldType::Text, "Text"), (CustomFieldType::Number, "Number"), (CustomFieldType::Boolean, "Yes or no")];
const SOURCES: [(CustomFieldSource, &str); 4] = [
    (CustomFieldSource::Identify, "identify: a property that your site sends with knock('identify')"),
    (CustomFieldSource::Form, "Form: a field of a form on your sites"),
    (CustomFieldSource::Api, "API: your programs, or a member"),
    (CustomFieldSource::Workflow, "Workflow: a step of a workflow, which may set every field"),
];

/// The controls of a field.
pub(crate) fn custom_field(form: FieldsForm, id: usize) -> AnyView {
    let label = memo(move || form.read(id, |field| field.label.clone()));
    let types = derived(move || {
        let chosen = form.read(id, |field| field.value_type);
        TYPES.map(|(one, label)| option(one.as_str(), label, one == chosen)).concat()
    });
    let choose = move |word: String| {
        form.change(id, |field| field.value_type = CustomFieldType::parse(&word).unwrap_or_default());
    };
    let sources = SOURCES.map(|(source, words)| {
        let is_on = derived(move || form.read(id, |field| field.sources.contains(&source)));
        let set = move |is: bool| {
            form.change(id, |field| {
                field.sources.retain(|known| *known != source);
                if is {
                    field.sources.push(source);
                }
            });
        };
        tick(fixed(words), is_on, Box::new(set))
    });
    let is_of_form = memo(move || form.read(id, |field| field.sources.contains(&CustomFieldSource::Form)));
    let form_field = move || {
        let about = ("form_field", "Name of the form field", "Empty: the name above.");
        is_of_form.get().then(|| text(form, id, about, |field| field.form_field.get_or_insert_default()))
    };
    let source_errors = move || {
        let errors = form.errors(id, "sources").into_iter();
        errors.map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect::<Vec<_>>()
    };
    view! {
        <li class="panel">
            <div class="segment-parts" role="group" aria-label=derived(move || format!("Custom field {}", label.get()))>
                <div class="target">
                    {text(form, id, ("label", "Label", "Its name in your team."), |field| &mut field.label)}
                    {text(form, id, ("name", "Name", "Rules read it as custom.NAME: a to z, 0 to 9 and _."), |field| &mut field.name)}
                    {labelled_choice(&format!("custom-{id}-type"), "Type", types, Box::new(choose))}
                </div>
                <fieldset class="fieldset">
                    <legend class="field-label">"Sources of its value; the newest counts"</legend>
                    {sources.into_iter().collect::<Vec<_>>()} {dynamic(source_errors)}
                </fieldset>
                {dynamic(form_field)}
                <div class="webhook-actions">
                    <button class="button" type="button" on:click=handler(move |_| form.remove(id))>
                        "Remove"
                        <span class="unseen">" " <bdi>{label}</bdi></span>
                    </button>
                </div>
            </div>
        </li>
    }
    .into_any()
}

type Of = fn(&mut CustomField) -> &mut String;

fn text(
    form: FieldsForm,
    id: usize,
    (part, label, hint): (&'static str, &'static str, &'static str),
    of: Of,
) -> AnyView {
    let control = format!("custom-{id}-{part}");
    let value = memo(move || form.read(id, |field| of(&mut field.clone()).clone()));
    let errors = derived(move || form.errors(id, part));
    view! {
        <Field id=control.clone() label hint errors>
            <input
                class="input"
                id=control.clone()
                autocomplete="off"
                spellcheck="false"
                aria-describedby=format!("{control}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                prop:value=value
                on:input:target=move |event| {
                    let text = event.target().value();
                    form.change(id, |field| *of(field) = text);
                }
            />
        </Field>
    }
    .into_any()
}
