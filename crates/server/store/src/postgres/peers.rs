//! Notices between servers on one database: rows of a table, written in the transaction that they are about.
//!
//! Writes are serial, so a reader at a number has missed none below it. NOTIFY only wakes the reader, which polls every
//! second without it.

use super::driver::{Driver, Woken};
use super::session::Session;
use crate::sql::Db;
use crate::statement::params;
use knock_ports::{PeerNotices, Peers, StoreError};
use std::sync::Arc;

/// Read at once at most.
const MOST: usize = 1_000;
/// Looks between two times of dropping what all have read.
const LOOKS: u32 = 60;

pub(super) struct Listener {
    driver: Arc<Driver>,
    session: Option<Session>,
    /// The last row that was read.
    last: i64,
    looks: u32,
}

impl Listener {
    /// Reads every notice from now on.
    pub(super) fn open(driver: Arc<Driver>) -> Result<Listener, StoreError> {
        let mut listener = Listener { driver, session: None, last: 0, looks: 0 };
        let session = listener.listening()?;
        let sql = "SELECT COALESCE(MAX(id), 0) FROM notices";
        listener.last = Db(&session).one(sql, &[], |row| row.get(0))?.unwrap_or_default();
        listener.session = Some(session);
        Ok(listener)
    }

    fn listening(&self) -> Result<Session, StoreError> {
        let session = self.driver.connect()?;
        let name = "SELECT quote_ident('knock_' || current_schema())";
        let channel: Option<String> = Db(&session).one(name, &[], |row| row.get(0))?;
        session.batch(&format!("LISTEN {}", channel.unwrap_or_default()))?;
        Ok(session)
    }

    fn read(&mut self, session: &Session) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT id, server, notices FROM notices WHERE id > ?1 ORDER BY id LIMIT ?2";
        let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
        let rows = Db(session).rows(sql, params![self.last, limit], |row| {
            Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?))
        })?;
        self.last = rows.last().map_or(self.last, |(id, ..)| *id);
        if rows.len() == MOST {
            self.driver.look_again();
        }
        let own = self.driver.server();
        Ok(rows.into_iter().filter(|(_, server, _)| *server != own).map(|(.., notice)| notice).collect())
    }

    fn drop_old(&mut self, session: &Session) -> Result<(), StoreError> {
        self.looks += 1;
        if self.looks < LOOKS {
            return Ok(());
        }
        self.looks = 0;
        session.batch("DELETE FROM notices WHERE written_at < now() - interval '1 minute'")
    }
}

impl Peers for Listener {
    fn next(&mut self) -> Result<PeerNotices, StoreError> {
        let woken = self.driver.wait();
        let kept = self.session.take().filter(|session| !session.is_lost());
        let is_gap = kept.is_none();
        let session = kept.map_or_else(|| self.listening(), Ok)?;
        if woken == Woken::Wrote {
            session.batch("SELECT pg_notify('knock_' || current_schema(), '')")?;
        }
        let notices = self.read(&session)?;
        self.drop_old(&session)?;
        self.session = Some(session);
        Ok(PeerNotices { notices, is_gap })
    }
}
