//! The Contacts table.

use knock_wire::ContactRow;
use leptos::prelude::*;

use crate::parts::{IntentTypeMark, Lines, ScoreBadge, TimeAgo};
use crate::rows::Rows;
use crate::words::{bare_path, count};

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
                        <th scope="col">"Contact"</th>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Account"</th>
                        <th scope="col">"Knock: Intent Score"</th>
                        <th scope="col">"Knock: Intent Type"</th>
                        <th scope="col">"Source"</th>
                        <th scope="col">"Campaign"</th>
                        <th scope="col">"Landing page"</th>
                        <th scope="col" class="number">"Signals"</th>
                        <th scope="col" class="number">"Last seen"</th>
                    </tr>
                </thead>
                <tbody>
                    <Lines of=move || rows.drawn(|contact| view! { <Line contact /> }.into_any()) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(contact: Signal<ContactRow>) -> impl IntoView {
    move || {
        let ContactRow { id, display_name, name, account, intent, attribution, signals, last_seen_at, .. } =
            contact.get();
        let landing_page = bare_path(&attribution.landing_page).to_owned();
        let account = account.map(|account| {
            view! {
                <a class="link over" href=format!("/app/accounts/{}", account.id)>
                    <bdi>{account.domain}</bdi>
                </a>
            }
        });
        view! {
            <tr class="line">
                <td class="cell-main">
                    <a class="line-link" href=format!("/app/contacts/{id}")>
                        <bdi>{display_name}</bdi>
                    </a>
                </td>
                <td data-label="Name"><bdi>{name}</bdi></td>
                <td data-label="Account">{account}</td>
                <td data-label="Knock: Intent Score"><ScoreBadge intent=intent.clone() /></td>
                <td data-label="Knock: Intent Type"><IntentTypeMark intent /></td>
                <td data-label="Source"><bdi>{attribution.source}</bdi></td>
                <td data-label="Campaign"><bdi>{attribution.campaign}</bdi></td>
                <td data-label="Landing page"><bdi>{landing_page}</bdi></td>
                <td data-label="Signals" class="number"><span>{count(signals)}</span></td>
                <td data-label="Last seen" class="number"><TimeAgo at=last_seen_at /></td>
            </tr>
        }
    }
}
