//! The Contacts table.

use futures_util::FutureExt;
use knock_wire::{ContactRow, LiveEvent};
use leptos::prelude::*;

use crate::browser;
use crate::live::use_live;
use crate::paged::Paged;
use crate::parts::{ContactTable, Empty, Heading, Icon, LoadMore, Loaded, NewRows, SearchBox};
use crate::session::use_session;
use crate::soon::Soon;

const TYPING_MS: u64 = 250;

/// All contacts, last seen first, searchable and kept up to date.
#[component]
pub(crate) fn ContactsPage() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let list = list_of(search);
    let unseen = RwSignal::new(0);
    list.start();
    use_live().after_gap(move || list.refresh());
    use_live().listen(move |event| {
        if let LiveEvent::Contact(contact) = event {
            take(list, search, unseen, contact);
        }
    });
    let ask = Soon::new(TYPING_MS, move || list.ask_anew());
    Effect::new(move |before: Option<()>| {
        search.track();
        if before.is_some() {
            ask.ask();
        }
    });
    view! {
        <div class="page-head">
            <Heading text="Contacts" />
            <SearchBox label="Search contacts" text=search />
        </div>
        <NewRows
            count=unseen
            noun="new contact"
            show=move |()| {
                browser::scroll_to_top();
                unseen.set(0);
                list.refresh();
            }
        />
        <Loaded phase=list.phase retry=move |()| list.start()>
            <Show when=move || !list.rows.is_empty() fallback=move || view! { <NothingFound search /> }>
                <ContactTable rows=list.rows />
            </Show>
            <LoadMore list label="Load more" />
        </Loaded>
    }
}

#[component]
fn NothingFound(search: RwSignal<String>) -> impl IntoView {
    move || {
        if search.with(|search| search.trim().is_empty()) {
            view! { <NothingYet /> }.into_any()
        } else {
            view! {
                <Empty title="Nothing found" icon=Icon::Search>
                    <button class="button" type="button" on:click=move |_| search.set(String::new())>
                        "Show all contacts"
                    </button>
                </Empty>
            }
            .into_any()
        }
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <Empty title="No contacts yet" icon=Icon::Contacts>
            <p>"A visitor becomes a contact once they leave their e-mail address, in a form or in a chat."</p>
            <p>
                <a class="link" href="/app/install">"Install the snippet"</a>
                ", or fill in a form on the "
                <a class="link" href="/demo/" rel="external">"demo site"</a>
                "."
            </p>
        </Empty>
    }
}

fn list_of(search: RwSignal<String>) -> Paged<ContactRow> {
    let session = use_session();
    Paged::new(move |after| {
        let (client, search) = (session.client(), search.get_untracked());
        async move {
            let page = client.contacts(&search, after.as_deref()).await?;
            Ok((page.contacts, page.next))
        }
        .boxed_local()
    })
}

/// Contacts shown change where they stand; a new one comes on top unless that would move what is being read.
fn take(list: Paged<ContactRow>, search: RwSignal<String>, unseen: RwSignal<usize>, contact: &ContactRow) {
    let is_searching = search.with_untracked(|search| !search.trim().is_empty());
    if list.rows.update(contact.clone()) || is_searching {
        return;
    }
    if browser::is_at_top() {
        list.rows.put_first(contact.clone());
    } else {
        unseen.update(|unseen| *unseen += 1);
    }
}
