//! The entries of the audit log.

use knock_wire::AuditEntry;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::kit::rows::Rows;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::words::audit::{action_words, actor_words, changed_fields, subject_words};

/// Entries, a line each; the changed fields open below the action.
#[component]
pub(crate) fn AuditTable(rows: Rows<AuditEntry>) -> impl IntoView {
    view! {
        <div class="table-region" role="region" aria-label="Entries" tabindex="0">
            <table class="table audit">
                <thead>
                    <tr>
                        <th scope="col">"Action"</th>
                        <th scope="col">"Subject"</th>
                        <th scope="col">"By"</th>
                        <th scope="col" class="number">"When"</th>
                    </tr>
                </thead>
                <tbody>
                    <Lines of=derived(move || rows.drawn(|entry| line(entry.get_untracked()))) />
                </tbody>
            </table>
        </div>
    }
}

/// A line is never redrawn: an entry never changes.
fn line(entry: AuditEntry) -> AnyView {
    let (what, by) = (action_words(&entry), actor_words(&entry.actor));
    let subject = subject_words(&entry.subject, entry.receipt.as_deref());
    let is_open = RwSignal::new(false);
    let (fields, receipt, at) = (changed_fields(&entry), entry.receipt, entry.at);
    let has_details = !fields.is_empty() || receipt.is_some();
    let details = move || is_open.get().then(|| changes(&fields, receipt.as_deref()));
    let opened = has_details.then(|| {
        view! {
            <details class="why" on:toggle=handler(move |_| is_open.update(|is_open| *is_open = !*is_open))>
                <summary>"Changes"</summary>
                {dynamic(details)}
            </details>
        }
    });
    view! {
        <tr>
            <td class="cell-main"><strong>{what}</strong>{opened}</td>
            <td data-label="Subject"><bdi>{subject}</bdi></td>
            <td data-label="By"><bdi>{by}</bdi></td>
            <td data-label="When" class="number"><TimeAgo at /></td>
        </tr>
    }
    .into_any()
}

/// The fields before and after; all of it is text from outside.
fn changes(fields: &[(String, String, String)], receipt: Option<&str>) -> AnyView {
    let field = |(name, before, after): &(String, String, String)| {
        view! {
            <div class="audit-field">
                <dt>{name.clone()}</dt>
                <dd>
                    <bdi>{before.clone()}</bdi>
                    <span aria-hidden="true">" \u{2192} "</span>
                    <span class="unseen">" became "</span>
                    <bdi>{after.clone()}</bdi>
                </dd>
            </div>
        }
        .into_any()
    };
    let receipt = receipt.map(|receipt| {
        let receipt = receipt.to_owned();
        view! { <p class="muted">"Receipt of the erasure: " <code>{receipt}</code></p> }
    });
    view! {
        <dl class="audit-fields">{fields.iter().map(field).collect::<Vec<_>>()}</dl>
        {receipt}
    }
    .into_any()
}
