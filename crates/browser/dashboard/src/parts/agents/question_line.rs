//! An unanswered question: its frequency and its actions.

use knock_wire::{KnownAnswer, UnansweredQuestion};
use leptos::prelude::*;

use super::answer_form::AnswerForm;
use super::same_as::SameAs;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, handler, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::agents::answer_fields::AnswerFields;
use crate::state::agents::questions::Questions;
use crate::words::agent::asked_words;

/// A line of the list; the question comes from a lead and is shown as text.
#[component]
pub(crate) fn QuestionLine(
    question: Signal<UnansweredQuestion>,
    /// The list it is in.
    questions: Questions,
) -> impl IntoView {
    let id = question.with_untracked(|question| question.id.clone());
    let (shown, teach, same) = (id.clone(), format!("teach-{id}"), format!("same-as-{id}"));
    let is_taught = memo(move || questions.taught.with(|taught| *taught == shown));
    let saved = Callback::new(move |known: KnownAnswer| {
        let said = format!("The AI agent answers \u{201c}{}\u{201d} from now on.", known.question);
        questions.dismiss(&question.get_untracked(), said);
        // If this fails, the answer is stored all the same: it must not be added twice.
        questions.taught.try_set(String::new());
    });
    let back = [teach.clone(), same.clone()];
    let cancel = Callback::new(move |()| {
        questions.taught.set(String::new());
        focus_later(back[usize::from(questions.is_matched.get_untracked())].clone());
    });
    let form = move || {
        if questions.is_matched.get_untracked() {
            return view! { <SameAs question questions cancel /> }.into_any();
        }
        let fields = AnswerFields::new(questions.agents, question.with_untracked(|question| question.question.clone()));
        view! { <AnswerForm fields saved cancel /> }.into_any()
    };
    let actions = move || {
        let (teach, same) = (teach.clone(), same.clone());
        questions.agents.may_edit.then(|| view! { <Actions question questions teach same /> })
    };
    view! {
        <li class="question">
            <p class="known-name" dir="auto">
                {derived(move || question.get().question)}
            </p>
            <p class="mail-facts muted">
                <span>
                    {derived(move || asked_words(question.get().times))} ", last " <TimeAgo at=derived(move || question.get().last_at) />
                </span>
                <a class="link" href=derived(move || format!("/app/inbox/{}", question.get().conversation))>
                    "Conversation"
                    {of(question)}
                </a>
            </p>
            <When is=derived(move || is_taught.get()) fallback=move || actions().into_any()>
                {form()}
            </When>
        </li>
    }
}

#[component]
fn Actions(
    question: Signal<UnansweredQuestion>,
    questions: Questions,
    /// The id of the button that opens the form of an answer.
    teach: String,
    /// The id of the button that opens the known questions.
    same: String,
) -> impl IntoView {
    let open = move |is_matched: bool| {
        move |_| questions.teach(question.with_untracked(|question| question.id.clone()), is_matched)
    };
    let dismiss = move |_| questions.dismiss(&question.get_untracked(), "The question was dismissed.".to_owned());
    view! {
        <div class="known-actions">
            <button
                class="button button-strong"
                type="button"
                id=teach
                on:click=handler(open(false))
            >
                "Add an answer"
                {of(question)}
            </button>
            <button class="button" type="button" id=same on:click=handler(open(true))>
                "It is the same as \u{2026}"
                {of(question)}
            </button>
            <button class="button" type="button" on:click=handler(dismiss)>
                "Dismiss"
                {of(question)}
            </button>
        </div>
    }
}

/// The question, for screen readers, which read the control out of context.
fn of(question: Signal<UnansweredQuestion>) -> AnyView {
    view! { <span class="unseen">" " <bdi>{derived(move || question.get().question)}</bdi></span> }.into_any()
}
