//! The interface of a database connection for statements.

use super::{Query, Row, Scope, Value};
use crate::write_behind::WriteBehind;
use knock_ports::{Ledger, PrefetchHint, StoreError, View};
use std::cell::RefCell;
use std::ops::ControlFlow;

/// The few words that differ.
pub(crate) struct Dialect {
    /// Compares with a pattern, whatever the case of ASCII letters.
    pub(crate) like: &'static str,
    /// Said of a text that is to be compared byte by byte.
    pub(crate) by_bytes: &'static str,
    /// The text of a member of the JSON document in a column, by its path.
    pub(crate) json_text: fn(column: &str, path: &[&str]) -> String,
    /// The same for a whole number.
    pub(crate) json_number: fn(column: &str, path: &[&str]) -> String,
}

/// A connection to a database, within a transaction. Statements name their parameters `?1`, `?2`, ...
pub(crate) trait Connection {
    const DIALECT: Dialect;

    /// Passes the rows of a query to `row` until it stops.
    fn each(&self, sql: &str, params: &[Value<'_>], row: &mut OnRow<'_>) -> Result<(), StoreError>;

    /// Runs a statement; how many rows it changed.
    fn changed(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError>;

    /// Hands over the rows of a query that may have been fetched ahead.
    fn answer(&self, query: &Query, row: &mut OnRow<'_>) -> Result<(), StoreError> {
        self.each(&query.sql, &query.params, row)
    }

    /// Fetches the rows of many queries at once, where asking one after the other is slow.
    fn fetch(&self, _queries: &[Query]) -> Result<(), StoreError> {
        Ok(())
    }

    /// Whether this transaction only reads, and asking one after the other is slow.
    fn reads_from_afar(&self) -> bool {
        false
    }

    /// Fetches the rows of queries that differ in their keys, one statement for each text, for such a transaction.
    ///
    /// # Errors
    /// When the database fails.
    fn fetch_by_key(&self, _queries: Vec<Query>) -> Result<(), StoreError> {
        Ok(())
    }

    /// Fetches all rows of a query, each of which is the answer of the query that `one` makes of it, for such a
    /// transaction.
    ///
    /// # Errors
    /// When the database fails.
    fn fetch_each(&self, _all: &Query, _one: fn(&Row<'_>) -> Result<Query, StoreError>) -> Result<(), StoreError> {
        Ok(())
    }

    /// Runs a statement that answers nothing and changes only these rows, now or before anybody could see that it did
    /// not run yet.
    fn write(&self, _scope: Scope, sql: &str, params: &[Value<'_>]) -> Result<(), StoreError> {
        self.changed(sql, params).map(drop)
    }

    /// The write-behind cache of the running write transaction, where reading row by row is slow.
    fn ahead(&self) -> Option<&RefCell<WriteBehind>> {
        None
    }

    /// A signal was appended in memory: it may be sent.
    ///
    /// # Errors
    /// When the database fails.
    fn send_ahead(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Keeps a text for other servers on this database, if there can be any.
    fn tell(&self, _text: &dyn Fn() -> String) {}

    /// Reads what is foreseen and not read yet.
    ///
    /// # Errors
    /// When the database fails.
    fn read_ahead(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A connection seen through the traits of the store.
pub(crate) struct Db<C>(pub(crate) C);

impl<C: Connection> Ledger for Db<C> {
    fn expect(&mut self, coming: &[PrefetchHint<'_>]) {
        if let Some(ahead) = self.0.ahead() {
            let foreseen = &mut ahead.borrow_mut().foreseen;
            coming.iter().for_each(|coming| foreseen.add(coming));
        }
    }

    fn tell(&mut self, text: &dyn Fn() -> String) {
        self.0.tell(text);
    }
}

impl<C: Connection> View for Db<C> {}

/// The handler of a row.
pub(crate) type OnRow<'f> = dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>, StoreError> + 'f;

impl<C: Connection> Db<C> {
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        trace(sql);
        let mut rows = Vec::new();
        self.0.each(sql, params, &mut |row| {
            rows.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// The first row of a query, if any.
    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.first(sql, params, |row| read(row).map(Some))
    }

    /// The value of the first row of a query that has one.
    pub(crate) fn first<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        find: impl Fn(&Row<'_>) -> Result<Option<T>, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        trace(sql);
        let mut found = None;
        self.0.each(sql, params, &mut |row| {
            found = find(row)?;
            Ok(if found.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(found)
    }

    /// All rows of a query that may have been fetched ahead.
    pub(crate) fn answers<T>(
        &self,
        query: &Query,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        trace(&query.sql);
        let mut rows = Vec::new();
        self.0.answer(query, &mut |row| {
            rows.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// The first row of a query that may have been fetched ahead.
    pub(crate) fn answer<T>(
        &self,
        query: &Query,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.answers(query, read)?.into_iter().next())
    }

    /// All rows of a query that may have been fetched ahead where a transaction only reads. One that writes asks the
    /// database: what it keeps back of these tables has to be written first.
    pub(crate) fn read_rows<T>(
        &self,
        query: &Query,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        if self.0.ahead().is_some() { self.rows(&query.sql, &query.params, read) } else { self.answers(query, read) }
    }

    /// The first row of such a query.
    pub(crate) fn read_row<T>(
        &self,
        query: &Query,
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.read_rows(query, read)?.into_iter().next())
    }

    /// The cached value, otherwise the read one, which is cached from then on.
    pub(super) fn known<T: Clone>(
        &self,
        find: impl Fn(&WriteBehind) -> Option<T>,
        read: impl FnOnce(&Self) -> Result<T, StoreError>,
        know: impl FnOnce(&mut WriteBehind, T),
    ) -> Result<T, StoreError> {
        let Some(ahead) = self.0.ahead() else { return read(self) };
        self.0.read_ahead()?;
        if let Some(known) = find(&ahead.borrow()) {
            return Ok(known);
        }
        let found = read(self)?;
        know(&mut ahead.borrow_mut(), found.clone());
        Ok(found)
    }

    /// Runs a statement; how many rows it changed.
    pub(crate) fn changed(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        trace(sql);
        self.0.changed(sql, params)
    }

    /// Runs a statement that answers nothing.
    pub(crate) fn done(&self, sql: &str, params: &[Value<'_>]) -> Result<(), StoreError> {
        self.changed(sql, params).map(drop)
    }

    /// Runs a statement that answers nothing and changes only these rows.
    pub(crate) fn write(&self, scope: Scope, sql: &str, params: &[Value<'_>]) -> Result<(), StoreError> {
        trace(sql);
        self.0.write(scope, sql, params)
    }
}

/// Each statement is there to be seen when somebody asks why something is slow.
fn trace(sql: &str) {
    tracing::trace!(target: "knock_store::statement", sql);
}
