//! Queries on a connection: one statement, many pipelined, or signals whose answer is not awaited yet.

use super::bulk::BulkStatement;
use super::failure::{broken, ends_connection};
use super::sending::{self, Sending};
use super::session::Session;
use crate::statement::Value;
use crate::write_behind::PendingSignal;
use futures_util::future::{try_join, try_join_all, try_join3};
use knock_ports::StoreError;
use std::sync::Arc;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Statement};

impl Session {
    /// Sends statements without waiting for one before the next, then `ending`; the rows of each.
    pub(super) fn all(
        &self,
        asked: &[BulkStatement],
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
            let params: Vec<_> = asked.iter().map(BulkStatement::params).collect();
            let begun = async { self.simple(self.beginning.take()).await };
            let rows = try_join_all(
                statements.iter().zip(&params).map(|(statement, params)| self.client.query(statement, params)),
            );
            let ended = async { self.simple(ending).await };
            // They are sent in this order.
            try_join3(begun, rows, ended).await.map(|((), rows, ())| rows)
        })
    }

    /// Sends signals without waiting for an answer: the database stores them while others are worked on.
    pub(super) fn send(&self, signals: Vec<PendingSignal>) -> Result<(), StoreError> {
        if signals.is_empty() {
            return Ok(());
        }
        if self.sending.borrow().is_none() {
            let statement = self.answered(self.prepared(sending::SIGNALS))?;
            let begun = Sending::new(Arc::clone(&self.client), statement, self.beginning.take());
            *self.sending.borrow_mut() = Some(begun);
        }
        if let Some(sending) = &mut *self.sending.borrow_mut() {
            sending.add(signals);
            self.watchdog.nudge(sending);
        }
        Ok(())
    }

    async fn simple(&self, sql: Option<&str>) -> Result<(), Error> {
        match sql {
            Some(sql) => self.client.batch_execute(sql).await,
            None => Ok(()),
        }
    }

    /// Statements without parameters.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.answered(self.client.batch_execute(sql))
    }

    /// From now on statements may take as long as they want.
    pub(super) fn be_patient(&self, is_patient: bool) {
        self.watchdog.bear(is_patient);
    }

    /// Waits for an answer. Without one the connection ends: the outcome of the query is unknown.
    fn answered<T>(&self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, StoreError> {
        tracing::trace!(target: "knock_store::round_trip", is_locked = self.is_locked.get());
        let sending = self.sending.take();
        let was_sending = sending.is_some();
        let asked = async {
            match sending {
                // What was sent first is answered first.
                Some(sending) => try_join(sending.end(), asked).await.map(|((), answer)| answer),
                None => asked.await,
            }
        };
        match self.watchdog.within(asked) {
            Some(answered) => answered.map_err(|error| {
                if was_sending && !has_read_rows(&error) {
                    self.is_lost.set(true);
                }
                self.failed(&error)
            }),
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

    /// An unfinished COPY leaves the connection in an unknown state, so it is not used again.
    pub(super) fn stop_sending(&self) {
        if self.sending.take().is_some() {
            self.is_lost.set(true);
        }
    }

    fn failed(&self, error: &Error) -> StoreError {
        if ends_connection(error) {
            self.is_lost.set(true);
        }
        match error.code() {
            Some(&SqlState::UNIQUE_VIOLATION) => self.is_taken.set(true),
            Some(&SqlState::LOCK_NOT_AVAILABLE) => self.is_held_up.set(true),
            _ => {}
        }
        broken(error)
    }
}

/// Whether a COPY failed only after it had begun. One that did not begin is answered twice, as the client ends it twice,
/// and each answer after that would be taken for another one's.
fn has_read_rows(error: &Error) -> bool {
    error.code() == Some(&SqlState::UNIQUE_VIOLATION)
}
