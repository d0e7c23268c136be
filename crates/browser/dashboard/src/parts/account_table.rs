//! The Accounts table.

use knock_wire::AccountRow;
use leptos::prelude::*;

use super::{IntentTypeMark, ScoreBadge, TimeAgo};
use crate::rows::Rows;
use crate::words::count;

/// Accounts, a line each.
#[component]
pub(crate) fn AccountTable(
    /// The lines.
    rows: Rows<AccountRow>,
) -> impl IntoView {
    view! {
        <div class="table-region" role="region" aria-label="Accounts" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Account"</th>
                        <th scope="col" class="number">"Contacts"</th>
                        <th scope="col">"Knock: Intent Score"</th>
                        <th scope="col">"Knock: Intent Type"</th>
                        <th scope="col" class="number">"Signals"</th>
                        <th scope="col" class="number">"Last seen"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.all() key=|row| row.key let:row>
                        <Line account=row.value.into() />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(account: Signal<AccountRow>) -> impl IntoView {
    let intent = Signal::derive(move || account.with(|account| account.intent.clone()));
    let seen = Signal::derive(move || account.with(|account| account.last_seen_at));
    view! {
        <tr class="line">
            <td class="cell-main">
                <a class="line-link" href=move || account.with(|account| format!("/app/accounts/{}", account.id))>
                    <bdi>{move || account.with(|account| account.domain.clone())}</bdi>
                </a>
            </td>
            <td data-label="Contacts" class="number"><span>{move || account.with(|account| count(account.contacts))}</span></td>
            <td data-label="Knock: Intent Score"><ScoreBadge intent /></td>
            <td data-label="Knock: Intent Type"><IntentTypeMark intent /></td>
            <td data-label="Signals" class="number"><span>{move || account.with(|account| count(account.signals))}</span></td>
            <td data-label="Last seen" class="number"><TimeAgo at=seen /></td>
        </tr>
    }
}
