//! A cache of query results, invalidated by writes to their scope.

use crate::statement::{Query, Scope};
use std::collections::HashMap;
use std::sync::Arc;
use tokio_postgres::Row;

type Answered = (Query, Arc<[Row]>);

/// The rows of queries, by what they are about.
#[derive(Default)]
pub(crate) struct Answers(HashMap<Scope, Vec<Answered>>);

impl Answers {
    /// The rows of a query, when they are known.
    pub(crate) fn get(&self, query: &Query) -> Option<Arc<[Row]>> {
        let known = self.0.get(&query.scope)?.iter().find(|(known, _)| known == query)?;
        Some(Arc::clone(&known.1))
    }

    pub(crate) fn know(&mut self, query: Query, rows: Arc<[Row]>) {
        self.0.entry(query.scope).or_default().push((query, rows));
    }

    /// Rows of a scope were written.
    pub(crate) fn forget(&mut self, written: &Scope) {
        if written.key.is_some() {
            self.0.remove(written);
            self.0.remove(&Scope::table(written.table));
        } else {
            self.0.retain(|scope, _| scope.table != written.table);
        }
    }

    /// A statement that names tables may have written to them.
    pub(crate) fn forget_named(&mut self, sql: &str) {
        self.0.retain(|scope, _| !sql.contains(scope.table));
    }

    /// Keeps what was asked of whole tables: rules, members and the like.
    pub(crate) fn keep_tables(&mut self) {
        self.0.retain(|scope, _| scope.key.is_none());
    }

    pub(crate) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}
