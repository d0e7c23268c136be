//! One connection and the statements on it.

use super::failure::{broken, ends_connection};
use crate::sql::{Connection, Dialect, OnRow, Row, Value};
use futures_executor::block_on;
use futures_util::FutureExt;
use futures_util::future::try_join;
use knock_ports::StoreError;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Statement};

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Changing something: after everybody else who does, in this schema.
    Write,
    /// Reading: all statements see the same.
    Read,
}

impl Purpose {
    const fn beginning(self) -> &'static str {
        match self {
            // Each statement sees what was committed before the lock was had.
            Purpose::Write => {
                "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(1802401643, hashtext(current_schema()))"
            }
            Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}

/// One connection.
pub(super) struct Session {
    client: Client,
    statements: RefCell<HashMap<Box<str>, Statement>>,
    /// What the next statement has to begin with.
    beginning: Cell<Option<&'static str>>,
    is_lost: Cell<bool>,
}

impl Session {
    pub(super) fn new(client: Client) -> Session {
        Session { client, statements: RefCell::default(), beginning: Cell::new(None), is_lost: Cell::new(false) }
    }

    /// Whether it is of no more use.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost.get() || self.client.is_closed()
    }

    /// Runs `work` in one transaction; the beginning travels with its first statement.
    pub(super) fn transaction(
        &self,
        purpose: Purpose,
        work: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.beginning.set(Some(purpose.beginning()));
        let done = work();
        let is_begun = self.beginning.take().is_none();
        match (done, purpose) {
            (done, _) if !is_begun => done,
            (Ok(()), Purpose::Write) => self.batch("COMMIT"),
            (Ok(()), Purpose::Read) => {
                // Sent, and nobody waits for the answer: there is nothing to keep.
                drop(self.client.batch_execute("COMMIT").now_or_never());
                Ok(())
            }
            (Err(error), _) => {
                if !self.is_lost() {
                    // A connection that does not even roll back is not used again.
                    drop(self.batch("ROLLBACK"));
                }
                Err(error)
            }
        }
    }

    /// Statements without parameters.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        block_on(self.client.batch_execute(sql)).map_err(|error| self.failed(&error))
    }

    fn run<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        ask: impl AsyncFnOnce(&Client, &Statement, &[&(dyn ToSql + Sync)]) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        let answered = block_on(async {
            let statement = self.prepared(sql).await?;
            let asked = ask(&self.client, &statement, &params);
            match self.beginning.take() {
                None => asked.await,
                Some(beginning) => try_join(self.client.batch_execute(beginning), asked).await.map(|((), rows)| rows),
            }
        });
        answered.map_err(|error| self.failed(&error))
    }

    async fn prepared(&self, sql: &str) -> Result<Statement, Error> {
        if let Some(known) = self.statements.borrow().get(sql) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare(&sql.replace('?', "$")).await?;
        self.statements.borrow_mut().insert(sql.into(), statement.clone());
        Ok(statement)
    }

    fn failed(&self, error: &Error) -> StoreError {
        if ends_connection(error) {
            self.is_lost.set(true);
        }
        broken(error)
    }
}

impl Connection for &Session {
    const DIALECT: Dialect = Dialect { like: "ILIKE", json_text, json_number };

    fn each(&self, sql: &str, params: &[Value<'_>], on_row: &mut OnRow<'_>) -> Result<(), StoreError> {
        let rows = self.run(sql, params, async |client, statement, params| client.query(statement, params).await)?;
        for row in &rows {
            if on_row(&Row::Postgres(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn changed(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        self.run(sql, params, async |client, statement, params| client.execute(statement, params).await)
    }
}

fn json_text(column: &str, path: &[&str]) -> String {
    format!("({column}::json #>> '{{{}}}')", path.join(","))
}

fn json_number(column: &str, path: &[&str]) -> String {
    format!("CAST({} AS BIGINT)", json_text(column, path))
}
