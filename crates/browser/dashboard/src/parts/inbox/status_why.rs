//! The reason of a chat's current or past status.

use knock_wire::StatusRuleWord;
use leptos::prelude::*;

use crate::words::chat::status_why;

/// A disclosure with the reason and the code of the rule.
#[component]
pub(crate) fn StatusWhy(
    /// The rule that gave the status.
    rule: StatusRuleWord,
) -> impl IntoView {
    view! {
        <details class="why">
            <summary>"Why"</summary>
            <p class="status-why">
                {status_why(&rule)}
                " "
                <span class="muted">"Rule " {rule.spelling().into_owned()} "."</span>
            </p>
        </details>
    }
}
