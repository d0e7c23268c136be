//! Enrichment data of a contact or an account.

use knock_wire::EnrichedShown;
use leptos::prelude::*;

use crate::parts::page::time_ago::TimeAgo;
use crate::words::enrichment::{enriched_label, enriched_words};

/// Each field with its value, source and instant; nothing without data.
#[component]
pub(crate) fn Enrichment(
    /// The data.
    #[prop(into)]
    said: Signal<Vec<EnrichedShown>>,
) -> impl IntoView {
    move || {
        let lines = said.get().into_iter().map(|said| {
            view! {
                <div class="fact">
                    <dt>{enriched_label(&said.field)}</dt>
                    <dd>
                        <bdi>{enriched_words(&said.value)}</bdi>
                        <p class="muted">
                            <bdi>{said.source}</bdi>
                            ", "
                            <TimeAgo at=said.at />
                        </p>
                    </dd>
                </div>
            }
            .into_any()
        });
        let lines: Vec<AnyView> = lines.collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="panel" aria-labelledby="enrichment">
                    <h2 class="panel-title" id="enrichment">"Enrichment"</h2>
                    <dl class="facts">{lines}</dl>
                </section>
            }
        })
    }
}
