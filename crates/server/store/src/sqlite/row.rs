//! Columns to values and back. What cannot be read again is a broken store, never a default.

use knock_intent::{Evidence, History};
use knock_model::{Bucket, Category, Millis, SignalType};
use knock_ports::{Detail, StoreError};
use rusqlite::Row;
use rusqlite::types::{FromSql, Type};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A column as a value that it must be able to become.
pub(super) fn column<T: FromSql, U>(row: &Row<'_>, at: usize, read: impl Fn(T) -> Option<U>) -> rusqlite::Result<U> {
    read(row.get(at)?).ok_or_else(|| rusqlite::Error::InvalidColumnType(at, format!("column {at}"), Type::Null))
}

pub(super) fn millis(row: &Row<'_>, at: usize) -> rusqlite::Result<Millis> {
    row.get(at).map(Millis)
}

pub(super) fn maybe_millis(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Millis>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Millis))
}

pub(super) fn evidence(row: &Row<'_>, at: usize) -> rusqlite::Result<Evidence> {
    column(row, at, |text: String| Evidence::from_text(&text).ok())
}

pub(super) fn maybe_bucket(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Bucket>> {
    column(row, at, |number: Option<i64>| match number {
        None => Some(None),
        Some(number) => at_index(Bucket::ALL, number).map(Some),
    })
}

pub(super) fn bucket(row: &Row<'_>, at: usize) -> rusqlite::Result<Bucket> {
    column(row, at, |number: i64| at_index(Bucket::ALL, number))
}

pub(super) fn category(row: &Row<'_>, at: usize) -> rusqlite::Result<Category> {
    column(row, at, |number: i64| at_index(Category::ALL, number))
}

pub(super) fn kind(row: &Row<'_>, at: usize) -> rusqlite::Result<SignalType> {
    column(row, at, |number: i64| at_index(SignalType::ALL, number))
}

pub(super) fn detail(row: &Row<'_>, at: usize) -> rusqlite::Result<Detail> {
    column(row, at, |text: String| serde_json::from_str(&text).ok())
}

/// Evidence, bucket, folded_until and next_change_at, in four columns from `at`.
pub(super) fn history(row: &Row<'_>, at: usize) -> rusqlite::Result<History> {
    Ok(History {
        evidence: evidence(row, at)?,
        bucket: maybe_bucket(row, at + 1)?,
        until: millis(row, at + 2)?,
        next_change_at: maybe_millis(row, at + 3)?,
    })
}

/// The number stored for one of a closed set: its place in the set, which only ever grows at the end.
pub(super) fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

fn at_index<T: Copy>(all: &[T], number: i64) -> Option<T> {
    usize::try_from(number).ok().and_then(|at| all.get(at).copied())
}

/// A value as JSON text.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Broken(error.to_string()))
}

/// A column of JSON text.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error)))
}
