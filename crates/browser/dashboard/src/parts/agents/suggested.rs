//! Wordings that leads used for a known question, to accept or to dismiss.

use knock_wire::{KnownAnswer, SuggestedWording};
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::when::When;
use crate::state::agents::known::Known;
use crate::words::number::count;
use crate::words::wording::times_words;

/// The most wordings that are shown at once.
const MOST_SHOWN: usize = 5;

/// The most frequent ones; the next ones follow when these are settled.
#[component]
pub(crate) fn Suggested(
    answer: Signal<KnownAnswer>,
    /// The list it is in.
    known: Known,
) -> impl IntoView {
    let id = answer.with_untracked(|answer| answer.id);
    let all = memo(move || known.suggested(id));
    let lines = move || all.with(|all| all.iter().take(MOST_SHOWN).map(|wording| line(wording, known)).collect_view());
    let more = move || {
        let more = all.with(Vec::len).saturating_sub(MOST_SHOWN);
        (more > 0).then(|| view! { <p class="field-hint">{count(more as i64)} " more"</p> })
    };
    view! {
        <When is=derived(move || all.with(|all| !all.is_empty()))>
            <div class="suggested">
                <p class="field-label">"Leads also asked:"</p>
                <ul class="suggested-list" aria-label="Leads also asked">
                    {dynamic(lines)}
                </ul>
                {dynamic(more)}
            </div>
        </When>
    }
}

fn line(wording: &SuggestedWording, known: Known) -> AnyView {
    let SuggestedWording { text, times, .. } = wording.clone();
    let (accepted, dismissed, of) = (wording.clone(), wording.clone(), text.clone());
    let actions = known.agents.may_edit.then(|| {
        let of = |text: &str| view! { <span class="unseen">" " <bdi>{text.to_owned()}</bdi></span> };
        view! {
            <span class="known-actions">
                <button class="button" type="button" on:click=handler(move |_| known.accept(accepted.clone()))>
                    "Add"
                    {of(&text)}
                </button>
                <button class="button button-quiet" type="button" on:click=handler(move |_| known.dismiss(dismissed.clone()))>
                    "Dismiss"
                    {of(&text)}
                </button>
            </span>
        }
    });
    view! {
        <li class="suggested-line">
            <span class="suggested-text">
                "\u{201c}" <bdi>{of}</bdi> "\u{201d} " <span class="muted">"(" {times_words(times)} ")"</span>
            </span>
            {actions}
        </li>
    }
    .into_any()
}
