//! The state of a table: search, filters, order, columns and instant, all of them in the address of the page.

use knock_model::Millis;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::encode;
use crate::api::records::Wanted;
use crate::kit::browser;

/// The parameters of every table, beside its own filters.
const NAMES: [&str; 5] = ["q", WHERE, SORT, AT, COLUMNS];
/// The condition, in JSON.
pub(crate) const WHERE: &str = "where";
pub(crate) const SORT: &str = "sort";
/// Filters by the chat, its owner, and meetings.
pub(crate) const PROGRESS: [&str; 6] = ["owner", "tag", "chat_status", "meeting_status", "deal", "reject_reason"];
/// The instant of a past state.
pub(crate) const AT: &str = "at";
/// The columns, separated by commas: not a part of the query to the server.
const COLUMNS: &str = "columns";

/// The parameters of a table by name; empty for none.
#[derive(Clone, Copy)]
pub(crate) struct TableState(StoredValue<Vec<(&'static str, RwSignal<String>)>>);

impl TableState {
    /// The state in the address of the page; `choices` are the names of the table's own filters.
    pub(crate) fn of_address(choices: impl Iterator<Item = &'static str>) -> TableState {
        let address = use_query_map();
        let given = |name| {
            let value = address.with_untracked(|address| address.get(name).unwrap_or_default());
            (name, RwSignal::new(value))
        };
        TableState(StoredValue::new(NAMES.into_iter().chain(choices).map(given).collect()))
    }

    /// The parameter of this name; for an unknown name, a value that is ignored.
    pub(crate) fn part(self, name: &str) -> RwSignal<String> {
        let found = self.0.with_value(|parts| parts.iter().find(|(known, _)| *known == name).map(|(_, part)| *part));
        found.unwrap_or_else(|| RwSignal::new(String::new()))
    }

    /// The text of the search box.
    pub(crate) fn search(self) -> RwSignal<String> {
        self.part("q")
    }

    /// The chosen columns.
    pub(crate) fn columns(self) -> RwSignal<String> {
        self.part(COLUMNS)
    }

    /// The instant of the shown past state.
    pub(crate) fn instant(self) -> Option<Millis> {
        self.part(AT).get().parse().ok().map(Millis)
    }

    /// The query to the server.
    pub(crate) fn wanted(self) -> Wanted {
        let asked = self.0.with_value(|parts| {
            let parts = parts.iter().filter(|(name, _)| *name != COLUMNS);
            parts.map(|(name, part)| (*name, part.get().trim().to_owned())).collect::<Vec<_>>()
        });
        Wanted { asked: asked.into_iter().filter(|(_, value)| !value.is_empty()).collect() }
    }

    /// The query of the page's address.
    pub(crate) fn query(self) -> String {
        let columns = self.columns().get();
        let columns = if columns.is_empty() { columns } else { format!("&{COLUMNS}={}", encode(&columns)) };
        self.wanted().query() + &columns
    }

    /// Applies a query, and resets the other parameters.
    pub(crate) fn apply(self, query: &str) {
        self.0.with_value(|parts| parts.iter().for_each(|(name, part)| part.set(browser::parameter(query, name))));
    }

    /// Shows the table as of an instant, which supports no order, no condition, and no filter by the chat.
    pub(crate) fn show_past(self, at: Millis) {
        [SORT, WHERE].into_iter().chain(PROGRESS).for_each(|name| self.part(name).set(String::new()));
        self.part(AT).set(at.0.to_string());
    }

    /// Resets filters and order; the columns stay.
    pub(crate) fn show_all(self) {
        let columns = self.columns().get_untracked();
        self.apply("");
        self.columns().set(columns);
    }
}
