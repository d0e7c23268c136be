//! The Accounts table.

use futures_util::FutureExt;
use knock_wire::{AccountRow, LiveEvent};
use leptos::prelude::*;

use super::table::{Drawn, Table, table_page};
use crate::kit::reactive::derived;
use crate::parts::form::choice_box::Choice;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::when::When;
use crate::parts::record::account_table::AccountTable;
use crate::parts::table::as_of_menu::AsOfMenu;
use crate::parts::table::columns::Columns;
use crate::parts::table::columns_menu::ColumnsMenu;
use crate::parts::table::views_menu::ViewsMenu;
use crate::state::records::saved_views::SavedViews;

lazy!(records => AccountsPage);

/// The number of accounts that fill a page if more need another request.
const FEW: usize = 10;

static ACCOUNTS: Table<AccountRow> = Table {
    newcomer: "new account",
    many: "accounts",
    search: "Search accounts",
    title: "Accounts",
    icon: Icon::Accounts,
    first: "An account is a company. It appears with the first contact with an address there, except free mail.",
    of: |event| if let LiveEvent::Account(account) = event { Some(account) } else { None },
    gone: |_| None,
    choices: &[Choice::SCORE, Choice::TYPE],
    others: &[],
    ask: |client, wanted, mut after| {
        async move {
            // Accounts of a rare type can take several requests to fill a page.
            let mut found = Vec::new();
            loop {
                let page = client.accounts(&wanted, after.as_deref()).await?;
                found.extend(page.accounts);
                if found.len() >= FEW || page.next.is_none() {
                    return Ok((found, page.next));
                }
                after = page.next;
            }
        }
        .boxed_local()
    },
    draw: |state, list| {
        let query = derived(move || state.query().trim_start_matches('&').to_owned());
        let views = SavedViews::new("accounts", query, false);
        let is_now = derived(move || state.instant().is_none());
        Drawn {
            tools: view! {
                <ColumnsMenu state of=Columns::ACCOUNTS />
                <ViewsMenu views state />
                <AsOfMenu state />
                <When is=is_now>
                    <a
                        class="button"
                        href=derived(move || state.wanted().csv("accounts"))
                        download="accounts.csv"
                        rel="external"
                    >
                        "Export CSV"
                    </a>
                </When>
            }
            .into_any(),
            bar: ().into_any(),
            lines: Box::new(move || view! { <AccountTable rows=list.rows state /> }.into_any()),
        }
    },
};

#[component]
pub(crate) fn AccountsPage() -> impl IntoView {
    table_page(&ACCOUNTS)
}
