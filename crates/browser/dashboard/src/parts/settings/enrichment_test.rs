//! Tests the provider with an address.

use knock_wire::EnrichmentTested;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::email_field::EmailField;
use crate::parts::page::technical::technical;
use crate::state::settings::enrichment_form::EnrichmentForm;
use crate::words::enrichment::{enriched_label, enriched_words, tested_words};

/// An address, a button, and the value of each field.
#[component]
pub(crate) fn EnrichmentTry(form: EnrichmentForm) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.test();
    };
    let control = NodeRef::<Input>::new();
    view! {
        <section class="panel panels" aria-labelledby="enrichment-try">
            <h2 class="panel-title" id="enrichment-try">"Test"</h2>
            <form class="form" on:submit=handler(submit) novalidate>
                <EmailField
                    id="enrichment-email"
                    hint="A business address. It is sent to the saved provider; the answer is not stored."
                    autocomplete="off"
                    value=form.email
                    errors=derived(move || form.errors("email"))
                    control
                />
                <div class="form-actions">
                    <button class="button" type="submit" prop:disabled=form.is_busy>
                        "Test"
                    </button>
                </div>
            </form>
            <div role="status">{dynamic(move || form.tested.get().map(outcome))}</div>
        </section>
    }
}

fn outcome(tested: EnrichmentTested) -> AnyView {
    let (words, detail) = (tested_words(&tested), technical(&tested.problem));
    let lines = tested.fields.into_iter().map(|field| {
        let value = if field.problem.is_empty() { enriched_words(&field.value) } else { field.problem };
        view! {
            <div class="fact">
                <dt>{enriched_label(&field.field)}</dt>
                <dd><bdi>{value}</bdi></dd>
            </div>
        }
        .into_any()
    });
    view! {
        <p>{words}</p>
        {detail}
        <dl class="facts">{lines.collect_view()}</dl>
    }
    .into_any()
}
