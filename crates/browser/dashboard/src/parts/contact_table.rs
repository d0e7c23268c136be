//! The Contacts table.

use knock_wire::ContactRow;
use leptos::prelude::*;

use super::{IntentTypeMark, ScoreBadge, TimeAgo};
use crate::rows::Rows;
use crate::words::count;

/// Contacts, a line each.
#[component]
pub(crate) fn ContactTable(
    /// The lines.
    rows: Rows<ContactRow>,
) -> impl IntoView {
    view! {
        <div class="table-region" role="region" aria-label="Contacts" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Email"</th>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Account"</th>
                        <th scope="col">"Knock: Intent Score"</th>
                        <th scope="col">"Knock: Intent Type"</th>
                        <th scope="col" class="number">"Signals"</th>
                        <th scope="col" class="number">"Last seen"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.all() key=|row| row.key let:row>
                        <Line contact=row.value.into() />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(contact: Signal<ContactRow>) -> impl IntoView {
    let intent = Signal::derive(move || contact.with(|contact| contact.intent.clone()));
    let seen = Signal::derive(move || contact.with(|contact| contact.last_seen_at));
    let account = move || {
        contact.with(|contact| contact.account.clone()).map(|account| {
            view! {
                <a class="link over" href=format!("/app/accounts/{}", account.id)>
                    <bdi>{account.domain}</bdi>
                </a>
            }
        })
    };
    view! {
        <tr class="line">
            <td class="cell-main">
                <a class="line-link" href=move || contact.with(|contact| format!("/app/contacts/{}", contact.id))>
                    <bdi>{move || contact.with(|contact| contact.email.clone())}</bdi>
                </a>
            </td>
            <td data-label="Name"><bdi>{move || contact.with(|contact| contact.name.clone())}</bdi></td>
            <td data-label="Account">{account}</td>
            <td data-label="Knock: Intent Score"><ScoreBadge intent /></td>
            <td data-label="Knock: Intent Type"><IntentTypeMark intent /></td>
            <td data-label="Signals" class="number"><span>{move || contact.with(|contact| count(contact.signals))}</span></td>
            <td data-label="Last seen" class="number"><TimeAgo at=seen /></td>
        </tr>
    }
}
