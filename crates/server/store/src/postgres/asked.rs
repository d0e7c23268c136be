//! Statements for many rows at once: each parameter is a column of values.

use crate::ahead::Browser;
use knock_model::{SiteId, VisitorId};
use std::borrow::Cow;
use tokio_postgres::types::ToSql;

/// A statement with its parameters.
pub(super) struct Asked {
    pub(super) sql: Cow<'static, str>,
    pub(super) params: Vec<Box<dyn ToSql + Sync>>,
}

impl Asked {
    pub(super) fn new(sql: impl Into<Cow<'static, str>>) -> Asked {
        Asked { sql: sql.into(), params: Vec::new() }
    }

    /// A column of numbers, texts or bytes, some of them perhaps missing.
    pub(super) fn with<T: ToSql + Sync + 'static>(mut self, values: impl Iterator<Item = T>) -> Asked {
        self.params.push(Box::new(values.collect::<Vec<T>>()));
        self
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
