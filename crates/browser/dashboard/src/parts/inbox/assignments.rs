//! Assignments by hand, with their reason.

use knock_wire::AssignmentShown;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::words::decision::assignment_words;

/// The assignments, newest first; nothing before the first.
#[component]
pub(crate) fn Assignments(
    /// The assignments, oldest first.
    #[prop(into)]
    assignments: Signal<Vec<AssignmentShown>>,
) -> impl IntoView {
    let assignments = memo(move || assignments.get());
    let lines = move || assignments.with(|all| all.iter().rev().map(line).collect::<Vec<_>>());
    view! {
        <When is=derived(move || assignments.with(|all| !all.is_empty()))>
            <section class="panel" aria-labelledby="assignments">
                <h2 class="panel-title" id="assignments">"Assigned by hand"</h2>
                <ol class="changes">{dynamic(lines)}</ol>
            </section>
        </When>
    }
}

fn line(assignment: &AssignmentShown) -> AnyView {
    let reason = assignment.reason.clone();
    let reason = (!reason.is_empty()).then(|| view! { <p class="muted"><bdi>{reason}</bdi></p> });
    view! {
        <li class="change">
            <p class="change-cause">
                <bdi>{assignment_words(assignment)}</bdi>
                <TimeAgo at=assignment.at />
            </p>
            {reason}
        </li>
    }
    .into_any()
}
