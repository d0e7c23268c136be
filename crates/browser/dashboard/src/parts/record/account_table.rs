//! The Accounts table.

use knock_wire::AccountRow;
use leptos::prelude::*;

use super::intent_type::IntentTypeMark;
use super::score_badge::ScoreBadge;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Rows;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::table::columns::{Column, Columns};
use crate::parts::table::sort_head::sort_head;
use crate::state::records::table_state::TableState;
use crate::words::number::count;

/// Accounts, a line each; columns and order are those of the state.
#[component]
pub(crate) fn AccountTable(rows: Rows<AccountRow>, state: TableState) -> impl IntoView {
    let columns = memo(move || state.columns().with(|names| Columns::ACCOUNTS.shown(names)));
    let heads = move || {
        // A past state has one order.
        let sorted = Some(state).filter(|state| state.instant().is_none());
        let columns = std::iter::once(Columns::ACCOUNTS.main).chain(columns.get());
        columns.map(|column| sort_head(column, sorted)).collect::<Vec<_>>()
    };
    view! {
        <div class="table-region" role="region" aria-label="Accounts" tabindex="0">
            <table class="table">
                <thead>
                    <tr>{dynamic(heads)}</tr>
                </thead>
                <tbody>
                    <Lines of=derived(move || rows.drawn(move |account| view! { <Line account columns /> }.into_any())) />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(account: Signal<AccountRow>, columns: Memo<Vec<Column>>) -> impl IntoView {
    move || {
        let account = account.get();
        let cells = columns.get().into_iter().map(|column| cell(&account, column)).collect::<Vec<_>>();
        view! {
            <tr class="line">
                <td class="cell-main">
                    <a class="line-link" href=format!("/app/accounts/{}", account.id)>
                        <bdi>{account.domain}</bdi>
                    </a>
                </td>
                {cells}
            </tr>
        }
    }
}

fn cell(account: &AccountRow, column: Column) -> AnyView {
    let shown = match column.name {
        "contacts" => view! { <span>{count(account.contacts)}</span> }.into_any(),
        "score" => view! { <ScoreBadge intent=account.intent.clone() /> }.into_any(),
        "type" => view! { <IntentTypeMark intent=account.intent.clone() /> }.into_any(),
        "signals" => view! { <span>{count(account.signals)}</span> }.into_any(),
        "first_seen" => view! { <TimeAgo at=account.first_seen_at /> }.into_any(),
        _ => view! { <TimeAgo at=account.last_seen_at /> }.into_any(),
    };
    view! {
        <td data-label=column.label class=if column.is_number() { "number" } else { "" }>
            {shown}
        </td>
    }
    .into_any()
}
