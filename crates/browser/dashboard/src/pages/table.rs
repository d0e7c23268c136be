//! A table of records: searchable, loaded page by page, kept up to date.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::LiveEvent;
use leptos::prelude::*;

use crate::api::{Client, Failure};
use crate::browser;
use crate::live::use_live;
use crate::paged::Paged;
use crate::parts::{Empty, Heading, Icon, LoadMore, Loaded, NewRows, SearchBox, When};
use crate::rows::{Keyed, Rows};
use crate::session::use_session;
use crate::soon::Soon;

const TYPING_MS: u64 = 250;

/// A page of records, and where the next one goes on.
pub(super) type Page<T> = Result<(Vec<T>, Option<String>), Failure>;

/// What a table of one kind of record says and asks for.
pub(super) struct Table<T: Keyed> {
    /// One that has just come, as in "new contact".
    pub(super) newcomer: &'static str,
    /// All of them, as in "show all contacts".
    pub(super) many: &'static str,
    /// What the search box is for.
    pub(super) search: &'static str,
    /// The heading.
    pub(super) title: &'static str,
    /// Their mark.
    pub(super) icon: Icon,
    /// How the first one comes about.
    pub(super) first: &'static str,
    /// The record that an event is about.
    pub(super) of: fn(&LiveEvent) -> Option<&T>,
    /// Asks the server for a page.
    pub(super) ask: fn(Client, String, Option<String>) -> LocalBoxFuture<'static, Page<T>>,
    /// Draws the lines.
    pub(super) lines: fn(Rows<T>) -> AnyView,
}

/// The page of a table: last seen first.
pub(super) fn table_page<T: Keyed>(table: &'static Table<T>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let list = list_of(table, search);
    let unseen = RwSignal::new(0);
    list.start();
    use_live().after_gap(move || list.refresh());
    use_live().listen(move |event| {
        if let Some(record) = (table.of)(event) {
            take(list, search, unseen, record);
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
            <Heading text=table.title />
            <SearchBox label=table.search text=search />
        </div>
        <NewRows
            count=unseen
            noun=table.newcomer
            show=move |()| {
                browser::scroll_to_top();
                unseen.set(0);
                list.refresh();
            }
        />
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=move || !list.rows.is_empty() fallback=move || nothing(table, search)>
                {(table.lines)(list.rows)}
            </When>
            <LoadMore list label="Load more" />
        </Loaded>
    }
}

fn nothing<T: Keyed>(table: &'static Table<T>, search: RwSignal<String>) -> impl IntoView {
    let is_searching = Memo::new(move |_| search.with(|search| !search.trim().is_empty()));
    move || {
        if !is_searching.get() {
            return nothing_yet(table).into_any();
        }
        view! {
            <Empty title="Nothing found" icon=Icon::Search>
                <button class="button" type="button" on:click=move |_| search.set(String::new())>
                    {format!("Show all {}", table.many)}
                </button>
            </Empty>
        }
        .into_any()
    }
}

fn nothing_yet<T: Keyed>(table: &'static Table<T>) -> impl IntoView {
    view! {
        <Empty title=format!("No {} yet", table.many) icon=table.icon>
            <p>{table.first}</p>
            <p>
                <a class="link" href="/app/install">"Install the snippet"</a>
                ", or fill in a form on the "
                <a class="link" href="/demo/" rel="external">"demo site"</a>
                "."
            </p>
        </Empty>
    }
}

fn list_of<T: Keyed>(table: &'static Table<T>, search: RwSignal<String>) -> Paged<T> {
    let session = use_session();
    Paged::new(move |after| (table.ask)(session.client(), search.get_untracked(), after).boxed_local())
}

/// Records shown change where they stand; a new one comes on top unless that would move what is being read.
fn take<T: Keyed>(list: Paged<T>, search: RwSignal<String>, unseen: RwSignal<usize>, record: &T) {
    let is_searching = search.with_untracked(|search| !search.trim().is_empty());
    if list.rows.update(record.clone()) || is_searching {
        return;
    }
    if browser::is_at_top() {
        list.rows.put_first(record.clone());
    } else {
        unseen.update(|unseen| *unseen += 1);
    }
}
