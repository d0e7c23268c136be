//! The Contacts table.

use futures_util::FutureExt;
use knock_wire::{ContactRow, LiveEvent};
use leptos::prelude::*;

use super::table::{Table, table_page};
use crate::parts::{Choice, ContactTable, Icon};

static CONTACTS: Table<ContactRow> = Table {
    newcomer: "new contact",
    many: "contacts",
    search: "Search contacts",
    title: "Contacts",
    icon: Icon::Contacts,
    first: "A visitor becomes a contact with their first chat, or with the e-mail address that they leave in a form.",
    of: |event| if let LiveEvent::Contact(contact) = event { Some(contact) } else { None },
    choices: &[
        Choice {
            name: "named",
            label: "Address",
            options: &[("", "With and without address"), ("true", "With address"), ("false", "Without address")],
        },
        Choice {
            name: "score",
            label: "Knock: Intent Score",
            options: &[("", "Every score"), ("High", "High"), ("Medium", "Medium"), ("Low", "Low")],
        },
        Choice {
            name: "type",
            label: "Knock: Intent Type",
            options: &[
                ("", "Every type"),
                ("Buying", "Buying"),
                ("Partnership", "Partnership"),
                ("Support", "Support"),
                ("Job seeker", "Job seeker"),
                ("Unknown", "Unknown"),
            ],
        },
    ],
    ask: |client, wanted, after| {
        async move {
            let page = client.contacts(&wanted, after.as_deref()).await?;
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
