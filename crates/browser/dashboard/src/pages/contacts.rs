//! The Contacts table.

use futures_util::FutureExt;
use knock_wire::{ContactRow, LiveEvent};
use leptos::prelude::*;
use std::collections::BTreeSet;

use super::table::{Drawn, Table, table_page};
use crate::kit::reactive::derived;
use crate::parts::form::choice_box::Choice;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::when::When;
use crate::parts::record::contact_table::ContactTable;
use crate::parts::table::TableTools;
use crate::parts::table::as_of_menu::AsOfMenu;
use crate::parts::table::bulk_bar::BulkBar;
use crate::parts::table::columns::Columns;
use crate::parts::table::columns_menu::ColumnsMenu;
use crate::parts::table::condition_menu::ConditionMenu;
use crate::parts::table::progress_menu::ProgressMenu;
use crate::parts::table::views_menu::ViewsMenu;
use crate::state::records::saved_views::SavedViews;
use crate::state::records::table_state::PROGRESS;

lazy!(records => ContactsPage);

/// The number of contacts that fill a page if more need another request.
const FEW: usize = 10;

static CONTACTS: Table<ContactRow> = Table {
    newcomer: "new contact",
    many: "contacts",
    search: "Search contacts",
    title: "Contacts",
    icon: Icon::Contacts,
    first: "A visitor becomes a contact with their first chat, or with the e-mail address that they leave in a form.",
    of: |event| if let LiveEvent::Contact(contact) = event { Some(contact) } else { None },
    // A lead who is marked as spam is in the inbox alone.
    gone: |event| match event {
        LiveEvent::Conversation(row) if row.state.is_spam => Some(row.lead),
        _ => None,
    },
    choices: &[
        Choice {
            name: "named",
            label: "Address",
            options: &[("", "With and without address"), ("true", "With address"), ("false", "Without address")],
        },
        Choice::SCORE,
        Choice::TYPE,
    ],
    others: &PROGRESS,
    ask: |client, wanted, mut after| {
        async move {
            // A condition with few matches can take several requests to fill a page.
            let mut found = Vec::new();
            loop {
                let page = client.contacts(&wanted, after.as_deref()).await?;
                found.extend(page.contacts);
                if found.len() >= FEW || page.next.is_none() {
                    return Ok((found, page.next));
                }
                after = page.next;
            }
        }
        .boxed_local()
    },
    draw: |state, list| {
        let tools = TableTools { state, chosen: RwSignal::new(BTreeSet::new()) };
        let query = derived(move || state.query().trim_start_matches('&').to_owned());
        let views = SavedViews::new("contacts", query, false);
        // A past state has one order and no condition.
        let is_now = move || state.instant().is_none();
        Drawn {
            tools: view! {
                <When is=derived(is_now)>
                    <ProgressMenu state />
                    <ConditionMenu state />
                </When>
                <ColumnsMenu state of=Columns::CONTACTS />
                <ViewsMenu views state />
                <AsOfMenu state />
                <When is=derived(is_now)>
                    <a
                        class="button"
                        href=derived(move || state.wanted().csv("contacts"))
                        download="contacts.csv"
                        rel="external"
                    >
                        "Export CSV"
                    </a>
                </When>
            }
            .into_any(),
            bar: view! { <BulkBar tools done=move |()| list.ask_anew() /> }.into_any(),
            lines: Box::new(move || view! { <ContactTable rows=list.rows tools=Some(tools) /> }.into_any()),
        }
    },
};

#[component]
pub(crate) fn ContactsPage() -> impl IntoView {
    table_page(&CONTACTS)
}
