//! The store on PostgreSQL: any number of servers share one database.

mod bulk;
mod by_key;
mod chats_ahead;
mod circuit_breaker;
mod connecting;
mod contents;
mod copied;
mod database_identity;
mod driver;
mod durability;
mod failure;
mod io_driver;
mod migrate;
mod peers;
mod pipeline;
mod read_ahead;
mod readers;
mod rights;
#[cfg(feature = "scratch")]
mod schema;
mod sending;
mod session;
mod stalled_copy;
mod statements;
#[cfg(feature = "scratch")]
mod template;
#[cfg(test)]
mod tests;
mod tls;
mod transaction_mode;
mod value;
mod watchdog;
mod write_back;

pub use contents::PostgresFiles;
pub use copied::Copied;
pub(crate) use copied::copy;
#[cfg(feature = "scratch")]
pub(crate) use schema::Schema;

use crate::sql::Db;
use driver::Driver;
use durability::DurabilityConnection;
use knock_ports::{Footprint, Ledger, Peers, Store, StoreError, View};
use peers::Listener;
use readers::Readers;
use session::Session;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use transaction_mode::TransactionMode;

/// One PostgreSQL database.
///
/// All writing, by whatever server, is one transaction after the other: each begins by taking the same lock.
/// A connection that is lost is made again; what was being written then is written again, once.
pub struct PostgresStore {
    driver: Arc<Driver>,
    writer: Mutex<Option<Session>>,
    durability: DurabilityConnection,
    readers: Arc<Readers>,
    measured: Mutex<Option<(Instant, Footprint)>>,
}

/// The time for which a measured footprint of the tables is reused.
const FRESH: Duration = Duration::from_secs(60);

/// The room of this schema's tables with their indexes; others may share the database.
const ROOM: &str = "SELECT CAST(COALESCE(SUM(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c \
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'";

impl PostgresStore {
    /// Connects and brings the tables up to date.
    ///
    /// # Errors
    /// When `url` is none, when the database cannot be reached, or when its tables are of a newer version.
    pub fn open(url: &str) -> Result<PostgresStore, StoreError> {
        PostgresStore::open_with(Driver::start(url)?)
    }

    fn open_with(driver: Driver) -> Result<PostgresStore, StoreError> {
        let driver = Arc::new(driver);
        migrate::up(&mut driver.first()?)?;
        let readers = Arc::new(Readers::new(Arc::clone(&driver)));
        let durability = DurabilityConnection::new(Arc::clone(&driver));
        Ok(PostgresStore { readers, durability, driver, writer: Mutex::default(), measured: Mutex::default() })
    }

    /// The contents of files in it.
    pub fn files(&self) -> PostgresFiles {
        PostgresFiles::new(Arc::clone(&self.readers))
    }

    /// The connection to write on, a new one when there is none that is of use.
    fn session(&self, writer: &mut Option<Session>) -> Result<Session, StoreError> {
        match writer.take().filter(|session| !session.is_lost()) {
            Some(session) => Ok(session),
            None => {
                self.durability.dismiss();
                self.driver.connect_here()
            }
        }
    }

    /// Writes in a transaction whose commit may go ahead of the disk, or waits for it.
    fn written(
        &self,
        work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
        may_go_ahead: bool,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut is_again = false;
        loop {
            let session = self.session(&mut writer)?;
            let voucher = if may_go_ahead { self.durability.stand_by()? } else { None };
            let mode = voucher.map_or(TransactionMode::Write, |_| TransactionMode::WriteAhead);
            let mut bug = None;
            let mut careful = || {
                catch_unwind(AssertUnwindSafe(|| work(&mut Db(&session)))).unwrap_or_else(|cause| {
                    bug = Some(cause);
                    Err(StoreError::Broken("a command panicked".into()))
                })
            };
            let mut written = session.transaction(mode, &mut careful);
            if session.is_taken() {
                session.be_careful(true);
                written = session.transaction(mode, &mut careful);
                session.be_careful(false);
            }
            if let (Ok(()), Some(voucher)) = (&written, voucher) {
                self.durability.owe(voucher);
            }
            let (is_held_up, is_lost) = (session.is_held_up(), session.is_lost());
            *writer = Some(session);
            if let Some(cause) = bug {
                // The transaction was rolled back. The connection stays: only it can vouch for earlier writes.
                drop(writer);
                resume_unwind(cause);
            }
            if is_held_up {
                let session = self.session(&mut writer)?;
                stalled_copy::end(&session, self.driver.patience.sending);
                *writer = Some(session);
            }
            if written.is_ok() || !is_lost || is_held_up || is_again {
                return written;
            }
            is_again = true;
        }
    }
}

impl Store for PostgresStore {
    /// Waits for its own commit: a shared flush could not be attributed to this write.
    fn write(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.written(work, false)?;
        self.driver.wrote();
        Ok(())
    }

    fn write_unsynced(
        &self,
        work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.written(work, true)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.durability.flush()?;
        self.driver.wrote();
        Ok(())
    }

    /// Whether it can be reached, a read tells; its disk is its owner's.
    fn ready(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Looks at every file of the tables: not more often than once a minute.
    fn footprint(&self) -> Result<Footprint, StoreError> {
        let mut measured = self.measured.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = measured.filter(|(at, _)| at.elapsed() < FRESH) {
            return Ok(known);
        }
        let reader = self.readers.take()?;
        let mut data = 0_i64;
        reader.transaction(TransactionMode::Read, || {
            data = Db(&*reader).one(ROOM, &[], |row| row.get(0))?.unwrap_or_default();
            Ok(())
        })?;
        let footprint = Footprint { data: data.unsigned_abs(), log: None };
        *measured = Some((Instant::now(), footprint));
        Ok(footprint)
    }

    /// The files are PostgreSQL's own.
    fn scrub(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let reader = self.readers.take()?;
        reader.transaction(TransactionMode::Read, || work(&Db(&*reader)))
    }

    fn peers(&self) -> Result<Option<Box<dyn Peers>>, StoreError> {
        Ok(Some(Box::new(Listener::open(Arc::clone(&self.driver))?)))
    }
}
