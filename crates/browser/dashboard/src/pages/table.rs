//! A table of records: searchable, loaded page by page, kept up to date.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::LiveEvent;
use leptos::prelude::*;

use crate::api::records::Wanted;
use crate::api::{Client, Failure};
use crate::kit::browser;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, handler, memo};
use crate::kit::rows::Keyed;
use crate::parts::form::choice_box::{Choice, ChoiceBox};
use crate::parts::form::search_box::SearchBox;
use crate::parts::page::demo_link::DemoLink;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::record::new_rows::NewRows;
use crate::state::live::use_live;
use crate::state::records::table_state::{AT, TableState};
use crate::state::session::use_session;
use crate::words::instant::exact;

const TYPING_MS: u64 = 250;

/// A page of records, and the cursor of the next one.
pub(super) type Page<T> = Result<(Vec<T>, Option<String>), Failure>;

/// A table of one kind of record: texts and query.
pub(super) struct Table<T: Keyed> {
    /// A new record, as in "new contact".
    pub(super) newcomer: &'static str,
    /// All records, as in "show all contacts".
    pub(super) many: &'static str,
    /// The label of the search box.
    pub(super) search: &'static str,
    pub(super) title: &'static str,
    pub(super) icon: Icon,
    /// The way to create the first one.
    pub(super) first: &'static str,
    /// The record of an event.
    pub(super) of: fn(&LiveEvent) -> Option<&T>,
    /// The record that is no longer in the table after an event.
    pub(super) gone: fn(&LiveEvent) -> Option<T::Key>,
    /// The filters.
    pub(super) choices: &'static [Choice],
    /// The names of further filters, which `draw` draws.
    pub(super) others: &'static [&'static str],
    /// Requests a page of a query.
    pub(super) ask: fn(Client, Wanted, Option<String>) -> LocalBoxFuture<'static, Page<T>>,
    /// Draws the controls above the lines besides search and filters, and the lines.
    pub(super) draw: fn(TableState, Paged<T>) -> Drawn,
}

/// The drawn parts of a table.
pub(super) struct Drawn {
    /// The controls above the lines.
    pub(super) tools: AnyView,
    /// The bar between the controls and the lines.
    pub(super) bar: AnyView,
    /// Draws the lines, each time there are some.
    pub(super) lines: Box<dyn Fn() -> AnyView + Send + Sync>,
}

/// The page of a table, sorted by last seen unless another order is chosen.
pub(super) fn table_page<T: Keyed>(table: &'static Table<T>) -> impl IntoView {
    let state =
        TableState::of_address(table.choices.iter().map(|choice| choice.name).chain(table.others.iter().copied()));
    let wanted = memo(move || state.wanted());
    let list = list_of(table, wanted);
    let unseen = RwSignal::new(0);
    list.start();
    use_live().after_gap(move || list.refresh());
    use_live().listen(move |event| {
        if let Some(record) = (table.of)(event) {
            take(list, wanted, unseen, record);
        }
        // The past does not change.
        if let Some(key) = (table.gone)(event).filter(|_| state.instant().is_none()) {
            list.rows.remove(&key);
        }
    });
    follow(state, wanted, list);
    let selects = table.choices.iter().map(|choice| {
        let chosen = state.part(choice.name);
        view! { <ChoiceBox choice chosen /> }.into_any()
    });
    let Drawn { tools, bar, lines } = (table.draw)(state, list);
    let lines = StoredValue::new(lines);
    view! {
        <div class="page-head">
            <Heading text=table.title />
            <div class="table-choices">
                {selects.collect::<Vec<_>>()}
                <SearchBox label=table.search text=state.search() />
                {tools}
            </div>
        </div>
        <PastNote state />
        {bar}
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
            <When is=derived(move || !list.rows.is_empty()) fallback=move || nothing(table, wanted, state)>
                {lines.with_value(|lines| lines())}
            </When>
            <LoadMore list label="Load more" />
        </Loaded>
    }
}

/// Loads the list again on each change of the query, and puts it into the address, which can be saved and shared.
fn follow<T: Keyed>(state: TableState, wanted: Memo<Wanted>, list: Paged<T>) {
    let ask = Debounce::new(TYPING_MS, move || list.ask_anew());
    Effect::new(move |before: Option<()>| {
        wanted.track();
        if before.is_some() {
            ask.ask();
        }
    });
    Effect::new(move |before: Option<()>| {
        let query = state.query();
        if before.is_some() {
            browser::replace_query(&query);
        }
    });
}

/// A notice of a past state, with a link back to now.
#[component]
fn PastNote(state: TableState) -> impl IntoView {
    move || {
        state.instant().map(|at| {
            let words = format!("As of {}, from the signals received by then. ", exact(browser::local(at)));
            view! {
                <p class="note" role="status">
                    {words}
                    <button
                        class="link-button"
                        type="button"
                        on:click=handler(move |_| state.part(AT).set(String::new()))
                    >
                        "Back to now"
                    </button>
                </p>
            }
        })
    }
}

fn nothing<T: Keyed>(table: &'static Table<T>, wanted: Memo<Wanted>, state: TableState) -> impl IntoView {
    let is_all = memo(move || wanted.with(Wanted::is_all));
    move || {
        if is_all.get() {
            return nothing_yet(table).into_any();
        }
        view! {
            <Empty title="Nothing found" icon=Icon::Search>
                <button class="button" type="button" on:click=handler(move |_| state.show_all())>
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
                <DemoLink before=", or fill in a form on the " />
                "."
            </p>
        </Empty>
    }
}

fn list_of<T: Keyed>(table: &'static Table<T>, wanted: Memo<Wanted>) -> Paged<T> {
    let session = use_session();
    Paged::new(move |after| (table.ask)(session.client(), wanted.get_untracked(), after).boxed_local())
}

/// Updates a shown record in place; adds a new one on top unless that would move the lines being read.
fn take<T: Keyed>(list: Paged<T>, wanted: Memo<Wanted>, unseen: RwSignal<usize>, record: &T) {
    // Only the server knows whether a new one matches the query.
    if list.rows.update(record.clone()) || !wanted.with_untracked(Wanted::is_all) {
        return;
    }
    if browser::is_at_top() {
        list.rows.put_first(record.clone());
    } else {
        unseen.update(|unseen| *unseen += 1);
    }
}
