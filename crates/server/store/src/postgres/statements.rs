//! Single statements on a connection, within a transaction.

use super::read_ahead;
use super::session::Session;
use crate::ahead::Ahead;
use crate::sql::{Connection, Dialect, OnRow, Row, Value};
use knock_ports::StoreError;
use std::cell::RefCell;

/// So many signals are sent while others are worked on.
const SHARE: usize = 64;

impl Connection for &Session {
    const DIALECT: Dialect = Dialect { like: "ILIKE", json_text, json_number };

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

    fn ahead(&self) -> Option<&RefCell<Ahead>> {
        self.is_writing.get().then_some(&self.ahead)
    }

    fn tell(&self, text: &dyn Fn() -> String) {
        if self.is_writing.get() {
            self.ahead.borrow_mut().kept.told = Some(text());
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
        if !foreseen.browsers.is_empty() {
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
