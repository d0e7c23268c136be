//! Batches that are kept to be done later.

use super::packed::{pack, unpack};
use super::row::column;
use super::{Connection, Db, params};
use knock_model::{SiteId, VisitorId};
use knock_ports::{BacklogLedger, BacklogView, Batch, DeferredBatch, Place, StoreError};

impl<C: Connection> BacklogLedger for Db<C> {
    fn defer(&mut self, batch: Batch<'_>) -> Result<i64, StoreError> {
        let sql = "INSERT INTO backlog (site, visitor, signals, batch) VALUES (?1, ?2, ?3, ?4) RETURNING number";
        let (signals, body) = (i64::try_from(batch.signals.len()).unwrap_or(i64::MAX), pack(batch.signals)?);
        let number =
            self.one(sql, params![batch.site.0, batch.visitor.as_bytes(), signals, body.as_slice()], |row| row.get(0))?;
        number.ok_or_else(|| StoreError::Broken("a batch got no number".into()))
    }

    fn take_deferred(&mut self, number: i64) -> Result<Option<DeferredBatch>, StoreError> {
        let batch = self.one("SELECT site, visitor, batch FROM backlog WHERE number = ?1", params![number], |row| {
            let (site, visitor) = (SiteId(row.get(0)?), VisitorId::from_bytes(row.get(1)?));
            Ok(DeferredBatch { site, visitor, signals: column(row, 2, |bytes: Vec<u8>| unpack(&bytes))? })
        })?;
        self.done("DELETE FROM backlog WHERE number = ?1", params![number])?;
        Ok(batch)
    }
}

impl<C: Connection> BacklogView for Db<C> {
    fn backlog(&self) -> Result<Vec<Place>, StoreError> {
        self.rows("SELECT number, site, visitor, signals FROM backlog ORDER BY number", &[], |row| {
            let (site, visitor) = (SiteId(row.get(1)?), VisitorId::from_bytes(row.get(2)?));
            Ok(Place { number: row.get(0)?, site, visitor, signals: row.get(3)? })
        })
    }
}
