//! Signals by their arrival: what is noted of each batch stands for an index with a row a signal.

use super::signal::{COLUMNS, newest, stored};
use super::{Connection, Db, Value, params};
use knock_model::{Millis, SiteId, VisitorId};
use knock_ports::{Cursor, StoreError, StoredSignal};

impl<C: Connection> Db<C> {
    /// As each arrival has a signal at least, no more of them are looked at than signals are wanted.
    pub(super) fn by_arrival(
        &self,
        before: Cursor,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError> {
        // SQLite takes the tables of a cross join in their order.
        let sql = format!(
            "SELECT {COLUMNS} FROM arrivals a CROSS JOIN signals s \
             WHERE a.site = ?1 AND a.received_at <= ?4 AND a.received_at >= COALESCE((SELECT f.received_at \
             FROM arrivals f WHERE f.site = ?1 AND f.received_at <= ?4 AND f.received_at < ?2 \
             ORDER BY f.received_at DESC LIMIT 1 OFFSET ?6), 0) \
             AND s.site = a.site AND s.visitor = a.visitor AND s.received_at = a.received_at \
             AND (s.received_at, s.id) < (?2, ?3) ORDER BY s.received_at DESC, s.id DESC LIMIT ?5"
        );
        let others = limit.saturating_sub(1);
        let sites = self.rows("SELECT id FROM sites", &[], |row| row.get::<i64>(0))?;
        let mut signals = Vec::new();
        for site in sites {
            let until = before.at.min(arrived_by);
            signals.extend(self.rows(&sql, params![site, before.at.0, &before.id, until.0, limit, others], stored)?);
        }
        Ok(newest(signals, limit, |signal| signal.received_at))
    }

    /// Deletes those signals of a browser that a condition is for, and what noted their arrival; how many signals.
    pub(super) fn delete_signals(
        &self,
        site: SiteId,
        visitor: VisitorId,
        condition: &str,
        of: &[Value<'_>],
    ) -> Result<u64, StoreError> {
        let arrived = format!("SELECT DISTINCT received_at FROM signals WHERE {condition}");
        let arrived = self.rows(&arrived, of, |row| row.get::<i64>(0))?;
        let deleted = self.changed(&format!("DELETE FROM signals WHERE {condition}"), of)?;
        let sql = "DELETE FROM arrivals WHERE site = ?1 AND received_at = ?2 AND visitor = ?3 AND NOT EXISTS \
                   (SELECT 1 FROM signals s WHERE s.site = ?1 AND s.visitor = ?3 AND s.received_at = ?2)";
        for at in arrived {
            self.done(sql, params![site.0, at, visitor.as_bytes()])?;
        }
        Ok(deleted)
    }
}
