//! Agents > Test sentences: what the AI agent does with them, and what differs from what the team accepted.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::agents::sentence_form::SentenceForm;
use crate::parts::agents::sentence_line::SentenceLine;
use crate::parts::agents::site_choice::{OfSite, SiteChoice};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::Agents;
use crate::state::agents::sentences::Sentences;
use crate::words::agent::of_most;
use crate::words::sentence::{MOST_SENTENCES, summary_words};

/// The sentences of the chosen site, in the order in which they were added.
#[component]
pub(crate) fn TestSentencesPage(
    /// The selected site.
    agents: Agents,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <Heading text="Test sentences" />
            <SiteChoice agents />
        </div>
        <p class="lead">
            "They are tried with the AI agent as it is now. Accept the results once they are right: what differs later is marked."
        </p>
        <OfSite agents page=sentences_of />
    }
}

fn sentences_of(agents: Agents) -> AnyView {
    let sentences = Sentences::start(agents);
    view! {
        <div class="said-undo">
            <p class="muted" role="status">
                {sentences.said}
            </p>
            <When is=derived(move || sentences.can_undo())>
                <button class="button button-quiet" type="button" on:click=handler(move |_| sentences.undo())>
                    "Undo"
                </button>
            </When>
        </div>
        <ActionFailure of=sentences.failure />
        <Loaded phase=sentences.run.phase retry=move |()| sentences.run.load()>
            <section class="panel agents-part" aria-labelledby="sentences">
                <div class="agents-part" tabindex="-1" node_ref=sentences.region>
                    <header class="site-head">
                        <h2 class="panel-title" id="sentences">
                            "Sentences"
                        </h2>
                        <p class="muted number">{derived(move || of_most(sentences.rows.count(), MOST_SENTENCES))}</p>
                    </header>
                    <When is=derived(move || !sentences.rows.is_empty()) fallback=nothing>
                        <Run sentences />
                    </When>
                </div>
                {agents.may_edit.then(|| view! { <SentenceForm sentences /> })}
            </section>
        </Loaded>
    }
    .into_any()
}

#[component]
fn Run(sentences: Sentences) -> impl IntoView {
    let accept = sentences.agents.may_edit.then(|| {
        view! {
            <button
                class="button button-strong"
                type="button"
                prop:disabled=sentences.is_busy
                on:click=handler(move |_| sentences.accept())
            >
                "Accept these results"
            </button>
        }
    });
    view! {
        <p role="status">{derived(move || summary_words(&sentences.results()))}</p>
        <div class="form-actions">
            {accept}
            <button class="button" type="button" on:click=handler(move |_| sentences.run.load())>
                "Run again"
            </button>
        </div>
        <ol class="known-list" aria-label="Test sentences">
            <Lines of=derived(move || {
                sentences.rows.drawn(move |result| view! { <SentenceLine result sentences /> }.into_any())
            }) />
        </ol>
    }
}

fn nothing() -> AnyView {
    view! {
        <Empty title="No test sentences yet" icon=Icon::Agents>
            <p>"Collect what visitors ask most, and see after each change of the knowledge what the AI agent does."</p>
        </Empty>
    }
    .into_any()
}
