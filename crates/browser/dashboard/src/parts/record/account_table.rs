//! The Accounts table.

use knock_wire::AccountRow;
use leptos::prelude::*;

use super::intent_type::IntentTypeMark;
use super::score_badge::ScoreBadge;
use crate::kit::reactive::derived;
use crate::kit::rows::Rows;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::words::number::count;

#[component]
pub(crate) fn AccountTable(rows: Rows<AccountRow>) -> impl IntoView {
    view! {
        <div class="table-region" role="region" aria-label="Accounts" tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Account"</th>
                        <th scope="col" class="number">"Contacts"</th>
                        <th scope="col">"Intent score"</th>
                        <th scope="col">"Intent type"</th>
                        <th scope="col" class="number">"Signals"</th>
                        <th scope="col" class="number">"Last seen"</th>
                    </tr>
                </thead>
                <tbody>
                    <Lines of=derived(move || rows.drawn(|account| view! { <Line account /> }.into_any())) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(account: Signal<AccountRow>) -> impl IntoView {
    move || {
        let AccountRow { id, domain, intent, contacts, signals, last_seen_at, .. } = account.get();
        view! {
            <tr class="line">
                <td class="cell-main">
                    <a class="line-link" href=format!("/app/accounts/{id}")>
                        <bdi>{domain}</bdi>
                    </a>
                </td>
                <td data-label="Contacts" class="number"><span>{count(contacts)}</span></td>
                <td data-label="Intent score"><ScoreBadge intent=intent.clone() /></td>
                <td data-label="Intent type"><IntentTypeMark intent /></td>
                <td data-label="Signals" class="number"><span>{count(signals)}</span></td>
                <td data-label="Last seen" class="number"><TimeAgo at=last_seen_at /></td>
            </tr>
        }
    }
}
