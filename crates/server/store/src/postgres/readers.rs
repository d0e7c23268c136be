//! Connections to read on: few, kept, lent one at a time.

use super::driver::Driver;
use super::session::Session;
use knock_ports::StoreError;
use std::ops::Deref;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Connections to read on at once.
const MOST: usize = 8;
/// The timeout for a reader.
const WAIT: Duration = Duration::from_secs(5);

pub(super) struct Readers {
    driver: Arc<Driver>,
    kept: Mutex<Connections>,
    returned: Condvar,
}

#[derive(Default)]
struct Connections {
    idle: Vec<Session>,
    lent: usize,
}

/// A connection that goes back when this is dropped, unless it is lost or its reader panicked.
pub(super) struct Reader<'p> {
    readers: &'p Readers,
    session: Option<Session>,
}

impl Readers {
    pub(super) fn new(driver: Arc<Driver>) -> Readers {
        Readers { driver, kept: Mutex::default(), returned: Condvar::new() }
    }

    /// Lends a connection; makes it when none is idle.
    pub(super) fn take(&self) -> Result<Reader<'_>, StoreError> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.returned.wait_timeout_while(kept, WAIT, |kept| kept.lent >= MOST);
        let (mut kept, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        if timeout.timed_out() {
            return Err(StoreError::Busy);
        }
        kept.lent += 1;
        let idle = kept.idle.pop();
        drop(kept);
        let mut reader = Reader { readers: self, session: idle.filter(|session| !session.is_lost()) };
        if reader.session.is_none() {
            reader.session = Some(self.driver.connect()?);
        }
        Ok(reader)
    }
}

impl Deref for Reader<'_> {
    type Target = Session;

    fn deref(&self) -> &Session {
        self.session.as_ref().expect("taken only when dropped")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let session = self.session.take().filter(|session| !session.is_lost() && !std::thread::panicking());
        let mut kept = self.readers.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.lent -= 1;
        kept.idle.extend(session);
        drop(kept);
        self.readers.returned.notify_one();
    }
}
