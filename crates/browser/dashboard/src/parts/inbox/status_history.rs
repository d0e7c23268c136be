//! The status history of a chat, with the cause of each change.

use knock_wire::StatusChange;
use leptos::prelude::*;

use super::status_badge::StatusBadge;
use super::status_why::StatusWhy;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::words::chat::{cause_words, first_cause_words};

/// The changes, newest first.
#[component]
pub(crate) fn StatusHistory(
    /// The changes, oldest first.
    #[prop(into)]
    history: Signal<Vec<StatusChange>>,
    /// The link of the conversation.
    #[prop(into)]
    link: Signal<String>,
) -> impl IntoView {
    let changes = memo(move || history.get());
    let lines = move || {
        let link = link.get();
        let cause = |number: usize, change: &StatusChange| match number {
            0 => first_cause_words(&change.cause, &link),
            _ => cause_words(&change.cause),
        };
        let line = |(number, change): (usize, &StatusChange)| {
            let cause = cause(number, change);
            view! { <Change change=change.clone() cause /> }.into_any()
        };
        changes.with(|changes| changes.iter().enumerate().rev().map(line).collect_view())
    };
    let has_none = derived(move || changes.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="status-history">
            <h2 class="panel-title" id="status-history">"Status history"</h2>
            <When is=has_none>
                <p class="muted">"No Chat Status until they chat."</p>
            </When>
            <ol class="changes">{dynamic(lines)}</ol>
        </section>
    }
}

#[component]
fn Change(change: StatusChange, cause: String) -> impl IntoView {
    view! {
        <li class="change">
            <p class="change-cause">
                <StatusBadge status=change.status.spelling().into_owned() />
                <TimeAgo at=change.at />
            </p>
            <p class="muted"><bdi>{cause}</bdi></p>
            <StatusWhy rule=change.rule />
        </li>
    }
}
