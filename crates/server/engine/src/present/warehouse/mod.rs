//! Rows for a warehouse: what is stored, table by table, as columns that a query can read.

mod cells;
mod chats;
mod cursor;
mod decisions;
mod meetings;
mod messages;
mod signals;
mod statuses;
mod table;

pub use cells::{Cell, Column, ColumnKind};
pub use table::WarehouseTable;

use super::Presenter;
use cursor::Place;
use knock_model::Millis;
use knock_ports::{StoreError, Stretch, View};

/// Some rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct WarehousePage {
    /// The cells of each row, in the order of the table's columns.
    pub rows: Vec<Vec<Cell>>,
    /// The cursor of the rows after these; none at the end. ASCII.
    pub next: Option<String>,
}

/// A page that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum WarehouseError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The text is no cursor of the table.
    #[error("this is no cursor of the table")]
    Cursor,
}

/// What the pages of all tables are read from.
struct Reader<'v> {
    view: &'v dyn View,
    presenter: Presenter<'v>,
    stretch: Stretch,
    now: Millis,
}

/// A row with its place.
type Placed = (Place, Vec<Cell>);

/// Returns the rows of a table whose instants lie from `from` up to but not including `to`, at most `limit` after the row
/// of a cursor, by the instant and the id. The instant of a signal is its arrival, of a meeting its booking, of a chat the
/// opening of the lead's first conversation, of a status its beginning.
///
/// # Errors
/// When the database fails, or `after` is no cursor of the table.
pub fn warehouse_page(
    view: &dyn View,
    table: WarehouseTable,
    from: Millis,
    to: Millis,
    after: Option<&str>,
    limit: u32,
    now: Millis,
) -> Result<WarehousePage, WarehouseError> {
    let after = after.map(|text| Place::parse(mark(table), text).ok_or(WarehouseError::Cursor)).transpose()?;
    // One row more says whether there is a next page.
    let stretch = Stretch { from, to, limit: limit.saturating_add(1) };
    let reader = Reader { view, presenter: Presenter::new(view, now)?, stretch, now };
    let mut placed = match table {
        WarehouseTable::Signals => signals::rows(&reader, after.as_ref()),
        WarehouseTable::Messages => messages::rows(&reader, after.as_ref()),
        WarehouseTable::Chats => chats::rows(&reader, after.as_ref()),
        WarehouseTable::Meetings => meetings::rows(&reader, after.as_ref()),
        WarehouseTable::Decisions => decisions::rows(&reader, after.as_ref()),
        WarehouseTable::Statuses => statuses::rows(&reader, after.as_ref()),
    }?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = placed.len() > limit;
    placed.truncate(limit);
    let next = placed.last().filter(|_| has_more).map(|(place, _)| place.to_text(mark(table)));
    Ok(WarehousePage { rows: placed.into_iter().map(|(_, cells)| cells).collect(), next })
}

/// Returns an instant before which no table has a row, as close as it is known; none without any row.
///
/// # Errors
/// When the database fails.
pub fn warehouse_begin(view: &dyn View) -> Result<Option<Millis>, StoreError> {
    view.warehouse_begin()
}

/// The first byte of a table's cursors.
const fn mark(table: WarehouseTable) -> u8 {
    match table {
        WarehouseTable::Signals => 1,
        WarehouseTable::Messages => 2,
        WarehouseTable::Chats => 3,
        WarehouseTable::Meetings => 4,
        WarehouseTable::Decisions => 5,
        WarehouseTable::Statuses => 6,
    }
}
