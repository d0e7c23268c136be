//! Questions with answers of the team.

use knock_wire::KnownAnswer;
use leptos::prelude::*;

use super::answer_form::AnswerForm;
use super::suggested::Suggested;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::parts::page::when::When;
use crate::state::agents::answer_fields::AnswerFields;
use crate::state::agents::known::{Dropping, Known};
use crate::words::agent::{MOST_ANSWERS, of_most};
use crate::words::wording::wordings_words;

const ADD: &str = "add-answer";

/// All of them; added, changed and deleted by members with the permission.
#[component]
pub(crate) fn Answers(known: Known) -> impl IntoView {
    let close = move || {
        known.is_adding.set(false);
        focus_later(ADD.to_owned());
    };
    let saved = move |_: KnownAnswer| {
        close();
        known.saved("The question was added.".to_owned());
    };
    let form = move || {
        let fields = AnswerFields::new(known.agents, String::new());
        view! { <AnswerForm fields saved cancel=move |()| close() /> }
    };
    let may_add = move || known.agents.may_edit && !known.is_adding.get();
    view! {
        <section class="panel agents-part" aria-labelledby="answers">
            <header class="site-head">
                <h2 class="panel-title" id="answers">
                    "Questions and answers"
                </h2>
                <p class="muted number">{derived(move || of_most(known.answers.count(), MOST_ANSWERS))}</p>
            </header>
            <p class="muted">"The AI agent gives these answers word for word, before anything from pages and files."</p>
            <When is=derived(may_add)>
                <button class="button" type="button" id=ADD on:click=handler(move |_| known.is_adding.set(true))>
                    <IconMark icon=Icon::Plus />
                    "Add a question"
                </button>
            </When>
            <When is=derived(move || known.is_adding.get())>{form()}</When>
            <ol class="known-list" aria-label="Questions and answers">
                <Lines
                    of=derived(move || known.answers.drawn(move |answer| view! { <AnswerLine answer known /> }.into_any()))
                />
            </ol>
        </section>
    }
}

#[component]
fn AnswerLine(answer: Signal<KnownAnswer>, known: Known) -> impl IntoView {
    let is_edited = RwSignal::new(false);
    let edit = answer.with_untracked(|answer| format!("edit-{}", answer.id));
    let back = edit.clone();
    let close = move || {
        is_edited.set(false);
        focus_later(back.clone());
    };
    let closed = close.clone();
    let saved = Callback::new(move |_: KnownAnswer| {
        closed();
        known.saved("The question was saved.".to_owned());
    });
    let cancel = Callback::new(move |()| close());
    let form = move || {
        let fields = AnswerFields::of(known.agents, answer.get_untracked());
        view! { <AnswerForm fields saved cancel /> }
    };
    let shown = move || view! { <Shown answer known is_edited edit=edit.clone() /> }.into_any();
    view! {
        <li class="known">
            <When is=derived(move || is_edited.get()) fallback=shown>
                {form()}
            </When>
        </li>
    }
}

#[component]
fn Shown(answer: Signal<KnownAnswer>, known: Known, is_edited: RwSignal<bool>, edit: String) -> impl IntoView {
    let drop_it = move || {
        let dropping = answer.with_untracked(|answer| Dropping::Answer(answer.id.to_string(), answer.question.clone()));
        known.ask(dropping);
    };
    let actions = known.agents.may_edit.then(|| {
        let of = move || view! { <span class="unseen">" " <bdi>{derived(move || answer.get().question)}</bdi></span> };
        view! {
            <div class="known-actions">
                <button class="button" type="button" id=edit on:click=handler(move |_| is_edited.set(true))>
                    "Edit"
                    {of()}
                </button>
                <button class="button" type="button" on:click=handler(move |_| drop_it())>
                    "Delete"
                    {of()}
                </button>
            </div>
        }
    });
    view! {
        <p class="known-name" dir="auto">
            {derived(move || answer.get().question)}
        </p>
        <Wordings answer />
        <p class="known-text" dir="auto">
            {derived(move || answer.get().answer)}
        </p>
        {actions}
        <Suggested answer known />
    }
}

/// The number of other wordings, which opens their list.
#[component]
fn Wordings(answer: Signal<KnownAnswer>) -> impl IntoView {
    let wordings = memo(move || answer.with(|answer| answer.wordings.clone()));
    let lines = move || {
        let line = |text: String| view! { <li dir="auto">{text}</li> }.into_any();
        wordings.get().into_iter().map(line).collect_view()
    };
    view! {
        <details class="why" hidden=derived(move || wordings.with(Vec::is_empty))>
            <summary>
                {derived(move || wordings_words(wordings.with(Vec::len)))}
                <span class="unseen">" of " <bdi>{derived(move || answer.get().question)}</bdi></span>
            </summary>
            <ul class="wording-list">{dynamic(lines)}</ul>
        </details>
    }
}
