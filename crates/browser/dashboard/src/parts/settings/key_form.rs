//! The form that creates an API key.

use knock_model::Role;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::role_choice::role_options;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::field::{Field, refused_at};
use crate::parts::page::when::When;
use crate::state::settings::keys::{INTEGRATION, Keys};

/// The choices for the validity of a key: days, and labels.
const ENDS: &str = "<option value=\"\">Never</option><option value=\"30\">In 30 days</option>\
    <option value=\"90\">In 90 days</option><option value=\"365\">In a year</option>";

/// A name, a role, an author, a validity, and a button; then the key, which is shown only once.
#[component]
pub(crate) fn KeyForm(keys: Keys) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        keys.create();
    };
    let errors = refused_at(keys.failure, "name");
    let is_integration = derived(move || keys.author.with(|author| author == INTEGRATION));
    let members = move || {
        let option = |(id, email)| view! { <option value=id>{email}</option> }.into_any();
        keys.members.get().into_iter().map(option).collect::<Vec<_>>()
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
            <Field
                id="key-role".to_owned()
                label="Role"
                hint="Its permissions. With a member it may not do more than their role."
                errors=refused_at(keys.failure, "role")
            >
                <select
                    class="input"
                    id="key-role"
                    aria-describedby="key-role-notes"
                    inner_html=role_options(Role::Ingest, |_| true)
                    on:change:target=move |event| keys.role.set(event.target().value())
                ></select>
            </Field>
            <Field
                id="key-author".to_owned()
                label="Writes as"
                hint="The author of its replies and notes. A member's replies are theirs; those of an integration leave the lead waiting for a rep."
                errors=refused_at(keys.failure, "author/member")
            >
                <select
                    class="input"
                    id="key-author"
                    aria-describedby="key-author-notes"
                    on:change:target=move |event| keys.author.set(event.target().value())
                >
                    <option value="">"It does not write"</option>
                    <option value=INTEGRATION>"An integration"</option>
                    {dynamic(members)}
                </select>
            </Field>
            <When is=is_integration>
                <Field
                    id="key-integration".to_owned()
                    label="Name of the integration"
                    hint="What the team reads, such as Zapier. Visitors read that the team writes."
                    errors=refused_at(keys.failure, "author/integration")
                >
                    <input
                        class="input"
                        id="key-integration"
                        autocomplete="off"
                        aria-describedby="key-integration-notes"
                        bind:value=keys.integration
                    />
                </Field>
            </When>
            <div class="field">
                <label class="field-label" for="key-ends">
                    "Ends"
                </label>
                <select
                    class="input"
                    id="key-ends"
                    inner_html=ENDS
                    on:change:target=move |event| keys.days.set(event.target().value())
                ></select>
            </div>
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
