//! Columns to values and back. What cannot be read again is a broken store, never a default.

use super::Value;
use knock_intent::{Evidence, History};
use knock_model::{Bucket, Category, Millis, SignalType};
use knock_ports::{DetailText, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// A row as a database gives it.
pub(crate) trait Columns {
    fn count(&self) -> usize;

    /// A column, counted from 0.
    fn value(&self, at: usize) -> Result<Value<'_>, StoreError>;
}

/// A row of either database.
pub(crate) struct Row<'r>(pub(crate) &'r dyn Columns);

/// A type that a column can be read as.
pub(crate) trait Column: Sized {
    /// None when the value is of another kind.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl Row<'_> {
    /// A column, counted from 0.
    pub(crate) fn get<T: Column>(&self, at: usize) -> Result<T, StoreError> {
        T::from_value(self.value(at)?).ok_or_else(|| unreadable(at))
    }

    /// The whole row, for comparing it with another.
    pub(crate) fn shown(&self) -> Result<String, StoreError> {
        let columns = (0..self.0.count()).map(|at| Ok(format!("{:?}", self.value(at)?)));
        Ok(columns.collect::<Result<Vec<_>, StoreError>>()?.join("|"))
    }

    pub(crate) fn value(&self, at: usize) -> Result<Value<'_>, StoreError> {
        self.0.value(at)
    }
}

/// A column that holds what was never put there.
pub(crate) fn unreadable(at: usize) -> StoreError {
    StoreError::Broken(format!("column {at} of a row cannot be read"))
}

impl Column for i64 {
    fn from_value(value: Value<'_>) -> Option<i64> {
        if let Value::Int(number) = value { Some(number) } else { None }
    }
}

impl Column for u32 {
    fn from_value(value: Value<'_>) -> Option<u32> {
        i64::from_value(value).and_then(|number| number.try_into().ok())
    }
}

impl Column for bool {
    fn from_value(value: Value<'_>) -> Option<bool> {
        i64::from_value(value).map(|number| number != 0)
    }
}

impl Column for f64 {
    fn from_value(value: Value<'_>) -> Option<f64> {
        if let Value::Real(number) = value { Some(number) } else { None }
    }
}

impl Column for String {
    fn from_value(value: Value<'_>) -> Option<String> {
        if let Value::Text(text) = value { Some(text.into_owned()) } else { None }
    }
}

impl Column for [u8; 16] {
    fn from_value(value: Value<'_>) -> Option<[u8; 16]> {
        if let Value::Bytes(bytes) = value { bytes.as_ref().try_into().ok() } else { None }
    }
}

impl Column for [u8; 32] {
    fn from_value(value: Value<'_>) -> Option<[u8; 32]> {
        if let Value::Bytes(bytes) = value { bytes.as_ref().try_into().ok() } else { None }
    }
}

impl Column for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Vec<u8>> {
        if let Value::Bytes(bytes) = value { Some(bytes.into_owned()) } else { None }
    }
}

impl<T: Column> Column for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Option<T>> {
        if value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// A column as a value that it must be able to become.
pub(super) fn column<T: Column, U>(row: &Row<'_>, at: usize, read: impl Fn(T) -> Option<U>) -> Result<U, StoreError> {
    read(row.get(at)?).ok_or_else(|| unreadable(at))
}

pub(super) fn millis(row: &Row<'_>, at: usize) -> Result<Millis, StoreError> {
    row.get(at).map(Millis)
}

pub(super) fn maybe_millis(row: &Row<'_>, at: usize) -> Result<Option<Millis>, StoreError> {
    Ok(row.get::<Option<i64>>(at)?.map(Millis))
}

pub(super) fn evidence(row: &Row<'_>, at: usize) -> Result<Evidence, StoreError> {
    text(row, at, |text| Evidence::from_text(text).ok())
}

pub(super) fn maybe_bucket(row: &Row<'_>, at: usize) -> Result<Option<Bucket>, StoreError> {
    column(row, at, |number: Option<i64>| match number {
        None => Some(None),
        Some(number) => at_index(Bucket::ALL, number).map(Some),
    })
}

pub(super) fn bucket(row: &Row<'_>, at: usize) -> Result<Bucket, StoreError> {
    column(row, at, |number: i64| at_index(Bucket::ALL, number))
}

pub(crate) fn category(row: &Row<'_>, at: usize) -> Result<Category, StoreError> {
    column(row, at, |number: i64| at_index(Category::ALL, number))
}

pub(super) fn kind(row: &Row<'_>, at: usize) -> Result<SignalType, StoreError> {
    column(row, at, |number: i64| at_index(SignalType::ALL, number))
}

pub(super) fn detail(row: &Row<'_>, at: usize) -> Result<DetailText, StoreError> {
    text(row, at, DetailText::parse)
}

/// Evidence, bucket, folded_until and next_change_at, in four columns from `at`.
pub(super) fn history(row: &Row<'_>, at: usize) -> Result<History, StoreError> {
    Ok(History {
        evidence: evidence(row, at)?,
        bucket: maybe_bucket(row, at + 1)?,
        until: millis(row, at + 2)?,
        next_change_at: maybe_millis(row, at + 3)?,
    })
}

/// The number stored for one of a closed set: its place in the set, which only ever grows at the end.
pub(crate) fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// The element at a stored position.
pub(super) fn at_index<T: Copy>(all: &[T], number: i64) -> Option<T> {
    usize::try_from(number).ok().and_then(|at| all.get(at).copied())
}

/// A value as JSON text. NUL goes, as in every text.
pub(super) fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    Ok(without_nul(serde_json::to_string(value).map_err(broken)?.into())?.into_owned())
}

/// A JSON text without NUL in its own texts.
pub(super) fn without_nul(text: Cow<'_, str>) -> Result<Cow<'_, str>, StoreError> {
    if !text.contains("\\u0000") {
        return Ok(text);
    }
    let mut document = serde_json::from_str(&text).map_err(broken)?;
    drop_nul(&mut document);
    serde_json::to_string(&document).map(Cow::Owned).map_err(broken)
}

fn drop_nul(document: &mut serde_json::Value) {
    match document {
        serde_json::Value::String(text) => text.retain(|c| c != '\0'),
        serde_json::Value::Array(members) => members.iter_mut().for_each(drop_nul),
        serde_json::Value::Object(members) => members.values_mut().for_each(drop_nul),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// A column of JSON text.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T, StoreError> {
    text(row, at, |text| serde_json::from_str(text).ok())
}

/// A column of text, read where it lies.
fn text<T>(row: &Row<'_>, at: usize, read: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
    let Value::Text(text) = row.value(at)? else { return Err(unreadable(at)) };
    read(&text).ok_or_else(|| unreadable(at))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn broken(error: serde_json::Error) -> StoreError {
    StoreError::Broken(error.to_string())
}
