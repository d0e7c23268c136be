//! Visits: how far their numbers went, and how many are here.

use super::{Db, broken};
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Gaps, LAST_NUMBER, Numbers, StoreError, VisitLedger, VisitView};
use rusqlite::params;

impl VisitLedger for Db<'_> {
    fn extend_visit(&mut self, site: SiteId, visitor: VisitorId, numbers: Numbers) -> Result<bool, StoreError> {
        let sql = "INSERT INTO visits (site, visitor, session, highest, seen) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (site, visitor, session) DO UPDATE SET highest = excluded.highest, \
                   seen = visits.seen + excluded.seen WHERE visits.highest < ?6";
        let session = numbers.session.as_bytes();
        let (highest, count, lowest) = (whole(numbers.highest), whole(numbers.count), whole(numbers.lowest));
        self.0
            .prepare_cached(sql)
            .and_then(|mut run| run.execute(params![site.0, visitor.as_bytes(), session, highest, count, lowest]))
            .map(|rows| rows == 1)
            .map_err(broken)
    }

    fn recount_visits(&mut self, site: SiteId, visitor: VisitorId, only: Option<SessionId>) -> Result<(), StoreError> {
        let sql = "INSERT INTO visits (site, visitor, session, highest, seen) \
                   SELECT site, visitor, session, MAX(seq), COUNT(DISTINCT seq) FROM signals \
                   WHERE site = ?1 AND visitor = ?2 AND seq BETWEEN 1 AND ?3 AND (?4 IS NULL OR session = ?4) \
                   GROUP BY site, visitor, session \
                   ON CONFLICT (site, visitor, session) DO UPDATE SET highest = excluded.highest, seen = excluded.seen";
        let only = only.as_ref().map(SessionId::as_bytes);
        self.done(sql, params![site.0, visitor.as_bytes(), whole(LAST_NUMBER), only])
    }
}

impl VisitView for Db<'_> {
    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError> {
        // The id of a visit begins with its instant.
        let from = SessionId::new(since, &[0; 10]);
        let sql = "SELECT v.site, SUM(v.highest), SUM(v.highest - v.seen) FROM sites s \
                   JOIN visits v ON v.site = s.id AND v.session >= ?1 GROUP BY v.site ORDER BY v.site";
        self.rows(sql, [from.as_bytes()], |row| {
            let (numbered, missing) = (row.get::<_, i64>(1)?, row.get::<_, i64>(2)?);
            Ok(Gaps { site: SiteId(row.get(0)?), numbered: numbered.unsigned_abs(), missing: missing.unsigned_abs() })
        })
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
