//! The form that adds a page or a sitemap.

use futures_util::FutureExt;
use knock_model::SourceKind;
use knock_wire::KnowledgeSourceDraft;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::agents::Known;
use crate::api::Failure;
use crate::browser;
use crate::changing::one_at_a_time;
use crate::parts::{ActionFailure, Field};
use crate::reactive::{derived, handler};
use crate::words::field_errors;

/// The form of the address of a page or of a sitemap; the server's errors are shown at the field.
#[component]
pub(crate) fn SourceForm(known: Known) -> impl IntoView {
    let (address, is_sitemap) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let control = NodeRef::<Input>::new();
    let errors = derived(move || match failure.get() {
        Some(Failure::Refused(problem)) => field_errors(&problem, "address"),
        _ => Vec::new(),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let client = known.agents.session.client();
        let kind = if is_sitemap.get_untracked() { SourceKind::Sitemap } else { SourceKind::Page };
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
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    let kind = move |label: &'static str, is: bool| {
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
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
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
                    node_ref=control
                    bind:value=address
                />
            </Field>
            <fieldset class="fieldset agents-kinds">
                <legend class="unseen">"Type"</legend>
                {kind("One page", false)}
                {kind("A sitemap", true)}
            </fieldset>
            <ActionFailure of=derived(move || failure.get().filter(|_| errors.with(Vec::is_empty))) />
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=is_busy>
                    "Add the address"
                </button>
            </div>
        </form>
    }
}
