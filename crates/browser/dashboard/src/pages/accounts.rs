//! The Accounts table.

use futures_util::FutureExt;
use knock_wire::{AccountRow, LiveEvent};
use leptos::prelude::*;

use crate::browser;
use crate::live::use_live;
use crate::paged::Paged;
use crate::parts::{AccountTable, Empty, Heading, Icon, LoadMore, Loaded, NewRows, SearchBox};
use crate::session::use_session;
use crate::soon::Soon;

const TYPING_MS: u64 = 250;

/// All accounts, last seen first, searchable and kept up to date.
#[component]
pub(crate) fn AccountsPage() -> impl IntoView {
    let search = RwSignal::new(String::new());
    let list = list_of(search);
    let unseen = RwSignal::new(0);
    list.start();
    use_live().after_gap(move || list.refresh());
    use_live().listen(move |event| {
        if let LiveEvent::Account(account) = event {
            take(list, search, unseen, account);
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
            <Heading text="Accounts" />
            <SearchBox label="Search accounts" text=search />
        </div>
        <NewRows
            count=unseen
            noun="new account"
            show=move |()| {
                browser::scroll_to_top();
                unseen.set(0);
                list.refresh();
            }
        />
        <Loaded phase=list.phase retry=move |()| list.start()>
            <Show when=move || !list.rows.is_empty() fallback=move || view! { <NothingFound search /> }>
                <AccountTable rows=list.rows />
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
                        "Show all accounts"
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
        <Empty title="No accounts yet" icon=Icon::Accounts>
            <p>"An account is a company. It appears with its first contact who has an address there; free mail makes none."</p>
            <p>
                <a class="link" href="/app/install">"Install the snippet"</a>
                ", or fill in a form on the "
                <a class="link" href="/demo/" rel="external">"demo site"</a>
                "."
            </p>
        </Empty>
    }
}

fn list_of(search: RwSignal<String>) -> Paged<AccountRow> {
    let session = use_session();
    Paged::new(move |after| {
        let (client, search) = (session.client(), search.get_untracked());
        async move {
            let page = client.accounts(&search, after.as_deref()).await?;
            Ok((page.accounts, page.next))
        }
        .boxed_local()
    })
}

/// Accounts shown change where they stand; a new one comes on top unless that would move what is being read.
fn take(list: Paged<AccountRow>, search: RwSignal<String>, unseen: RwSignal<usize>, account: &AccountRow) {
    let is_searching = search.with_untracked(|search| !search.trim().is_empty());
    if list.rows.update(account.clone()) || is_searching {
        return;
    }
    if browser::is_at_top() {
        list.rows.put_first(account.clone());
    } else {
        unseen.update(|unseen| *unseen += 1);
    }
}
