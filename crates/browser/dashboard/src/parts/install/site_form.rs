//! Adding or editing a site.

use knock_wire::{Problem, Site};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::browser;
use crate::parts::Field;
use crate::session::use_session;
use crate::words::{draft_of, failure_words, field_errors, unplaced_errors};

/// Name, origins and base path; errors of the server stand at their fields.
#[component]
pub(crate) fn SiteForm(
    /// The site to edit; none adds one.
    site: Option<Site>,
    /// Takes the site as the server stored it.
    #[prop(into)]
    saved: Callback<Site>,
    /// Leaves everything as it is.
    #[prop(into)]
    cancel: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let key = site.as_ref().map(|site| site.key.clone());
    let id = key.clone().unwrap_or_else(|| "new".to_owned());
    let (name, origins, base) = site.map(|site| (site.name, site.origins.join("\n"), site.base)).unwrap_or_default();
    let (name, origins, base) = (RwSignal::new(name), RwSignal::new(origins), RwSignal::new(base));
    let is_saving = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let problem = Signal::derive(move || match failure.get() {
        Some(Failure::Refused(problem)) => problem,
        _ => Problem::default(),
    });
    let first = NodeRef::<Input>::new();
    Effect::new(move |_| first.get().inspect(|input| browser::focus(input)));

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if is_saving.get_untracked() {
            return;
        }
        is_saving.set(true);
        let draft = draft_of(&name.get_untracked(), &origins.get_untracked(), &base.get_untracked());
        let (client, key) = (session.client(), key.clone());
        spawn_local(async move {
            let answer = match key {
                Some(key) => client.change_site(&key, &draft).await,
                None => client.add_site(&draft).await,
            };
            is_saving.try_set(false);
            match answer {
                Ok(site) => saved.run(site),
                Err(reason) => {
                    failure.try_set(Some(reason));
                }
            }
        });
    };
    let errors = |field: &'static str| Signal::derive(move || problem.with(|problem| field_errors(problem, field)));
    let (name_errors, origin_errors, base_errors) = (errors("name"), errors("origins"), errors("base"));
    let wrong = |errors: Signal<Vec<String>>| move || errors.with(|errors| !errors.is_empty()).to_string();
    let general = move || {
        failure.get().map(|failure| {
            let words = failure_words(&failure);
            let others = problem.with(unplaced_errors);
            // What stands at its field is not said twice.
            let advice = if problem.with(|problem| problem.errors.is_empty()) { words.advice } else { others };
            view! { <p class="form-error" role="alert"><strong>{words.title}</strong> " " {advice}</p> }
        })
    };
    let (name_id, origins_id, base_id) = (format!("{id}-name"), format!("{id}-origins"), format!("{id}-base"));
    view! {
        <form class="form" on:submit=submit novalidate>
            {general}
            <Field id=name_id.clone() label="Name" hint="What your team calls it." errors=name_errors>
                <input
                    class="input"
                    id=name_id.clone()
                    aria-describedby=format!("{name_id}-notes")
                    aria-invalid=wrong(name_errors)
                    autocomplete="off"
                    node_ref=first
                    bind:value=name
                />
            </Field>
            <Field
                id=origins_id.clone()
                label="Origins, one per line"
                hint="Where signals may come from, such as https://www.example.com."
                errors=origin_errors
            >
                <textarea
                    class="input"
                    id=origins_id.clone()
                    rows="3"
                    aria-describedby=format!("{origins_id}-notes")
                    aria-invalid=wrong(origin_errors)
                    spellcheck="false"
                    prop:value=origins
                    on:input:target=move |event| origins.set(event.target().value())
                ></textarea>
            </Field>
            <Field
                id=base_id.clone()
                label="Base path"
                hint="Where the site lives under a path, such as /shop; empty for a whole host."
                errors=base_errors
            >
                <input
                    class="input"
                    id=base_id.clone()
                    aria-describedby=format!("{base_id}-notes")
                    aria-invalid=wrong(base_errors)
                    autocomplete="off"
                    spellcheck="false"
                    bind:value=base
                />
            </Field>
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=is_saving>
                    {Signal::derive(move || if is_saving.get() { "Saving\u{2026}" } else { "Save" })}
                </button>
                <button class="button" type="button" on:click=move |_| cancel.run(())>
                    "Cancel"
                </button>
            </div>
        </form>
    }
}
