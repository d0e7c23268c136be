//! Rows for a warehouse: what is asked of a table, and its pages.

mod day;
mod files;
mod folder;

pub(crate) use day::{Day, span};
pub(crate) use folder::{FolderAsk, FolderTable, Plan, write_folder};

use knock_engine::{WarehouseError, WarehousePage, WarehouseTable, warehouse_page};
use knock_model::Millis;
use knock_ports::{StoreError, View};

/// The number of rows read at once, where a caller does not name one: so much of a table is in memory.
pub(crate) const PIECE: u32 = 2_000;

/// What is asked of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) table: WarehouseTable,
    /// The first instant.
    pub(crate) from: Millis,
    /// The instant after the last one.
    pub(crate) to: Millis,
    /// The number of rows of a page.
    pub(crate) limit: u32,
    pub(crate) now: Millis,
}

/// The page after a cursor; none if that is no cursor of this table.
pub(crate) fn page(view: &dyn View, asked: Asked, after: Option<&str>) -> Result<Option<WarehousePage>, StoreError> {
    let Asked { table, from, to, limit, now } = asked;
    match warehouse_page(view, table, from, to, after, limit, now) {
        Ok(page) => Ok(Some(page)),
        Err(WarehouseError::Cursor) => Ok(None),
        Err(WarehouseError::Store(error)) => Err(error),
    }
}

/// The page after another one of the same rows.
pub(crate) fn following(view: &dyn View, asked: Asked, after: &str) -> Result<WarehousePage, StoreError> {
    let broken = || StoreError::Broken("a page does not continue the one before".to_owned());
    page(view, asked, Some(after))?.ok_or_else(broken)
}

/// The names of the tables, as the end of a sentence.
pub(crate) fn known_tables() -> String {
    let names: Vec<&str> = WarehouseTable::ALL.iter().map(|table| table.as_str()).collect();
    names.join(", ")
}
