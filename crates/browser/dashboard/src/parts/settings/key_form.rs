//! The form that creates an API key.

use knock_model::Role;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::role_choice::role_options;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::field::{Field, refused_at};
use crate::state::settings::keys::Keys;

/// The choices for the validity of a key: days, and labels.
const ENDS: &str = "<option value=\"\">Never</option><option value=\"30\">In 30 days</option>\
    <option value=\"90\">In 90 days</option><option value=\"365\">In a year</option>";

/// A name, a role, a validity, and a button; then the key, which is shown only once.
#[component]
pub(crate) fn KeyForm(keys: Keys) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        keys.create();
    };
    let errors = refused_at(keys.failure, "name");
    let choice = |id: &'static str, label: &'static str, options: String, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label class="field-label" for=id>
                    {label}
                </label>
                <select
                    class="input"
                    id=id
                    inner_html=options
                    on:change:target=move |event| value.set(event.target().value())
                ></select>
            </div>
        }
        .into_any()
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <Field id="key-name".to_owned() label="Name" hint="Its purpose, such as the program that uses it." errors>
                <input
                    class="input"
                    id="key-name"
                    autocomplete="off"
                    aria-describedby="key-name-notes"
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    bind:value=keys.name
                />
            </Field>
            {choice("key-role", "Role", role_options(Role::Ingest, |_| true), keys.role)}
            {choice("key-ends", "Ends", ENDS.to_owned(), keys.days)}
            <div class="form-actions">
                <button class="button button-strong" type="submit">
                    "Create"
                </button>
            </div>
        </form>
        <div class="invitation" hidden=derived(move || keys.key.with(String::is_empty))>
            <p role="status">"This is the key. It is shown only once: copy it now."</p>
            <div class="snippet">
                <CopyLine text=keys.key label="Key".to_owned() />
            </div>
        </div>
    }
}
