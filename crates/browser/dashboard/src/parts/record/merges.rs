//! Merging a contact with another one, and the merges on its record.

use knock_model::{LeadId, Permission};
use knock_wire::{ContactMergeShown, ContactRecord};
use leptos::prelude::*;

use super::merge_dialog::MergeDialog;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::single::Single;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::records::merging::{Merging, OPEN};
use crate::state::session::use_session;
use crate::words::merge::merge_words;

/// The merges, the newest first, each with its undo; for those who may, the button that merges. Nothing for others on a
/// record without a merge.
#[component]
pub(crate) fn Merges(
    id: LeadId,
    store: Single<ContactRecord>,
    record: Memo<ContactRecord>,
    is_past: bool,
    /// Runs after a change.
    #[prop(into)]
    changed: Callback<()>,
) -> impl IntoView {
    let may = !is_past && use_session().may(Permission::MergeContacts);
    let merging = Merging::of(id, store, changed);
    let merges = memo(move || record.with(|record| record.merges.clone()));
    let lines = move || merges.get().into_iter().map(|merge| line(merge, merging, may)).collect::<Vec<_>>();
    view! {
        <When is=derived(move || may || merges.with(|merges| !merges.is_empty()))>
            <section class="panel" aria-labelledby="contact-merges">
                <h2 class="panel-title" id="contact-merges">"Merged contacts"</h2>
                <ul class="changes">{dynamic(lines)}</ul>
                <When is=derived(move || may)>
                    <button
                        class="button"
                        type="button"
                        id=OPEN
                        prop:disabled=merging.is_busy
                        on:click=handler(move |_| merging.open())
                    >
                        "Merge with\u{2026}"
                    </button>
                </When>
                <p class="muted" role="status">{merging.said}</p>
                <ActionFailure of=derived(move || merging.failure.get().filter(|_| !merging.is_open.get())) />
            </section>
        </When>
        <When is=derived(move || merging.is_open.get())>
            <MergeDialog merging />
        </When>
    }
}

fn line(merge: ContactMergeShown, merging: Merging, may: bool) -> AnyView {
    let (words, at, name) = (merge_words(&merge), merge.at, merge.name.clone());
    let label = format!("Undo the merge with {name}");
    let id = merge.id;
    let undo = merge.can_undo.then(|| {
        view! {
            <button
                class="button button-quiet"
                type="button"
                aria-label=label
                prop:disabled=merging.is_busy
                on:click=handler(move |_| merging.undo(id, &name))
            >
                "Undo"
            </button>
        }
    });
    let is_over = (may && !merge.can_undo).then(|| {
        view! { <p class="muted">"Something new has happened since, so it can no longer be undone exactly."</p> }
    });
    view! {
        <li class="change">
            <p class="change-cause">
                <bdi>{words}</bdi>
                <TimeAgo at />
            </p>
            {undo.filter(|_| may)}
            {is_over}
        </li>
    }
    .into_any()
}
