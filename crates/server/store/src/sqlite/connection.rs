//! Statements on SQLite.

use super::broken;
use crate::sql::{Columns, Connection, Dialect, OnRow, Row, unreadable};
use crate::statement::Value;
use knock_ports::StoreError;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ToSql, params_from_iter};

/// A connection within a transaction.
pub(super) struct Statements<'c>(pub(super) &'c rusqlite::Connection);

impl Connection for Statements<'_> {
    const DIALECT: Dialect = Dialect { like: "LIKE", by_bytes: "", json_text: json, json_number: json };

    fn each(&self, sql: &str, params: &[Value<'_>], on_row: &mut OnRow<'_>) -> Result<(), StoreError> {
        let mut select = self.0.prepare_cached(sql).map_err(broken)?;
        let mut rows = select.query(params_from_iter(params)).map_err(broken)?;
        while let Some(row) = rows.next().map_err(broken)? {
            if on_row(&Row(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn changed(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        let mut run = self.0.prepare_cached(sql).map_err(broken)?;
        let rows = run.execute(params_from_iter(params)).map_err(broken)?;
        Ok(u64::try_from(rows).unwrap_or(u64::MAX))
    }
}

/// The operator keeps the type of the member: text or number.
fn json(column: &str, path: &[&str]) -> String {
    format!("{column} ->> '$.{}'", path.join("."))
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Columns for rusqlite::Row<'_> {
    fn count(&self) -> usize {
        self.as_ref().column_count()
    }

    fn value(&self, at: usize) -> Result<Value<'_>, StoreError> {
        Ok(match self.get_ref(at).map_err(broken)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Int(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => std::str::from_utf8(text).map_err(|_| unreadable(at))?.into(),
            ValueRef::Blob(bytes) => Value::Bytes(bytes.into()),
        })
    }
}

#[cfg(feature = "scratch")]
pub(crate) fn rows<T>(
    connection: &rusqlite::Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Vec<T> {
    crate::sql::Db(Statements(connection)).rows(sql, &[], read).expect("rows")
}
