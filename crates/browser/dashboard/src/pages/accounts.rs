//! The Accounts table.

use futures_util::FutureExt;
use knock_wire::{AccountRow, LiveEvent};
use leptos::prelude::*;

use super::table::{Drawn, Table, table_page};
use crate::parts::form::choice_box::Choice;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::record::account_table::AccountTable;
use crate::parts::table::as_of_menu::AsOfMenu;

lazy!(records => AccountsPage);

static ACCOUNTS: Table<AccountRow> = Table {
    newcomer: "new account",
    many: "accounts",
    search: "Search accounts",
    title: "Accounts",
    icon: Icon::Accounts,
    first: "An account is a company. It appears with the first contact with an address there, except free mail.",
    of: |event| if let LiveEvent::Account(account) = event { Some(account) } else { None },
    choices: &[Choice::SCORE, Choice::TYPE],
    ask: |client, wanted, after| {
        async move {
            let page = client.accounts(&wanted, after.as_deref()).await?;
            Ok((page.accounts, page.next))
        }
        .boxed_local()
    },
    draw: |state, list| Drawn {
        tools: view! { <AsOfMenu state /> }.into_any(),
        bar: ().into_any(),
        lines: Box::new(move || view! { <AccountTable rows=list.rows /> }.into_any()),
    },
};

#[component]
pub(crate) fn AccountsPage() -> impl IntoView {
    table_page(&ACCOUNTS)
}
