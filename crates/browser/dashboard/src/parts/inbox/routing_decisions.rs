//! Routing decisions: assignee, rule and reason.

use knock_wire::DecisionShown;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::words::decision::{note_words, notified_words, reason_words, rule_version, skipped_words};

/// The decisions, newest first.
#[component]
pub(crate) fn RoutingDecisions(
    /// The decisions, oldest first.
    #[prop(into)]
    decisions: Signal<Vec<DecisionShown>>,
) -> impl IntoView {
    let decisions = memo(move || decisions.get());
    let lines = move || {
        decisions.with(|decisions| {
            let line = |decision: &DecisionShown| view! { <Decision decision=decision.clone() /> }.into_any();
            decisions.iter().rev().map(line).collect_view()
        })
    };
    view! {
        <section class="panel" aria-labelledby="routing">
            <h2 class="panel-title" id="routing">"Routing"</h2>
            <When is=derived(move || decisions.with(Vec::is_empty))>
                <p class="muted">
                    "Not routed yet: routing runs with the first message, or when a form with an e-mail address is submitted."
                </p>
            </When>
            <ol class="changes">{dynamic(lines)}</ol>
        </section>
    }
}

#[component]
fn Decision(decision: DecisionShown) -> impl IntoView {
    let rule = rule_version(&decision);
    let segment = fact("Segment", decision.segment);
    let notes = decision.notes.iter().map(|note| note_words(note, &decision.segment_names));
    let notes = notes.collect::<Vec<_>>().join(" ");
    let notes = (!notes.is_empty()).then(|| view! { <p class="muted">{notes}</p> });
    let notified = fact("Notified", notified_words(&decision.notify));
    let skipped = fact("Skipped", skipped_words(&decision.skipped));
    view! {
        <li class="change">
            <p class="change-cause">
                <span title=decision.reason.spelling().into_owned()>{reason_words(&decision.reason)}</span>
                <TimeAgo at=decision.at />
            </p>
            <dl class="facts">
                <div class="fact">
                    <dt>"Assignee"</dt>
                    <dd><bdi>{decision.assignee}</bdi></dd>
                </div>
                <div class="fact">
                    <dt>"Rule"</dt>
                    <dd><bdi>{rule}</bdi></dd>
                </div>
                {segment}
                {skipped}
                {notified}
            </dl>
            {notes}
        </li>
    }
}

/// A line of the list; none for an empty value.
fn fact(name: &'static str, value: String) -> Option<AnyView> {
    let fact = |value| {
        view! {
            <div class="fact">
                <dt>{name}</dt>
                <dd><bdi>{value}</bdi></dd>
            </div>
        }
    };
    (!value.is_empty()).then(|| fact(value).into_any())
}
