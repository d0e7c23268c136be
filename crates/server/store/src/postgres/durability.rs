//! The durability connection: flushes to PostgreSQL's disk what was committed without waiting for the flush.
//!
//! A connection of its own commits one word, and waits for that as long as the database's settings say; the log of
//! PostgreSQL is one, so what was committed before is on the disk as well. Unless the database has died in between and
//! forgot it: then this connection has ended too, and only one that was there before something was written may vouch
//! for it.

use super::driver::Driver;
use super::session::Session;
use crate::sql::Db;
use knock_ports::StoreError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The number of the process that vouches; the word is nothing that anybody reads.
const FLUSH: &str = "SELECT CAST(pg_backend_pid() AS BIGINT), CAST(pg_logical_emit_message(true, 'knock', '') AS TEXT)";
const PROCESS: &str = "SELECT CAST(pg_backend_pid() AS BIGINT)";

pub(super) struct DurabilityConnection {
    driver: Arc<Driver>,
    voucher: Mutex<Option<Voucher>>,
    /// Connections made so far.
    made: AtomicU64,
    owed: Mutex<Owed>,
    /// Each commit must wait for itself.
    is_shared: AtomicBool,
}

/// A connection that is there while others write.
struct Voucher {
    number: u64,
    session: Session,
    process: i64,
}

/// The commits that are not flushed yet.
#[derive(Default)]
struct Owed {
    /// The connection that can vouch for it; none when nothing is owed.
    voucher: Option<u64>,
    /// No single connection can vouch for all of it.
    is_torn: bool,
}

impl DurabilityConnection {
    pub(super) fn new(driver: Arc<Driver>) -> DurabilityConnection {
        DurabilityConnection {
            driver,
            voucher: Mutex::default(),
            made: AtomicU64::new(0),
            owed: Mutex::default(),
            is_shared: AtomicBool::new(false),
        }
    }

    /// Makes sure that somebody can vouch for what is written from now on: who. None when no commit may go ahead of the
    /// disk.
    pub(super) fn stand_by(&self) -> Result<Option<u64>, StoreError> {
        if self.is_shared.load(Ordering::Relaxed) {
            return Ok(None);
        }
        // While it flushes it is there.
        let Ok(mut voucher) = self.voucher.try_lock() else { return Ok(Some(self.made.load(Ordering::SeqCst))) };
        if let Some(known) = voucher.as_ref().filter(|known| !known.session.is_lost()) {
            return Ok(Some(known.number));
        }
        let session = self.driver.connect_here()?;
        let process = process(&session, PROCESS)?;
        let number = self.made.fetch_add(1, Ordering::SeqCst) + 1;
        *voucher = Some(Voucher { number, session, process });
        Ok(Some(number))
    }

    /// Drops the current connection, which may not vouch for later writes: after a fail-over they may go to another
    /// server than its own.
    pub(super) fn dismiss(&self) {
        *self.voucher.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Records a commit made while a waiter was present.
    pub(super) fn owe(&self, voucher: u64) {
        let mut owed = self.owed();
        owed.is_torn |= owed.voucher.is_some_and(|known| known != voucher);
        owed.voucher = Some(voucher);
    }

    /// Brings onto the disk all that is owed.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it is unknown whether the database still has it.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        let mut voucher = self.voucher.lock().unwrap_or_else(PoisonError::into_inner);
        let Owed { voucher: Some(number), is_torn } = std::mem::take(&mut *self.owed()) else { return Ok(()) };
        let known = voucher.take().filter(|known| known.number == number && !is_torn).ok_or(StoreError::Busy)?;
        let process = process(&known.session, FLUSH)?;
        if process != known.process {
            tracing::warn!("connections to the database are shared: each commit waits for the disk by itself");
            self.is_shared.store(true, Ordering::Relaxed);
            return Err(StoreError::Busy);
        }
        *voucher = Some(known);
        Ok(())
    }

    fn owed(&self) -> MutexGuard<'_, Owed> {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn process(session: &Session, sql: &str) -> Result<i64, StoreError> {
    Db(session).one(sql, &[], |row| row.get(0))?.ok_or(StoreError::Busy)
}

#[cfg(test)]
mod tests {
    use crate::PostgresStore;
    use crate::postgres::Schema;
    use knock_model::SiteId;
    use knock_ports::{Store, StoreError};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::PoisonError;

    #[test]
    fn a_panic_keeps_the_vouching_connection() {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        let Some(url) = std::env::var("KNOCK_TEST_POSTGRES").ok() else { return };
        let schema = Schema::new(&url);
        let store = PostgresStore::open(&schema.url).expect("it opens");
        let write = || store.write_unsynced(&mut |ledger| ledger.drop_knowledge(SiteId(1))).expect("written");
        write();
        let bug = catch_unwind(AssertUnwindSafe(|| {
            store.write_unsynced(&mut |ledger| {
                ledger.drop_knowledge(SiteId(1))?;
                panic!("a bug");
            })
        }));
        assert!(bug.is_err());
        write();
        store.sync().expect("vouched for");
    }

    #[test]
    fn who_was_there_before_the_writer_connected_anew_vouches_for_nothing() {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        let Some(url) = std::env::var("KNOCK_TEST_POSTGRES").ok() else { return };
        let schema = Schema::new(&url);
        let store = PostgresStore::open(&schema.url).expect("it opens");
        let write = || store.write_unsynced(&mut |ledger| ledger.drop_knowledge(SiteId(1))).expect("written");
        write();
        store.sync().expect("vouched for");
        write();
        // As after a fail-over, while the former primary still answers.
        *store.writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
        write();
        assert!(matches!(store.sync(), Err(StoreError::Busy)), "written before and after, to whomever");
        write();
        store.sync().expect("vouched for");
    }
}
