//! One connection and the statements on it.

use super::asked::Asked;
use super::failure::{broken, ends_connection};
use super::purpose::Purpose;
use super::silence::Silence;
use super::write_back;
use crate::ahead::{Ahead, Kept};
use crate::sql::Value;
use futures_util::FutureExt;
use futures_util::future::{try_join, try_join_all, try_join3};
use knock_ports::StoreError;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Statement};

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
    pub(super) is_writing: Cell<bool>,
    /// Something was there that was taken for new.
    is_taken: Cell<bool>,
    /// Nothing is taken for new that could be there.
    is_careful: Cell<bool>,
    /// Of the write transaction that runs.
    pub(super) ahead: RefCell<Ahead>,
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
            is_taken: Cell::new(false),
            is_careful: Cell::new(false),
            ahead: RefCell::default(),
        }
    }

    /// Whether it is of no more use.
    pub(super) fn is_lost(&self) -> bool {
        self.silence.look();
        self.is_lost.get() || self.client.is_closed()
    }

    /// Whether the last transaction failed because something was there that was taken for new.
    pub(super) fn is_taken(&self) -> bool {
        self.is_taken.get()
    }

    pub(super) fn is_careful(&self) -> bool {
        self.is_careful.get()
    }

    /// From now on nothing is taken for new that could be there.
    pub(super) fn be_careful(&self, is_careful: bool) {
        self.is_careful.set(is_careful);
    }

    /// Runs `work` in one transaction; the beginning travels with its first statement.
    pub(super) fn transaction(
        &self,
        purpose: Purpose,
        work: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.beginning.set(Some(purpose.beginning()));
        let is_writing = purpose != Purpose::Read;
        self.is_writing.set(is_writing);
        self.is_taken.set(false);
        self.ahead.take();
        let done = work();
        self.is_writing.set(false);
        let kept = self.ahead.take().kept;
        match (done, is_writing) {
            (Ok(()), true) => self.commit(&kept),
            (Ok(()), false) => {
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
    pub(super) fn write_back(&self, sql: &str) -> Result<(), StoreError> {
        if self.is_writing.get() && self.ahead.borrow().kept.concerns(sql) { self.write_all_back() } else { Ok(()) }
    }

    pub(super) fn write_all_back(&self) -> Result<(), StoreError> {
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

    pub(super) fn run<T>(
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
        if error.code() == Some(&SqlState::UNIQUE_VIOLATION) {
            self.is_taken.set(true);
        }
        broken(error)
    }
}
