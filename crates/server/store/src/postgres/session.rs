//! One connection and its transactions.

use super::sending::Sending;
use super::transaction_mode::TransactionMode;
use super::watchdog::Watchdog;
use super::write_back;
use crate::write_behind::WriteBehind;
use futures_util::FutureExt;
use knock_ports::StoreError;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use tokio_postgres::{Client, Statement};

/// One connection.
pub(super) struct Session {
    pub(super) client: Arc<Client>,
    /// Sets what this server tells others apart.
    server: i64,
    pub(super) watchdog: Watchdog,
    pub(super) statements: RefCell<HashMap<Box<str>, Statement>>,
    /// The statements before the next one.
    pub(super) beginning: Cell<Option<&'static str>>,
    pub(super) is_lost: Cell<bool>,
    pub(super) is_writing: Cell<bool>,
    /// Whether others who write wait for this transaction to end.
    pub(super) is_locked: Cell<bool>,
    /// Whether a row that was assumed to be new existed already.
    pub(super) is_taken: Cell<bool>,
    /// Another server held the lock all the time.
    pub(super) is_held_up: Cell<bool>,
    /// Whether no row is assumed to be new that may exist.
    is_careful: Cell<bool>,
    /// Of the write transaction that runs.
    pub(super) ahead: RefCell<WriteBehind>,
    /// Rows known from the last write transaction, as long as no other server writes.
    remembered: RefCell<Option<WriteBehind>>,
    /// Whether the last write was this server's.
    is_last: Cell<bool>,
    /// Of the write transaction that runs.
    pub(super) sending: RefCell<Option<Sending>>,
}

impl Session {
    pub(super) fn new(client: Client, server: i64, watchdog: Watchdog) -> Session {
        Session {
            client: Arc::new(client),
            server,
            watchdog,
            statements: RefCell::default(),
            beginning: Cell::new(None),
            is_lost: Cell::new(false),
            is_writing: Cell::new(false),
            is_locked: Cell::new(false),
            is_taken: Cell::new(false),
            is_held_up: Cell::new(false),
            is_careful: Cell::new(false),
            ahead: RefCell::default(),
            remembered: RefCell::default(),
            is_last: Cell::new(false),
            sending: RefCell::default(),
        }
    }

    /// Whether it is of no more use.
    pub(super) fn is_lost(&self) -> bool {
        self.watchdog.look();
        self.is_lost.get() || self.client.is_closed()
    }

    /// Whether the last transaction failed because something was there that was taken for new.
    pub(super) fn is_taken(&self) -> bool {
        self.is_taken.get()
    }

    /// Whether the last transaction failed because another server held the lock.
    pub(super) fn is_held_up(&self) -> bool {
        self.is_held_up.get()
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
        mode: TransactionMode,
        work: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.beginning.set(Some(mode.beginning()));
        let is_writing = mode != TransactionMode::Read;
        self.is_writing.set(is_writing);
        self.is_locked.set(is_writing);
        self.is_taken.set(false);
        self.is_held_up.set(false);
        self.is_last.set(false);
        self.ahead.take();
        let done = work();
        self.is_writing.set(false);
        let ended = done.and_then(|()| if is_writing { self.commit() } else { self.leave() });
        if ended.is_err() {
            self.stop_sending();
            if self.beginning.take().is_none() && !self.is_lost() {
                // A connection that does not even roll back is not used again.
                drop(self.batch("ROLLBACK"));
            }
        }
        self.is_locked.set(false);
        ended
    }

    /// Ends a transaction that only read.
    fn leave(&self) -> Result<(), StoreError> {
        self.ahead.take();
        if self.beginning.take().is_none() {
            // The answer is not awaited: there is nothing to keep.
            drop(self.client.batch_execute("COMMIT").now_or_never());
        }
        Ok(())
    }

    /// Writes what was kept back and commits, in one go.
    fn commit(&self) -> Result<(), StoreError> {
        let mut ahead = self.ahead.take();
        let notice = ahead.kept.notice.take().map(|text| write_back::notice(self.server, &text));
        self.send(std::mem::take(&mut ahead.kept.signals))?;
        let mut asked = write_back::asked(&ahead.kept)?;
        asked.extend(notice);
        if asked.is_empty() && self.beginning.take().is_some() {
            return Ok(());
        }
        if !self.is_last.get() {
            asked.push(write_back::last(self.server));
        }
        self.remembered.take();
        self.all(&asked, Some("COMMIT"))?;
        *self.remembered.borrow_mut() = ahead.remembered();
        Ok(())
    }

    /// Returns the cache of earlier transactions, once.
    pub(super) fn remembered(&self) -> Option<WriteBehind> {
        self.remembered.take()
    }

    /// Notes who wrote last; whether that was this server.
    pub(super) fn wrote_last(&self, server: i64) -> bool {
        self.is_last.set(server == self.server);
        self.is_last.get()
    }

    /// Forgets what a statement may change.
    pub(super) fn forget(&self, sql: &str) {
        self.ahead.borrow_mut().forget(sql);
        if let Some(remembered) = &mut *self.remembered.borrow_mut() {
            remembered.forget(sql);
        }
    }

    /// Writes what was kept back when a statement could see it.
    pub(super) fn write_back(&self, sql: &str) -> Result<(), StoreError> {
        if self.is_writing.get() && self.ahead.borrow().kept.concerns(sql) { self.write_all_back() } else { Ok(()) }
    }

    pub(super) fn write_all_back(&self) -> Result<(), StoreError> {
        let mut kept = std::mem::take(&mut self.ahead.borrow_mut().kept);
        let signals = std::mem::take(&mut kept.signals);
        let asked = write_back::asked(&kept)?;
        if asked.is_empty() && signals.is_empty() {
            return Ok(());
        }
        // It does not know of this.
        self.remembered.take();
        self.send(signals)?;
        self.all(&asked, None).map(drop)
    }
}
