//! Signals by their arrival: what is noted of each batch stands for an index with a row a signal.

use super::record::is_shown;
use super::signal::{COLUMNS, LEAD_OF_SIGNAL, newest, stored};
use super::{Connection, Db, Value, params};
use knock_model::{Millis, SiteId, VisitorId};
use knock_ports::{Cursor, StoreError, StoredSignal};
use std::collections::HashSet;

impl<C: Connection> Db<C> {
    /// The signals of all persons that are shown, the last to arrive first: none of a lead marked as spam (MS-08).
    ///
    /// Each arrival of a browser without such a lead has at least one of them, so no more of these arrivals are read than
    /// signals are wanted.
    pub(super) fn by_arrival(
        &self,
        before: Cursor,
        arrived_by: Millis,
        limit: u32,
    ) -> Result<Vec<StoredSignal>, StoreError> {
        let first = "SELECT received_at FROM arrivals a WHERE site = ?1 AND received_at <= ?2 AND received_at < ?3 \
                     AND NOT EXISTS (SELECT 1 FROM spans p JOIN leads l ON l.id = p.lead \
                     WHERE p.site = a.site AND p.visitor = a.visitor AND l.is_spam = 1) \
                     ORDER BY received_at DESC LIMIT 1 OFFSET ?4";
        let shown = is_shown(LEAD_OF_SIGNAL);
        // Each browser is read once, however often it comes up. SQLite takes the tables of a cross join in their order.
        let sql = format!(
            "SELECT {COLUMNS} FROM (SELECT DISTINCT visitor FROM arrivals \
             WHERE site = ?1 AND received_at BETWEEN ?4 AND ?5) a CROSS JOIN signals s \
             WHERE s.site = ?1 AND s.visitor = a.visitor AND s.received_at BETWEEN ?4 AND ?5 \
             AND (s.received_at, s.id) < (?2, ?3) AND {shown} ORDER BY s.received_at DESC, s.id DESC LIMIT ?6"
        );
        let (until, others) = (before.at.min(arrived_by).0, limit.saturating_sub(1));
        let mut signals = Vec::new();
        for site in self.rows("SELECT id FROM sites", &[], |row| row.get::<i64>(0))? {
            let from = self.one(first, params![site, until, before.at.0, others], |row| row.get::<i64>(0))?;
            let range = params![site, before.at.0, &before.id, from.unwrap_or_default(), until, limit];
            signals.extend(self.rows(&sql, range, stored)?);
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
        let kept = "SELECT DISTINCT received_at FROM signals WHERE site = ?1 AND visitor = ?2";
        let kept = self.rows(kept, params![site.0, visitor.as_bytes()], |row| row.get::<i64>(0))?;
        let kept: HashSet<i64> = kept.into_iter().collect();
        let sql = "DELETE FROM arrivals WHERE site = ?1 AND received_at = ?2 AND visitor = ?3";
        for at in arrived.into_iter().filter(|at| !kept.contains(at)) {
            self.done(sql, params![site.0, at, visitor.as_bytes()])?;
        }
        Ok(deleted)
    }
}
