//! One connection and the statements on it.

use super::asked::Asked;
use super::failure::{broken, ends_connection};
use super::silence::Silence;
use super::{read_ahead, write_back};
use crate::ahead::{Ahead, Kept};
use crate::sql::{Connection, Dialect, OnRow, Row, Value};
use futures_util::FutureExt;
use futures_util::future::{try_join, try_join_all, try_join3};
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
            // Each statement sees what was committed before the lock was had. All rows are looked up by their keys:
            // a plan made while a table was small would go on reading all of it until somebody analyses it.
            Purpose::Write => {
                "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL plan_cache_mode = force_generic_plan; \
                 SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; \
                 SELECT pg_advisory_xact_lock(1802401643, hashtext(current_schema()))"
            }
            Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}

/// One connection.
pub(super) struct Session {
    client: Client,
    /// Sets what this server tells others apart.
    teller: i64,
    silence: Silence,
    statements: RefCell<HashMap<Box<str>, Statement>>,
    /// What the next statement has to begin with.
    beginning: Cell<Option<&'static str>>,
    is_lost: Cell<bool>,
    is_writing: Cell<bool>,
    /// Of the write transaction that runs.
    ahead: RefCell<Ahead>,
}

impl Session {
    pub(super) fn new(client: Client, teller: i64, silence: Silence) -> Session {
        Session {
            client,
            teller,
            silence,
            statements: RefCell::default(),
            beginning: Cell::new(None),
            is_lost: Cell::new(false),
            is_writing: Cell::new(false),
            ahead: RefCell::default(),
        }
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
        self.is_writing.set(purpose == Purpose::Write);
        self.ahead.take();
        let done = work();
        self.is_writing.set(false);
        let kept = self.ahead.take().kept;
        match (done, purpose) {
            (Ok(()), Purpose::Write) => self.commit(&kept),
            (Ok(()), Purpose::Read) => {
                if self.beginning.take().is_none() {
                    // Sent, and nobody waits for the answer: there is nothing to keep.
                    drop(self.client.batch_execute("COMMIT").now_or_never());
                }
                Ok(())
            }
            (Err(error), _) => {
                if self.beginning.take().is_none() && !self.is_lost() {
                    // A connection that does not even roll back is not used again.
                    drop(self.batch("ROLLBACK"));
                }
                Err(error)
            }
        }
    }

    /// Writes what was kept back and commits, in one go.
    fn commit(&self, kept: &Kept) -> Result<(), StoreError> {
        let mut asked = write_back::asked(kept)?;
        asked.extend(kept.told.iter().map(|told| write_back::told(self.teller, told)));
        if asked.is_empty() && self.beginning.take().is_some() {
            return Ok(());
        }
        self.all(&asked, Some("COMMIT")).map(drop)
    }

    /// Sends statements without waiting for one before the next, then `ending`; the rows of each.
    pub(super) fn all(
        &self,
        asked: &[Asked],
        ending: Option<&'static str>,
    ) -> Result<Vec<Vec<tokio_postgres::Row>>, StoreError> {
        if asked.is_empty() && ending.is_none() {
            return Ok(Vec::new());
        }
        self.answered(async {
            let mut statements = Vec::with_capacity(asked.len());
            for asked in asked {
                statements.push(self.prepared(&asked.sql).await?);
            }
            let params: Vec<Vec<&(dyn ToSql + Sync)>> =
                asked.iter().map(|asked| asked.params.iter().map(|column| &**column).collect()).collect();
            let begun = async { self.simple(self.beginning.take()).await };
            let rows = try_join_all(
                statements.iter().zip(&params).map(|(statement, params)| self.client.query(statement, params)),
            );
            let ended = async { self.simple(ending).await };
            // They are sent in this order.
            try_join3(begun, rows, ended).await.map(|((), rows, ())| rows)
        })
    }

    async fn simple(&self, sql: Option<&str>) -> Result<(), Error> {
        match sql {
            Some(sql) => self.client.batch_execute(sql).await,
            None => Ok(()),
        }
    }

    /// Writes what was kept back when a statement could see it.
    fn write_back(&self, sql: &str) -> Result<(), StoreError> {
        if self.is_writing.get() && self.ahead.borrow().kept.concerns(sql) { self.write_all_back() } else { Ok(()) }
    }

    fn write_all_back(&self) -> Result<(), StoreError> {
        let kept = std::mem::take(&mut self.ahead.borrow_mut().kept);
        self.all(&write_back::asked(&kept)?, None).map(drop)
    }

    /// Statements without parameters.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.answered(self.client.batch_execute(sql))
    }

    /// From now on statements may take as long as they want.
    pub(super) fn be_patient(&self, is_patient: bool) {
        self.silence.bear(is_patient);
    }

    /// Waits for an answer. One that does not come ends the connection: nobody knows what became of what was asked.
    fn answered<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, StoreError> {
        match self.silence.within(asked) {
            Some(answered) => answered.map_err(|error| self.failed(&error)),
            None => {
                tracing::warn!("the database does not answer");
                self.is_lost.set(true);
                Err(StoreError::Busy)
            }
        }
    }

    fn run<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        ask: impl AsyncFnOnce(&Client, &Statement, &[&(dyn ToSql + Sync)]) -> Result<T, Error>,
    ) -> Result<T, StoreError> {
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        self.answered(async {
            let statement = self.prepared(sql).await?;
            let asked = ask(&self.client, &statement, &params);
            match self.beginning.take() {
                None => asked.await,
                Some(beginning) => try_join(self.client.batch_execute(beginning), asked).await.map(|((), rows)| rows),
            }
        })
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
        self.write_back(sql)?;
        let rows = self.run(sql, params, async |client, statement, params| client.query(statement, params).await)?;
        for row in &rows {
            if on_row(&Row::Postgres(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn changed(&self, sql: &str, params: &[Value<'_>]) -> Result<u64, StoreError> {
        self.write_back(sql)?;
        self.ahead.borrow_mut().forget(sql);
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

    fn read_ahead(&self) -> Result<(), StoreError> {
        let foreseen = std::mem::take(&mut self.ahead.borrow_mut().foreseen);
        if !foreseen.browsers.is_empty() {
            self.write_all_back()?;
            *self.ahead.borrow_mut() = read_ahead::read_ahead(self, &foreseen)?;
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
