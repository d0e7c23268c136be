//! Columns and cells.

use knock_model::Millis;
use knock_ports::StoreError;
use serde::Serialize;
use std::fmt::Display;

/// The kind of all cells of a column that are not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Integer,
    Double,
    Flag,
    /// Milliseconds since 1970, UTC.
    Instant,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
    /// What it says, as a sentence.
    pub about: &'static str,
}

/// What a row has in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    None,
    Text(String),
    Integer(i64),
    Double(f64),
    Flag(bool),
    Instant(Millis),
}

impl Cell {
    /// A text; nothing for an empty one.
    pub(super) fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::None } else { Cell::Text(text.to_owned()) }
    }

    /// An id as it is written everywhere.
    pub(super) fn id(id: impl Display) -> Cell {
        Cell::Text(id.to_string())
    }

    pub(super) fn maybe_id(id: Option<impl Display>) -> Cell {
        id.map_or(Cell::None, Cell::id)
    }

    pub(super) fn maybe_instant(at: Option<Millis>) -> Cell {
        at.map_or(Cell::None, Cell::Instant)
    }

    /// A number; the largest one there is for a larger one.
    pub(super) fn count(number: impl TryInto<i64>) -> Cell {
        Cell::Integer(number.try_into().unwrap_or(i64::MAX))
    }

    /// A document of JSON, as text.
    pub(super) fn json(value: &impl Serialize) -> Result<Cell, StoreError> {
        serde_json::to_string(value).map(Cell::Text).map_err(|error| StoreError::Broken(error.to_string()))
    }
}

pub(super) const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: ColumnKind::Text, about }
}

pub(super) const fn integer(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: ColumnKind::Integer, about }
}

pub(super) const fn double(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: ColumnKind::Double, about }
}

pub(super) const fn flag(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: ColumnKind::Flag, about }
}

pub(super) const fn instant(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: ColumnKind::Instant, about }
}
