//! A test question for the AI agent.

use futures_util::FutureExt;
use knock_wire::{KnowledgeTried, KnowledgeTryAsk};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::tried::Tried;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::{Field, refused_at};
use crate::state::agents::Agents;

/// A question, and what the AI agent would do with it. Nothing is stored.
#[component]
pub(crate) fn TryQuestion(
    /// The selected site.
    agents: Agents,
) -> impl IntoView {
    let trial = Trial::new(agents);
    let errors = refused_at(trial.failure, "question");
    view! {
        <section class="panel agents-try" aria-labelledby="try">
            <h2 class="panel-title" id="try">
                "Try a question"
            </h2>
            <form class="form" on:submit=handler(move |event| trial.submit(&event)) novalidate>
                <Field
                    id="try-question".to_owned()
                    label="Question"
                    hint="As a visitor might write it. Nothing is stored."
                    errors
                >
                    <input
                        class="input"
                        id="try-question"
                        autocomplete="off"
                        dir="auto"
                        aria-describedby="try-question-notes"
                        aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                        bind:value=trial.question
                    />
                </Field>
                <ActionFailure of=derived(move || trial.failure.get().filter(|_| errors.with(Vec::is_empty))) />
                <div class="form-actions">
                    <button class="button" type="submit" prop:disabled=trial.is_busy>
                        "Try"
                    </button>
                </div>
            </form>
            <div class="tried" role="status">
                {dynamic(move || trial.tried.get().map(|tried| view! { <Tried tried /> }))}
            </div>
        </section>
    }
}

/// A question, and what was found for it.
#[derive(Clone, Copy)]
struct Trial {
    agents: Agents,
    question: RwSignal<String>,
    tried: RwSignal<Option<KnowledgeTried>>,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Trial {
    fn new(agents: Agents) -> Trial {
        Trial {
            agents,
            question: RwSignal::new(String::new()),
            tried: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let Trial { agents, question, tried, is_busy, failure } = self;
        let client = agents.session.client();
        let (site, question) = (agents.site.get_untracked(), question.get_untracked());
        let ask = KnowledgeTryAsk { site, question, language: None };
        let work = async move {
            let found = client.try_question(&ask).await?;
            tried.try_set(Some(found));
            Ok(())
        };
        let ended = move |refused: Option<Failure>| {
            if refused.is_some() {
                tried.set(None);
            }
            failure.set(refused);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    }
}
