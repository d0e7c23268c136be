//! The intent score as a badge.

use knock_model::Bucket;
use knock_wire::Intent;
use leptos::prelude::*;

use crate::words::number::score;

/// The bucket, by word and colour, and the points behind it.
#[component]
pub(crate) fn ScoreBadge(#[prop(into)] intent: Signal<Intent>) -> impl IntoView {
    move || {
        let (bucket, points) = intent.with(|intent| (intent.bucket, score(intent.score)));
        view! {
            <span class="score">
                <BucketBadge bucket />
                <span class="score-points number">{points}</span>
            </span>
        }
    }
}

/// The bucket alone.
#[component]
pub(crate) fn BucketBadge(bucket: Bucket) -> impl IntoView {
    let class = match bucket {
        Bucket::High => "badge badge-high",
        Bucket::Medium => "badge badge-medium",
        Bucket::Low => "badge badge-low",
    };
    view! { <span class=class>{bucket.as_str()}</span> }
}
