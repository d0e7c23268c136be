//! The known question that an unanswered one is a wording of.

use futures_util::FutureExt;
use knock_wire::{KnowledgeList, KnownAnswer, UnansweredQuestion};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::kit::single::Single;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::questions::Questions;
use crate::words::agent::of_most;
use crate::words::wording::matching;

/// The most questions that are shown at once.
const MOST_SHOWN: usize = 10;

/// A search field and the matching known questions: one click takes one of them. Escape closes it.
#[component]
pub(crate) fn SameAs(
    question: Signal<UnansweredQuestion>,
    /// The list it is in.
    questions: Questions,
    /// Closes it without a change.
    #[prop(into)]
    cancel: Callback<()>,
) -> impl IntoView {
    let list: Single<KnowledgeList> = Single::new(move || {
        let (client, site) = (questions.agents.session.client(), questions.agents.site.get_untracked());
        async move { client.knowledge(&site).await }.boxed_local()
    });
    list.load();
    let typed = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            cancel.run(());
        }
    };
    view! {
        <div class="same-as" role="group" aria-label="It is the same as" on:keydown=handler(typed)>
            <Loaded phase=list.phase retry=move |()| list.load()>
                <Choice question questions list />
            </Loaded>
            <div class="form-actions">
                <button class="button" type="button" on:click=handler(move |_| cancel.run(()))>
                    "Cancel"
                </button>
            </div>
        </div>
    }
}

#[component]
fn Choice(question: Signal<UnansweredQuestion>, questions: Questions, list: Single<KnowledgeList>) -> impl IntoView {
    let (text, field) = (RwSignal::new(String::new()), NodeRef::<Input>::new());
    effect(move || field.get().inspect(|field| browser::focus(field)));
    let known = move || list.value.with(|list| list.as_ref().map(|list| list.answers.clone()).unwrap_or_default());
    let found = memo(move || text.with(|text| matching(&known(), text)));
    let lines = move || {
        let shown = found.with(|found| found.iter().take(MOST_SHOWN).cloned().collect::<Vec<_>>());
        shown.into_iter().map(|known| line(known, question, questions)).collect_view()
    };
    let name = question.with_untracked(|question| format!("same-{}", question.id));
    let counted = move || match found.with(Vec::len) {
        0 => "No known question matches.".to_owned(),
        found => format!("{} shown", of_most(found.min(MOST_SHOWN), found)),
    };
    let nothing = || view! { <p>"There are no known questions yet. Add an answer instead."</p> };
    view! {
        <When is=derived(move || !known().is_empty()) fallback=nothing>
            <label class="field-label" for=name.clone()>
                "Known question"
            </label>
            <input
                class="input"
                type="search"
                id=name.clone()
                autocomplete="off"
                dir="auto"
                node_ref=field
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            />
            <p class="field-hint" role="status">
                {derived(counted)}
            </p>
            <ul class="same-list" aria-label="Known questions">
                {dynamic(lines)}
            </ul>
        </When>
    }
}

fn line(known: KnownAnswer, question: Signal<UnansweredQuestion>, questions: Questions) -> AnyView {
    let name = known.question.clone();
    let take = move |_| questions.match_with(&question.get_untracked(), &known);
    view! {
        <li>
            <button class="button same-choice" type="button" dir="auto" on:click=handler(take)>
                {name}
            </button>
        </li>
    }
    .into_any()
}
