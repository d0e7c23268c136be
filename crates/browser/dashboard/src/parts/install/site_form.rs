//! Adding or editing a site.

use knock_wire::Site;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::category_fields::CategoryFields;
use super::identify_fields::IdentifyFields;
use crate::kit::browser;
use crate::kit::reactive::{derived, effect, handler};
use crate::parts::form::field::Field;
use crate::parts::form::save_bar::Unsaved;
use crate::state::settings::site_form::SiteFields;
use crate::words::failure::failure_words;
use crate::words::site::unplaced_errors;

/// Name, origins and base path; the whole form also has own categories and identification; the server's errors are at
/// their fields.
#[component]
pub(crate) fn SiteForm(
    /// The site to edit; none adds one.
    site: Option<Site>,
    /// Whether the form has all settings.
    #[prop(optional)]
    is_whole: bool,
    /// Takes the site as the server stored it.
    #[prop(into)]
    saved: Callback<Site>,
    /// Closes the form without a change.
    #[prop(into)]
    cancel: Callback<()>,
) -> impl IntoView {
    let fields = SiteFields::of(site, is_whole);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        fields.save(saved);
    };
    let whole = is_whole.then(|| view! { <CategoryFields fields /> <IdentifyFields fields /> });
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            {general(fields)}
            <Basics fields />
            {whole}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=fields.is_saving>
                    {derived(move || if fields.is_saving.get() { "Saving\u{2026}" } else { "Save" })}
                </button>
                <button class="button" type="button" on:click=handler(move |_| cancel.run(()))>
                    "Cancel"
                </button>
                <Unsaved is_changed=derived(move || fields.is_changed()) />
            </div>
        </form>
    }
}

/// The failure that belongs to no field.
fn general(fields: SiteFields) -> AnyView {
    let words = move || {
        fields.failure.get().map(|failure| {
            let words = failure_words(&failure);
            let problem = fields.problem();
            // An error shown at its field is not repeated.
            let advice = if problem.errors.is_empty() { words.advice } else { unplaced_errors(&problem) };
            view! { <p class="form-error" role="alert"><strong>{words.title}</strong> " " {advice}</p> }
        })
    };
    view! { {words} }.into_any()
}

#[component]
fn Basics(fields: SiteFields) -> impl IntoView {
    let id = fields.id();
    let origins = fields.origins;
    let errors = fields.errors("origins");
    let first = NodeRef::<Input>::new();
    effect(move || first.get().inspect(|input| browser::focus(input)));
    let origins_id = format!("{id}-origins");
    view! {
        {line(format!("{id}-name"), "Name", "Its name in your team.", fields.name, fields.errors("name"), first)}
        <Field
            id=origins_id.clone()
            label="Addresses of the site, one per line"
            hint="Where the snippet may run: www.example.com, or localhost:3000. Paths are left out; browsers call it the origin."
            errors
        >
            <textarea
                class="input"
                id=origins_id.clone()
                rows="3"
                aria-describedby=format!("{origins_id}-notes")
                aria-invalid=wrong(errors)
                spellcheck="false"
                prop:value=origins
                on:input:target=move |event| origins.set(event.target().value())
            ></textarea>
        </Field>
        <label class="choice">
            <input type="checkbox" bind:checked=fields.with_twins />
            "Accept each address with www and without it"
        </label>
        {line(
            format!("{id}-base"),
            "Base path",
            "Where the site lives under a path, such as /shop; empty for a whole host.",
            fields.base,
            fields.errors("base"),
            NodeRef::new(),
        )}
    }
}

fn wrong(errors: Signal<Vec<String>>) -> Signal<String> {
    derived(move || errors.with(|errors| !errors.is_empty()).to_string())
}

/// A field of one line.
fn line(
    id: String,
    label: &'static str,
    hint: &'static str,
    value: RwSignal<String>,
    errors: Signal<Vec<String>>,
    control: NodeRef<Input>,
) -> AnyView {
    view! {
        <Field id=id.clone() label hint errors>
            <input
                class="input"
                id=id.clone()
                aria-describedby=format!("{id}-notes")
                aria-invalid=wrong(errors)
                autocomplete="off"
                spellcheck="false"
                node_ref=control
                bind:value=value
            />
        </Field>
    }
    .into_any()
}
