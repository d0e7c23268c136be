//! Visits: how far their numbers went, and how many are here.

use super::{Connection, Db, Row, params};
use crate::ahead::Visit;
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Gaps, LAST_NUMBER, Numbers, StoreError, VisitLedger, VisitView};

impl<C: Connection> VisitLedger for Db<C> {
    fn extend_visit(&mut self, site: SiteId, visitor: VisitorId, numbers: Numbers) -> Result<bool, StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.know_visit(site, visitor, numbers.session)?;
            return Ok(ahead.borrow_mut().extend_visit((site, visitor), numbers));
        }
        let sql = "INSERT INTO visits (site, visitor, session, highest, seen) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (site, visitor, session) DO UPDATE SET highest = excluded.highest, \
                   seen = visits.seen + excluded.seen WHERE visits.highest < ?6";
        let session = numbers.session.as_bytes();
        let (highest, count, lowest) = (whole(numbers.highest), whole(numbers.count), whole(numbers.lowest));
        let extended = self.changed(sql, params![site.0, visitor.as_bytes(), session, highest, count, lowest])?;
        Ok(extended == 1)
    }

    fn recount_visits(&mut self, site: SiteId, visitor: VisitorId, only: Option<SessionId>) -> Result<(), StoreError> {
        if let (Some(ahead), Some(session)) = (self.0.ahead(), only) {
            ahead.borrow_mut().recount_visit((site, visitor), session);
            return Ok(());
        }
        let sql = "INSERT INTO visits (site, visitor, session, highest, seen) \
                   SELECT site, visitor, session, MAX(seq), COUNT(DISTINCT seq) FROM signals \
                   WHERE site = ?1 AND visitor = ?2 AND seq BETWEEN 1 AND ?3 AND (session = ?4 OR ?4 IS NULL) \
                   GROUP BY site, visitor, session \
                   ON CONFLICT (site, visitor, session) DO UPDATE SET highest = excluded.highest, seen = excluded.seen";
        let only = only.as_ref().map(SessionId::as_bytes);
        self.done(sql, params![site.0, visitor.as_bytes(), whole(LAST_NUMBER), only])
    }
}

impl<C: Connection> VisitView for Db<C> {
    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError> {
        // The id of a visit begins with its instant.
        let from = SessionId::new(since, &[0; 10]);
        let sql = "SELECT v.site, CAST(SUM(v.highest) AS BIGINT), CAST(SUM(v.highest - v.seen) AS BIGINT) FROM sites s \
                   JOIN visits v ON v.site = s.id AND v.session >= ?1 GROUP BY v.site ORDER BY v.site";
        self.rows(sql, params![from.as_bytes()], |row| {
            let (numbered, missing) = (row.get::<i64>(1)?, row.get::<i64>(2)?);
            Ok(Gaps { site: SiteId(row.get(0)?), numbered: numbered.unsigned_abs(), missing: missing.unsigned_abs() })
        })
    }
}

impl<C: Connection> Db<C> {
    /// Makes a visit known ahead.
    fn know_visit(&self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<Visit, StoreError> {
        let sql = "SELECT highest, seen FROM visits WHERE site = ?1 AND visitor = ?2 AND session = ?3";
        let count = |row: &Row<'_>, at| row.get::<i64>(at).map(i64::unsigned_abs);
        self.known(
            |ahead| ahead.visit((site, visitor), session),
            |db| {
                let counted = db.one(sql, params![site.0, visitor.as_bytes(), session.as_bytes()], |row| {
                    Ok(Visit::Counted { highest: count(row, 0)?, seen: count(row, 1)? })
                })?;
                Ok(counted.unwrap_or(Visit::New))
            },
            |ahead, found| ahead.know_visit((site, visitor), session, found),
        )
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
