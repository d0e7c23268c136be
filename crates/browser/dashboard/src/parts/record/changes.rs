//! Changes of the bucket, with their cause.

use knock_wire::BucketChange;
use leptos::prelude::*;

use super::score_badge::BucketBadge;
use crate::kit::reactive::{derived, dynamic};
use crate::kit::rows::Rows;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::records::timeline_line::TimelineLine;
use crate::words::intent::change_cause;

/// The changes, newest first.
#[component]
pub(crate) fn Changes(
    /// The changes, oldest first.
    #[prop(into)]
    changes: Signal<Vec<BucketChange>>,
    /// The signals shown beside them.
    signals: Rows<TimelineLine>,
) -> impl IntoView {
    let rows = move || {
        signals.follow();
        let shown: Vec<_> = signals.values().into_iter().filter_map(TimelineLine::signal).collect();
        let row = |change: &BucketChange| {
            let cause = change_cause(change, &shown);
            view! { <Change change=change.clone() cause /> }.into_any()
        };
        changes.with(|changes| changes.iter().rev().map(row).collect_view())
    };
    view! {
        <section class="panel" aria-labelledby="changes">
            <h2 class="panel-title" id="changes">"Score history"</h2>
            <When is=derived(move || changes.with(Vec::is_empty))>
                <p class="muted">"The score has not changed yet."</p>
            </When>
            <ol class="changes">{dynamic(rows)}</ol>
        </section>
    }
}

#[component]
fn Change(change: BucketChange, cause: String) -> impl IntoView {
    let is_fall = change.from.is_some_and(|from| from > change.to);
    view! {
        <li class="change">
            <p class="change-buckets">
                <IconMark icon=if is_fall { Icon::Falling } else { Icon::Rising } />
                {change.from.map(|from| view! { <BucketBadge bucket=from /> <span aria-hidden="true">"\u{2192}"</span> <span class="unseen">" to "</span> })}
                <BucketBadge bucket=change.to />
            </p>
            <p class="change-cause">
                <bdi>{cause}</bdi>
                <TimeAgo at=change.at />
            </p>
        </li>
    }
}
