//! A test question for the AI agent.

use futures_util::FutureExt;
use knock_wire::{KnowledgeTried, KnowledgeTryAsk};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::agents::Agents;
use crate::api::Failure;
use crate::changing::one_at_a_time;
use crate::parts::{ActionFailure, Field, FoundLine};
use crate::reactive::{derived, dynamic, handler};
use crate::words::field_errors;

/// A question, and the answer that the AI agent finds. Nothing is stored.
#[component]
pub(crate) fn TryQuestion(
    /// The selected site.
    agents: Agents,
) -> impl IntoView {
    let (question, tried) = (RwSignal::new(String::new()), RwSignal::new(None::<KnowledgeTried>));
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let errors = derived(move || match failure.get() {
        Some(Failure::Refused(problem)) => field_errors(&problem, "question"),
        _ => Vec::new(),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let client = agents.session.client();
        let ask = KnowledgeTryAsk { site: agents.site.get_untracked(), question: question.get_untracked() };
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
    };
    view! {
        <section class="panel agents-try" aria-labelledby="try">
            <h2 class="panel-title" id="try">
                "Try a question"
            </h2>
            <form class="form" on:submit=handler(submit) novalidate>
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
                        bind:value=question
                    />
                </Field>
                <ActionFailure of=derived(move || failure.get().filter(|_| errors.with(Vec::is_empty))) />
                <div class="form-actions">
                    <button class="button" type="submit" prop:disabled=is_busy>
                        "Try"
                    </button>
                </div>
            </form>
            <div class="tried" role="status">
                {dynamic(move || tried.get().map(shown))}
            </div>
        </section>
    }
}

fn shown(tried: KnowledgeTried) -> AnyView {
    match tried.found {
        Some(found) => view! {
            <p class="message-text tried-text" dir="auto">
                {found.text.clone()}
            </p>
            <FoundLine source=found.source confidence=found.confidence />
        }
        .into_any(),
        None => view! {
            <p>
                <strong>"No answer."</strong>
                " No knowledge matches: the AI agent says so, and a person takes over."
            </p>
        }
        .into_any(),
    }
}
