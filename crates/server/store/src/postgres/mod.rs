//! The store on PostgreSQL: any number of servers share one database.

mod asked;
mod copied;
mod driver;
mod failure;
mod gate;
mod migrate;
mod neighbours;
mod read_ahead;
mod readers;
#[cfg(feature = "scratch")]
mod schema;
mod session;
mod value;
mod write_back;

pub use copied::Copied;
pub(crate) use copied::copy;
#[cfg(feature = "scratch")]
pub(crate) use schema::Schema;
pub(crate) use value::value;

use crate::sql::Db;
use driver::Driver;
use knock_ports::{Ledger, Neighbours, Store, StoreError, View};
use neighbours::Listener;
use readers::Readers;
use session::{Purpose, Session};
use std::sync::{Arc, Mutex, PoisonError};

/// One PostgreSQL database.
///
/// All writing, by whatever server, is one transaction after the other: each begins by taking the same lock.
/// A connection that is lost is made again; what was being written then is written again, once.
pub struct PostgresStore {
    driver: Arc<Driver>,
    writer: Mutex<Option<Session>>,
    readers: Readers,
}

impl PostgresStore {
    /// Connects and brings the tables up to date.
    ///
    /// # Errors
    /// When `url` is none, when the database cannot be reached, or when its tables are of a newer version.
    pub fn open(url: &str) -> Result<PostgresStore, StoreError> {
        let driver = Arc::new(Driver::start(url)?);
        let mut writer = driver.first()?;
        migrate::up(&mut writer)?;
        Ok(PostgresStore { readers: Readers::new(Arc::clone(&driver)), driver, writer: Mutex::new(Some(writer)) })
    }
}

impl Store for PostgresStore {
    fn write(&self, work: &mut dyn FnMut(&mut dyn Ledger) -> Result<(), StoreError>) -> Result<(), StoreError> {
        // A panic of an earlier writer took its connection with it, and so rolled back what it had begun.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut is_again = false;
        loop {
            let session = match writer.take().filter(|session| !session.is_lost()) {
                Some(session) => session,
                None => self.driver.connect()?,
            };
            let written = session.transaction(Purpose::Write, || work(&mut Db(&session)));
            if written.is_ok() {
                self.driver.wrote();
            }
            if !session.is_lost() {
                *writer = Some(session);
                return written;
            }
            if written.is_ok() || is_again {
                return written;
            }
            is_again = true;
        }
    }

    /// Whether it can be reached, a read tells; its disk is its owner's.
    fn ready(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// The files are PostgreSQL's own.
    fn scrub(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn read(&self, work: &mut dyn FnMut(&dyn View) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let reader = self.readers.take()?;
        reader.transaction(Purpose::Read, || work(&Db(&*reader)))
    }

    fn neighbours(&self) -> Result<Option<Box<dyn Neighbours>>, StoreError> {
        Ok(Some(Box::new(Listener::open(Arc::clone(&self.driver))?)))
    }
}
