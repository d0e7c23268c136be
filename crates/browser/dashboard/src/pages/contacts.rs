//! The Contacts table.

use futures_util::FutureExt;
use knock_wire::{ContactRow, LiveEvent};
use leptos::prelude::*;

use super::table::{Table, table_page};
use crate::parts::{ContactTable, Icon};

static CONTACTS: Table<ContactRow> = Table {
    newcomer: "new contact",
    many: "contacts",
    search: "Search contacts",
    title: "Contacts",
    icon: Icon::Contacts,
    first: "A visitor becomes a contact once they leave their e-mail address, in a form or in a chat.",
    of: |event| if let LiveEvent::Contact(contact) = event { Some(contact) } else { None },
    ask: |client, search, after| {
        async move {
            let page = client.contacts(&search, after.as_deref()).await?;
            Ok((page.contacts, page.next))
        }
        .boxed_local()
    },
    lines: |rows| view! { <ContactTable rows /> }.into_any(),
};

/// All contacts.
#[component]
pub(crate) fn ContactsPage() -> impl IntoView {
    table_page(&CONTACTS)
}
