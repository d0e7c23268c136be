//! Single statements on a connection, within a transaction.

use super::bulk::BulkStatement;
use super::session::Session;
use super::{by_key, read_ahead};
use crate::sql::{Connection, Dialect, OnRow, Row};
use crate::statement::{Query, Scope, Value};
use crate::write_behind::{PendingStatement, WriteBehind};
use knock_ports::StoreError;
use std::cell::RefCell;

/// The number of signals that are sent while others are processed.
const SHARE: usize = 64;

impl Connection for &Session {
    const DIALECT: Dialect = Dialect { like: "ILIKE", by_bytes: " COLLATE \"C\"", json_text, json_number };

    fn each(&self, sql: &str, params: &[Value<'_>], on_row: &mut OnRow<'_>) -> Result<(), StoreError> {
        self.write_back(sql)?;
        let rows = self.run(sql, params, async |client, statement, params| client.query(statement, params).await)?;
        for row in &rows {
            if on_row(&Row(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn changed(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        self.write_back(sql)?;
        self.forget(sql);
        self.run(sql, params, async |client, statement, params| client.execute(statement, params).await)
    }

    fn answer(&self, query: &Query, on_row: &mut OnRow<'_>) -> Result<(), StoreError> {
        self.fetch(std::slice::from_ref(query))?;
        let known = self.ahead.borrow().answers.get(query);
        let Some(rows) = known else { return self.each(&query.sql, &query.params, on_row) };
        for row in rows.iter() {
            if on_row(&Row(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn fetch(&self, queries: &[Query]) -> Result<(), StoreError> {
        if !self.is_writing.get() {
            return Ok(());
        }
        self.read_ahead()?;
        let is_known = |query: &&Query| self.ahead.borrow().answers.get(query).is_some();
        let unknown: Vec<&Query> = queries.iter().filter(|query| !is_known(query)).collect();
        if unknown.iter().any(|query| self.ahead.borrow().kept.concerns_query(query)) {
            self.write_all_back()?;
        }
        let asked: Vec<BulkStatement> = unknown.iter().map(|query| BulkStatement::query(query)).collect();
        for (query, rows) in unknown.into_iter().zip(self.all(&asked, None)?) {
            self.ahead.borrow_mut().answers.know(query.clone(), rows.into());
        }
        Ok(())
    }

    fn reads_from_afar(&self) -> bool {
        !self.is_writing.get()
    }

    fn fetch_by_key(&self, queries: Vec<Query>) -> Result<(), StoreError> {
        if self.is_writing.get() { Ok(()) } else { by_key::fetch(self, queries) }
    }

    fn fetch_each(&self, all: &Query, one: fn(&Row<'_>) -> Result<Query, StoreError>) -> Result<(), StoreError> {
        if self.is_writing.get() {
            return Ok(());
        }
        let rows = self.all(&[BulkStatement::query(all)], None)?.into_iter().flatten();
        for row in rows {
            let query = one(&Row(&row))?;
            let mut ahead = self.ahead.borrow_mut();
            if ahead.answers.get(&query).is_none() {
                ahead.answers.know(query, vec![row].into());
            }
        }
        Ok(())
    }

    fn write(&self, scope: Scope, sql: &str, params: &[Value<'_>]) -> Result<(), StoreError> {
        if !self.is_writing.get() {
            return self.changed(sql, params).map(drop);
        }
        self.read_ahead()?;
        let params = params.iter().cloned().map(Value::into_owned).collect();
        let mut ahead = self.ahead.borrow_mut();
        ahead.answers.forget(&scope);
        ahead.kept.statements.push(PendingStatement { scope, sql: sql.to_owned(), params });
        Ok(())
    }

    fn ahead(&self) -> Option<&RefCell<WriteBehind>> {
        self.is_writing.get().then_some(&self.ahead)
    }

    fn tell(&self, text: &dyn Fn() -> String) {
        if self.is_writing.get() {
            self.ahead.borrow_mut().kept.notice = Some(text());
        }
    }

    fn send_ahead(&self) -> Result<(), StoreError> {
        if self.is_writing.get() && self.ahead.borrow().kept.signals.len() >= SHARE {
            let signals = std::mem::take(&mut self.ahead.borrow_mut().kept.signals);
            self.send(signals)?;
        }
        Ok(())
    }

    fn read_ahead(&self) -> Result<(), StoreError> {
        let foreseen = std::mem::take(&mut self.ahead.borrow_mut().foreseen);
        if !foreseen.is_empty() {
            self.write_all_back()?;
            *self.ahead.borrow_mut() = read_ahead::read_ahead(self, foreseen)?;
        }
        Ok(())
    }
}

fn json_text(column: &str, path: &[&str]) -> String {
    format!("({column}::json #>> '{{{}}}')", path.join(","))
}

fn json_number(column: &str, path: &[&str]) -> String {
    format!("CAST({} AS BIGINT)", json_text(column, path))
}
