//! A table of records: searchable, loaded page by page, kept up to date.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::LiveEvent;

use crate::api::{Client, Failure, Wanted};
use crate::browser;
use crate::debounce::Debounce;
use crate::live::use_live;
use crate::paged::Paged;
use crate::parts::{Choice, ChoiceBox, Empty, Heading, Icon, LoadMore, Loaded, NewRows, SearchBox, When};
use crate::prelude::*;
use crate::reactive::{derived, handler, memo};
use crate::rows::Keyed;
use crate::session::use_session;
use crate::table_state::{AT, TableState};
use crate::words::exact;

const TYPING_MS: u64 = 250;

/// A page of records, and where the next one goes on.
pub(super) type Page<T> = Result<(Vec<T>, Option<String>), Failure>;

/// A table of one kind of record: texts and query.
pub(super) struct Table<T: Keyed> {
    /// One that has just come, as in "new contact".
    pub(super) newcomer: &'static str,
    /// All of them, as in "show all contacts".
    pub(super) many: &'static str,
    /// The label of the search box.
    pub(super) search: &'static str,
    /// The heading.
    pub(super) title: &'static str,
    /// The icon.
    pub(super) icon: Icon,
    /// The way to create the first one.
    pub(super) first: &'static str,
    /// The record that an event is about.
    pub(super) of: fn(&LiveEvent) -> Option<&T>,
    /// Its filters.
    pub(super) choices: &'static [Choice],
    /// Asks the server for a page of what is wanted.
    pub(super) ask: fn(Client, Wanted, Option<String>) -> LocalBoxFuture<'static, Page<T>>,
    /// Draws the controls over the lines besides search and filters, and the lines.
    pub(super) draw: fn(TableState, Paged<T>) -> Drawn,
}

/// The drawn parts of a table.
pub(super) struct Drawn {
    /// The controls over the lines.
    pub(super) tools: AnyView,
    /// Between the tools and the lines.
    pub(super) bar: AnyView,
    /// The lines, each time there are some.
    pub(super) lines: Box<dyn Fn() -> AnyView + Send + Sync>,
}

/// The page of a table: last seen first, unless asked otherwise.
pub(super) fn table_page<T: Keyed>(table: &'static Table<T>) -> impl IntoView {
    let state = TableState::of_address(table.choices.iter().map(|choice| choice.name));
    let wanted = memo(move || state.wanted());
    let list = list_of(table, wanted);
    let unseen = RwSignal::new(0);
    list.start();
    use_live().after_gap(move || list.refresh());
    use_live().listen(move |event| {
        if let Some(record) = (table.of)(event) {
            take(list, wanted, unseen, record);
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

/// Asks again when something else is wanted. The address is that of what is shown: it can be kept and sent to others.
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

/// Says that the past is shown, and leads back.
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

/// Shown records change in place; a new one is added on top unless that would move the lines being read.
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
