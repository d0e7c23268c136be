//! Statements about the rows of one thing: what they answer can be fetched ahead and kept, what they change can wait
//! until the end of the transaction.

use super::Value;
use std::borrow::Cow;

/// Rows of one table: those of one thing, or all of a small table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) table: &'static str,
    /// Whose rows; all of them when there is none.
    pub(crate) key: Option<[u8; 16]>,
}

impl Scope {
    /// All rows of a table.
    pub(crate) const fn table(table: &'static str) -> Scope {
        Scope { table, key: None }
    }

    /// The rows of one thing.
    pub(crate) const fn of(table: &'static str, key: &[u8; 16]) -> Scope {
        Scope { table, key: Some(*key) }
    }

    /// Whether a row can be in both.
    pub(crate) fn meets(&self, other: &Scope) -> bool {
        self.table == other.table && (self.key.is_none() || other.key.is_none() || self.key == other.key)
    }
}

/// A query for nothing but rows of its scope.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Query {
    pub(crate) scope: Scope,
    pub(crate) sql: Cow<'static, str>,
    pub(crate) params: Vec<Value<'static>>,
}

impl Query {
    pub(crate) fn new(scope: Scope, sql: impl Into<Cow<'static, str>>, params: &[Value<'_>]) -> Query {
        Query { scope, sql: sql.into(), params: params.iter().cloned().map(Value::into_owned).collect() }
    }

    /// All rows of a small table that a text without parameters asks for.
    pub(crate) fn table(table: &'static str, sql: impl Into<Cow<'static, str>>) -> Query {
        Query::new(Scope::table(table), sql, &[])
    }

    /// The rows of one thing by a text whose only parameter is its key.
    pub(crate) fn of(table: &'static str, key: &[u8; 16], sql: impl Into<Cow<'static, str>>) -> Query {
        Query::new(Scope::of(table, key), sql, &[Value::from(key)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_of_one_subject_overlaps_the_whole_table_and_no_other_subject() {
        let (ann, bob) = (Scope::of("chats", &[1; 16]), Scope::of("chats", &[2; 16]));
        assert!(ann.meets(&ann) && ann.meets(&Scope::table("chats")) && Scope::table("chats").meets(&bob));
        assert!(!ann.meets(&bob) && !ann.meets(&Scope::of("messages", &[1; 16])));
    }
}
