//! Queries that differ in their keys, asked as one statement for each text.

use super::bulk::BulkStatement;
use super::session::Session;
use crate::sql;
use crate::statement::{Query, Value};
use knock_ports::StoreError;
use std::collections::HashMap;
use tokio_postgres::Row;

/// Reads what queries ask for, and makes it known until the transaction ends.
pub(super) fn fetch(session: &Session, queries: Vec<Query>) -> Result<(), StoreError> {
    let unknown = |query: &Query| session.ahead.borrow().answers.get(query).is_none();
    let groups = alike(queries.into_iter().filter(unknown).collect());
    let asked: Vec<BulkStatement> = groups.iter().map(|group| for_keys(group)).collect();
    for (group, rows) in groups.into_iter().zip(session.all(&asked, None)?) {
        know(session, group, rows)?;
    }
    Ok(())
}

/// Queries of one text each, with the same parameters but the first, which is the key.
fn alike(queries: Vec<Query>) -> Vec<Vec<Query>> {
    let mut groups: Vec<Vec<Query>> = Vec::new();
    for query in queries {
        let is_like = |group: &&mut Vec<Query>| {
            group.first().is_some_and(|first| first.sql == query.sql && first.params.get(1..) == query.params.get(1..))
        };
        match groups.iter_mut().find(is_like) {
            // A key that is there twice would have its rows twice.
            Some(group) if group.contains(&query) => {}
            Some(group) => group.push(query),
            None => groups.push(vec![query]),
        }
    }
    groups
}

/// The rows of a group's text for each key, with the key as their last column. The text runs once for each key, so the
/// rows of a key come in the order of the text.
fn for_keys(group: &[Query]) -> BulkStatement {
    let first = group.first();
    let text = first.map(|first| first.sql.replace("?1", "wanted.key")).unwrap_or_default();
    let sql =
        format!("SELECT found.*, wanted.key FROM UNNEST(?1::bytea[]) wanted (key) CROSS JOIN LATERAL ({text}) found");
    let mut asked = BulkStatement::new(sql).ids(group.iter().filter_map(|query| query.scope.key));
    let others: Vec<Value<'static>> = first.into_iter().flat_map(|first| &first.params).skip(1).cloned().collect();
    for value in others {
        asked.params.push(Box::new(value));
    }
    asked
}

fn know(session: &Session, group: Vec<Query>, rows: Vec<Row>) -> Result<(), StoreError> {
    let mut found: HashMap<[u8; 16], Vec<Row>> = HashMap::new();
    for row in rows {
        let key = sql::Row(&row).get(row.len().saturating_sub(1))?;
        found.entry(key).or_default().push(row);
    }
    let mut ahead = session.ahead.borrow_mut();
    for query in group {
        let rows = query.scope.key.and_then(|key| found.remove(&key)).unwrap_or_default();
        ahead.answers.know(query, rows.into());
    }
    Ok(())
}
