//! Every status a chat was in, and what changed it.

use knock_wire::StatusChange;
use leptos::prelude::*;

use crate::parts::{StatusBadge, TimeAgo};
use crate::words::cause_words;

/// The changes, newest first.
#[component]
pub(crate) fn StatusHistory(
    /// The changes, oldest first.
    #[prop(into)]
    history: Signal<Vec<StatusChange>>,
) -> impl IntoView {
    let changes = Memo::new(move |_| history.get());
    let lines = move || {
        changes.with(|changes| {
            let line = |change: &StatusChange| view! { <Change change=change.clone() /> }.into_any();
            changes.iter().rev().map(line).collect_view()
        })
    };
    view! {
        <section class="panel" aria-labelledby="status-history">
            <h2 class="panel-title" id="status-history">"Status history"</h2>
            <ol class="changes">{lines}</ol>
        </section>
    }
}

#[component]
fn Change(change: StatusChange) -> impl IntoView {
    view! {
        <li class="change">
            <p class="change-cause">
                <StatusBadge status=change.status.spelling().into_owned() />
                <TimeAgo at=change.at />
            </p>
            <p class="muted">
                <bdi>{cause_words(&change.cause)}</bdi>
                " \u{b7} "
                {change.rule.spelling().into_owned()}
            </p>
        </li>
    }
}
