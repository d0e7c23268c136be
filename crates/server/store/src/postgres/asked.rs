//! Statements for many rows at once: each parameter is a column of values.

use crate::ahead::Browser;
use knock_model::{SiteId, VisitorId};
use std::borrow::Cow;
use tokio_postgres::types::ToSql;

/// A statement with its parameters.
pub(super) struct Asked {
    pub(super) sql: Cow<'static, str>,
    pub(super) params: Vec<Box<dyn ToSql + Sync>>,
    /// Values of the first parameter.
    rows: usize,
}

impl Asked {
    pub(super) fn new(sql: impl Into<Cow<'static, str>>) -> Asked {
        Asked { sql: sql.into(), params: Vec::new(), rows: 0 }
    }

    /// As they are sent.
    pub(super) fn params(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.params.iter().map(|column| &**column).collect()
    }

    /// A column of numbers, texts or bytes, some of them perhaps missing.
    pub(super) fn with<T: ToSql + Sync + 'static>(mut self, values: impl Iterator<Item = T>) -> Asked {
        let values = values.collect::<Vec<T>>();
        if self.params.is_empty() {
            self.rows = values.len();
        }
        self.params.push(Box::new(values));
        self
    }

    /// Whether it is about no rows: there is nothing to ask.
    pub(super) fn is_void(&self) -> bool {
        self.rows == 0 && !self.params.is_empty()
    }

    /// A column of ids.
    pub(super) fn ids(self, ids: impl Iterator<Item = [u8; 16]>) -> Asked {
        self.with(ids.map(Vec::from))
    }

    /// A column of ids, some of them missing.
    pub(super) fn maybe_ids(self, ids: impl Iterator<Item = Option<[u8; 16]>>) -> Asked {
        self.with(ids.map(|id| id.map(Vec::from)))
    }

    /// The two columns of browsers.
    pub(super) fn browsers(self, browsers: impl Iterator<Item = Browser> + Clone) -> Asked {
        let site = |(SiteId(site), _): Browser| site;
        let visitor = |(_, visitor): Browser| *VisitorId::as_bytes(&visitor);
        self.with(browsers.clone().map(site)).ids(browsers.map(visitor))
    }
}
