//! Statements for many rows at once: each parameter is a column of values.

use crate::statement::{Query, Value};
use crate::write_behind::Browser;
use knock_model::{SiteId, VisitorId};
use std::borrow::Cow;
use tokio_postgres::types::ToSql;

/// A statement with its parameters.
pub(super) struct BulkStatement {
    pub(super) sql: Cow<'static, str>,
    pub(super) params: Vec<Box<dyn ToSql + Sync>>,
    /// Values of the first parameter.
    rows: usize,
}

impl BulkStatement {
    pub(super) fn new(sql: impl Into<Cow<'static, str>>) -> BulkStatement {
        BulkStatement { sql: sql.into(), params: Vec::new(), rows: 0 }
    }

    /// A statement about one row.
    pub(super) fn one(sql: impl Into<Cow<'static, str>>, params: Vec<Value<'static>>) -> BulkStatement {
        let boxed = |value| Box::new(value) as Box<dyn ToSql + Sync>;
        BulkStatement { sql: sql.into(), params: params.into_iter().map(boxed).collect(), rows: 1 }
    }

    /// A query for what it is about.
    pub(super) fn query(query: &Query) -> BulkStatement {
        BulkStatement::one(query.sql.clone(), query.params.clone())
    }

    /// The parameters as they are sent.
    pub(super) fn params(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.params.iter().map(|column| &**column).collect()
    }

    /// A column of numbers, texts or bytes, some of them perhaps missing.
    pub(super) fn with<T: ToSql + Sync + 'static>(mut self, values: impl Iterator<Item = T>) -> BulkStatement {
        let values = values.collect::<Vec<T>>();
        if self.params.is_empty() {
            self.rows = values.len();
        }
        self.params.push(Box::new(values));
        self
    }

    /// Sets the number of rows, if the first column does not show it.
    pub(super) fn about(self, rows: usize) -> BulkStatement {
        BulkStatement { rows, ..self }
    }

    /// Whether it is about no rows: there is nothing to ask.
    pub(super) fn is_void(&self) -> bool {
        self.rows == 0 && !self.params.is_empty()
    }

    /// A column of ids.
    pub(super) fn ids(self, ids: impl Iterator<Item = [u8; 16]>) -> BulkStatement {
        self.with(ids.map(Vec::from))
    }

    /// A column of ids, some of them missing.
    pub(super) fn maybe_ids(self, ids: impl Iterator<Item = Option<[u8; 16]>>) -> BulkStatement {
        self.with(ids.map(|id| id.map(Vec::from)))
    }

    /// The two columns of browsers.
    pub(super) fn browsers(self, browsers: impl Iterator<Item = Browser> + Clone) -> BulkStatement {
        let site = |(SiteId(site), _): Browser| site;
        let visitor = |(_, visitor): Browser| *VisitorId::as_bytes(&visitor);
        self.with(browsers.clone().map(site)).ids(browsers.map(visitor))
    }
}
