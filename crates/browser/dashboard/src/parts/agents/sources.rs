//! Pages and sitemaps in the AI agent's knowledge.

use leptos::prelude::*;

use super::source_form::SourceForm;
use super::source_line::SourceLine;
use crate::kit::reactive::derived;
use crate::parts::page::lines::Lines;
use crate::state::agents::known::Known;
use crate::words::agent::source_counts;

/// All of them; added, removed and read again by members with the permission.
#[component]
pub(crate) fn Sources(known: Known) -> impl IntoView {
    let form = known.agents.may_edit.then(|| view! { <SourceForm known /> });
    let counts = move || {
        let (sources, passages) = known.counts();
        source_counts(sources, passages)
    };
    view! {
        <section class="panel agents-part" aria-labelledby="sources">
            <header class="site-head">
                <h2 class="panel-title" id="sources">
                    "Pages and sitemaps"
                </h2>
                <p class="muted number">{derived(counts)}</p>
            </header>
            <p class="muted">
                "Their text is read in passages, again every 24 hours, as robots.txt allows. Pages that scripts build in the browser have no text to read."
            </p>
            {form}
            <ol class="known-list" aria-label="Pages and sitemaps">
                <Lines
                    of=derived(move || known.pages.drawn(move |source| view! { <SourceLine source known /> }.into_any()))
                />
            </ol>
        </section>
    }
}
