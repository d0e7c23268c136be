//! The form that adds a page or a sitemap.

use futures_util::FutureExt;
use knock_model::SourceKind;
use knock_wire::KnowledgeSourceDraft;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::{Field, refused_at};
use crate::state::agents::known::Known;

/// The form of the address of a page or of a sitemap; the server's errors are shown at the field.
#[component]
pub(crate) fn SourceForm(known: Known) -> impl IntoView {
    let form = Adding::new(known);
    let errors = refused_at(form.failure, "address");
    view! {
        <form class="form" on:submit=handler(move |event| form.submit(&event)) novalidate>
            <Field
                id="source-address".to_owned()
                label="Address"
                hint="Such as www.example.com/help, or www.example.com/sitemap.xml: up to 200 pages of the same site."
                errors
            >
                <input
                    class="input"
                    id="source-address"
                    type="text"
                    inputmode="url"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="source-address-notes"
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    node_ref=form.control
                    bind:value=form.address
                />
            </Field>
            <fieldset class="fieldset agents-kinds">
                <legend class="unseen">"Type"</legend>
                {kind(form.is_sitemap, "One page", false)}
                {kind(form.is_sitemap, "A sitemap", true)}
            </fieldset>
            <ActionFailure of=derived(move || form.failure.get().filter(|_| errors.with(Vec::is_empty))) />
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=form.is_busy>
                    "Add the address"
                </button>
            </div>
        </form>
    }
}

/// What the form holds, and the request that adds it.
#[derive(Clone, Copy)]
struct Adding {
    known: Known,
    address: RwSignal<String>,
    is_sitemap: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    control: NodeRef<Input>,
}

impl Adding {
    fn new(known: Known) -> Adding {
        Adding {
            known,
            address: RwSignal::new(String::new()),
            is_sitemap: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            control: NodeRef::new(),
        }
    }

    fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let Adding { known, address, failure, control, .. } = self;
        let client = known.agents.session.client();
        let kind = if self.is_sitemap.get_untracked() { SourceKind::Sitemap } else { SourceKind::Page };
        let draft = KnowledgeSourceDraft {
            site: known.agents.site.get_untracked(),
            kind: kind.into(),
            address: address.get_untracked(),
        };
        let work = async move {
            client.add_source(&draft).await?;
            address.try_set(String::new());
            known.saved("The address was added. It is read soon.".to_owned());
            Ok(())
        };
        let ended = move |refused| {
            failure.set(refused);
            drop(control.get_untracked().inspect(|field| browser::focus(field)));
        };
        one_at_a_time(self.is_busy, failure, work.boxed_local(), Box::new(ended));
    }
}

fn kind(is_sitemap: RwSignal<bool>, label: &'static str, is: bool) -> AnyView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="source-kind"
                prop:checked=derived(move || is_sitemap.get() == is)
                on:change=handler(move |_| is_sitemap.set(is))
            />
            {label}
        </label>
    }
    .into_any()
}
