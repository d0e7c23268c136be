//! The fields of which the groups of the look are made.

use knock_wire::Texts;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::field::Field;
use crate::state::settings::look_form::{LookForm, Of};

/// The id of a control, its label and its hint.
pub(super) type Named = (&'static str, &'static str, &'static str);

/// Fields with a heading.
pub(super) fn group(id: &'static str, title: &'static str, fields: AnyView) -> AnyView {
    view! {
        <fieldset class="panel look-group">
            <legend><h2 class="panel-title" id=id>{title}</h2></legend>
            {fields}
        </fieldset>
    }
    .into_any()
}

pub(super) fn wrong(errors: Signal<Vec<String>>) -> Signal<String> {
    derived(move || errors.with(|errors| !errors.is_empty()).to_string())
}

/// Errors below fields that are no [`Field`].
pub(super) fn error_lines(errors: Signal<Vec<String>>) -> AnyView {
    let lines = move || {
        let line = |error| view! { <p class="field-error" role="alert">{error}</p> }.into_any();
        errors.get().into_iter().map(line).collect_view()
    };
    view! { {dynamic(lines)} }.into_any()
}

/// A line of text.
pub(super) fn line(form: LookForm, (id, label, hint): Named, of: Of<String>) -> AnyView {
    let errors = derived(move || form.errors(id));
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input"
                id=id
                autocomplete="off"
                spellcheck="false"
                aria-describedby=format!("{id}-notes")
                aria-invalid=wrong(errors)
                prop:value=derived(move || form.field(of))
                on:input:target=move |event| form.change(|look| *of(look) = event.target().value())
            />
        </Field>
    }
    .into_any()
}

/// A text of the chosen language; `path` is its name in the request.
pub(super) fn text(form: LookForm, (id, label, hint): Named, path: &'static str, of: Of<Texts>) -> AnyView {
    let errors = derived(move || form.text_errors(path));
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input"
                id=id
                lang=form.language
                autocomplete="off"
                aria-describedby=format!("{id}-notes")
                aria-invalid=wrong(errors)
                prop:value=derived(move || form.text(of))
                on:input:target=move |event| form.set_text(of, event.target().value())
            />
        </Field>
    }
    .into_any()
}

/// The same with several lines.
pub(super) fn long_text(form: LookForm, (id, label, hint): Named, path: &'static str, of: Of<Texts>) -> AnyView {
    let errors = derived(move || form.text_errors(path));
    view! {
        <Field id=id.to_owned() label hint errors>
            <textarea
                class="input agents-text"
                id=id
                rows="2"
                lang=form.language
                aria-describedby=format!("{id}-notes")
                aria-invalid=wrong(errors)
                prop:value=derived(move || form.text(of))
                on:input:target=move |event| form.set_text(of, event.target().value())
            ></textarea>
        </Field>
    }
    .into_any()
}

/// Lines of a list, such as patterns of paths.
pub(super) fn lines(form: LookForm, (id, label, hint): Named, path: &'static str, of: Of<Vec<String>>) -> AnyView {
    let errors = derived(move || form.errors(path));
    let set = move |text: String| form.change(|look| *of(look) = text.split('\n').map(str::to_owned).collect());
    view! {
        <Field id=id.to_owned() label hint errors>
            <textarea
                class="input"
                id=id
                rows="2"
                spellcheck="false"
                aria-describedby=format!("{id}-notes")
                aria-invalid=wrong(errors)
                prop:value=derived(move || form.field(of).join("\n"))
                on:input:target=move |event| set(event.target().value())
            ></textarea>
        </Field>
    }
    .into_any()
}

/// A number; `read` takes the typed text, which may be no number yet.
pub(super) fn number(
    form: LookForm,
    (id, label, hint): Named,
    path: &'static str,
    value: Signal<String>,
    read: impl Fn(&str) + Send + 'static,
) -> AnyView {
    let errors = derived(move || form.errors(path));
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input alerts-number"
                id=id
                type="number"
                min="0"
                inputmode="numeric"
                aria-describedby=format!("{id}-notes")
                aria-invalid=wrong(errors)
                prop:value=value
                on:change:target=move |event| read(event.target().value().trim())
            />
        </Field>
    }
    .into_any()
}

/// A box to check, with a note below it.
pub(super) fn check(
    (id, label): (&'static str, &'static str),
    note: impl IntoAny,
    is_on: Signal<bool>,
    set: impl Fn(bool) + 'static,
) -> AnyView {
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id=id
                aria-describedby=format!("{id}-notes")
                prop:checked=is_on
                on:change:target=move |event| set(event.target().checked())
            />
            <label for=id>{label}</label>
            <p class="field-hint" id=format!("{id}-notes")>{note.into_any()}</p>
        </div>
    }
    .into_any()
}

/// A box for a field that is true or false.
pub(super) fn switch(form: LookForm, named: (&'static str, &'static str), note: impl IntoAny, of: Of<bool>) -> AnyView {
    let set = move |is_on| form.change(|look| *of(look) = is_on);
    check(named, note, derived(move || form.field(of)), set)
}

/// A choice of a few values with their names; `path` is the name of the field in the request.
pub(super) fn choose<T: Copy + PartialEq + Send + Sync + 'static>(
    form: LookForm,
    named: Named,
    path: &'static str,
    options: &'static [(T, &'static str)],
    of: Of<T>,
) -> AnyView {
    choose_by(form, named, path, options, derived(move || form.field(of)), move |value| {
        form.change(|look| *of(look) = value);
    })
}

/// The same for a value that more depends on.
pub(super) fn choose_by<T: Copy + PartialEq + Send + Sync + 'static>(
    form: LookForm,
    (id, label, hint): Named,
    path: &'static str,
    options: &'static [(T, &'static str)],
    value: Signal<T>,
    set: impl Fn(T) + Send + 'static,
) -> AnyView {
    let errors = derived(move || form.errors(path));
    let chosen = derived(move || {
        let value = value.get();
        options.iter().position(|(option, _)| *option == value).unwrap_or_default().to_string()
    });
    let take = move |at: &str| {
        if let Some((value, _)) = at.parse().ok().and_then(|at: usize| options.get(at)) {
            set(*value);
        }
    };
    // Words of this app alone.
    let names: String =
        options.iter().enumerate().map(|(at, (_, name))| format!("<option value=\"{at}\">{name}</option>")).collect();
    view! {
        <Field id=id.to_owned() label hint errors>
            <select
                class="input"
                id=id
                aria-describedby=format!("{id}-notes")
                inner_html=names
                prop:value=chosen
                on:change:target=move |event| take(&event.target().value())
            ></select>
        </Field>
    }
    .into_any()
}
