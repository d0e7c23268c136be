//! Done, snoozed, reopened: who said so, and when.

use knock_wire::{ConversationRecord, WorkChange};
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::words::work::{Wall, change_words, work_words};

/// `Done by Lena · 10:42` or `Snoozed until Tue 1 Dec, 09:00`; empty for an open conversation.
#[component]
pub(crate) fn WorkState(#[prop(into)] record: Signal<ConversationRecord>) -> impl IntoView {
    let clock = use_clock();
    let words = memo(move || {
        let wall = Wall { local: browser::local, now: clock.now() };
        record.with(|record| work_words(record, wall)).unwrap_or_default()
    });
    view! {
        <p class="work-state" role="status">
            <bdi>{words}</bdi>
        </p>
    }
}

/// The changes, newest first; nothing before the first.
#[component]
pub(crate) fn WorkHistory(
    /// The changes, oldest first.
    #[prop(into)]
    changes: Signal<Vec<WorkChange>>,
) -> impl IntoView {
    let changes = memo(move || changes.get());
    let now = use_clock().now_untracked();
    let line = move |change: &WorkChange| line(change, Wall { local: browser::local, now });
    let lines = move || changes.with(|all| all.iter().rev().map(line).collect::<Vec<_>>());
    view! {
        <When is=derived(move || changes.with(|all| !all.is_empty()))>
            <section class="panel" aria-labelledby="work-history">
                <h2 class="panel-title" id="work-history">"Work"</h2>
                <ol class="changes">{dynamic(lines)}</ol>
            </section>
        </When>
    }
}

fn line(change: &WorkChange, wall: Wall) -> AnyView {
    view! {
        <li class="change">
            <p class="change-cause">
                <bdi>{change_words(change, wall)}</bdi>
                <TimeAgo at=change.at />
            </p>
        </li>
    }
    .into_any()
}
