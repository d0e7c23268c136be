//! Routing decisions: assignee, rule and reason.

use knock_wire::DecisionShown;
use leptos::prelude::*;

use crate::parts::{TimeAgo, When};
use crate::words::{note_words, notified_words, reason_words, rule_version};

/// The decisions, newest first.
#[component]
pub(crate) fn RoutingDecisions(
    /// The decisions, oldest first.
    #[prop(into)]
    decisions: Signal<Vec<DecisionShown>>,
) -> impl IntoView {
    let decisions = Memo::new(move |_| decisions.get());
    let lines = move || {
        decisions.with(|decisions| {
            let line = |decision: &DecisionShown| view! { <Decision decision=decision.clone() /> }.into_any();
            decisions.iter().rev().map(line).collect_view()
        })
    };
    view! {
        <section class="panel" aria-labelledby="routing">
            <h2 class="panel-title" id="routing">"Routing"</h2>
            <When is=move || decisions.with(Vec::is_empty)>
                <p class="muted">"Not routed yet: routing runs with the first message, or when a form with an e-mail address is submitted."</p>
            </When>
            <ol class="changes">{lines}</ol>
        </section>
    }
}

#[component]
fn Decision(decision: DecisionShown) -> impl IntoView {
    let rule = rule_version(&decision);
    let segment = (!decision.segment.is_empty()).then(|| {
        view! {
            <div class="fact">
                <dt>"Segment"</dt>
                <dd><bdi>{decision.segment}</bdi></dd>
            </div>
        }
    });
    let notes = decision.notes.iter().map(note_words).collect::<Vec<_>>().join(" ");
    let notes = (!notes.is_empty()).then(|| view! { <p class="muted">{notes}</p> });
    let notified = (!decision.notify.is_empty()).then(|| {
        view! {
            <div class="fact">
                <dt>"Notified"</dt>
                <dd><bdi>{notified_words(&decision.notify)}</bdi></dd>
            </div>
        }
    });
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
                {notified}
            </dl>
            {notes}
        </li>
    }
}
