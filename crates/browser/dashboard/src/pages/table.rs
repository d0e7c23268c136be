//! A table of records: searchable, loaded page by page, kept up to date.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::LiveEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::{Client, Failure, Wanted};
use crate::browser;
use crate::live::use_live;
use crate::paged::Paged;
use crate::parts::{Choice, ChoiceBox, Empty, Heading, Icon, LoadMore, Loaded, NewRows, SearchBox, When};
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
    /// What it can be narrowed to.
    pub(super) choices: &'static [Choice],
    /// Asks the server for a page of what is wanted.
    pub(super) ask: fn(Client, Wanted, Option<String>) -> LocalBoxFuture<'static, Page<T>>,
    /// Draws the lines.
    pub(super) lines: fn(Rows<T>) -> AnyView,
}

/// The page of a table: last seen first.
pub(super) fn table_page<T: Keyed>(table: &'static Table<T>) -> impl IntoView {
    let asked = use_query_map();
    let given = move |name: &str| RwSignal::new(asked.with_untracked(|asked| asked.get(name).unwrap_or_default()));
    let search = given("q");
    let boxes: Vec<_> = table.choices.iter().map(|choice| (choice, given(choice.name))).collect();
    let chosen = boxes.clone();
    let wanted = Memo::new(move |_| Wanted {
        search: search.get(),
        chosen: chosen
            .iter()
            .map(|(choice, value)| (choice.name, value.get()))
            .filter(|(_, value)| !value.is_empty())
            .collect(),
    });
    let list = list_of(table, wanted);
    let unseen = RwSignal::new(0);
    list.start();
    use_live().after_gap(move || list.refresh());
    use_live().listen(move |event| {
        if let Some(record) = (table.of)(event) {
            take(list, wanted, unseen, record);
        }
    });
    let ask = Soon::new(TYPING_MS, move || list.ask_anew());
    Effect::new(move |before: Option<()>| {
        let query = wanted.with(Wanted::query);
        if before.is_some() {
            // The address is that of what is shown: it can be kept and sent to others.
            browser::replace_query(&query);
            ask.ask();
        }
    });
    let all = boxes.clone();
    let show_all = Callback::new(move |()| {
        search.set(String::new());
        all.iter().for_each(|(_, value)| value.set(String::new()));
    });
    let selects = boxes.into_iter().map(|(choice, chosen)| view! { <ChoiceBox choice chosen /> }.into_any());
    view! {
        <div class="page-head">
            <Heading text=table.title />
            <div class="table-choices">
                {selects.collect::<Vec<_>>()}
                <SearchBox label=table.search text=search />
            </div>
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
            <When is=move || !list.rows.is_empty() fallback=move || nothing(table, wanted, show_all)>
                {(table.lines)(list.rows)}
            </When>
            <LoadMore list label="Load more" />
        </Loaded>
    }
}

fn nothing<T: Keyed>(table: &'static Table<T>, wanted: Memo<Wanted>, show_all: Callback<()>) -> impl IntoView {
    let is_all = Memo::new(move |_| wanted.with(Wanted::is_all));
    move || {
        if is_all.get() {
            return nothing_yet(table).into_any();
        }
        view! {
            <Empty title="Nothing found" icon=Icon::Search>
                <button class="button" type="button" on:click=move |_| show_all.run(())>
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

fn list_of<T: Keyed>(table: &'static Table<T>, wanted: Memo<Wanted>) -> Paged<T> {
    let session = use_session();
    Paged::new(move |after| (table.ask)(session.client(), wanted.get_untracked(), after).boxed_local())
}

/// Records shown change where they stand; a new one comes on top unless that would move what is being read.
fn take<T: Keyed>(list: Paged<T>, wanted: Memo<Wanted>, unseen: RwSignal<usize>, record: &T) {
    // Whether a new one is among what is wanted, the server knows.
    if list.rows.update(record.clone()) || !wanted.with_untracked(Wanted::is_all) {
        return;
    }
    if browser::is_at_top() {
        list.rows.put_first(record.clone());
    } else {
        unseen.update(|unseen| *unseen += 1);
    }
}
