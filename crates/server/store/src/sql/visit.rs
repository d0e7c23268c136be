//! Visits: how far their numbers went, and which are missing.

use super::row::{maybe_millis, millis};
use super::{Connection, Db, Row, params};
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Gaps, LAST_NUMBER, StoreError, Visit, VisitLedger, VisitView};
use roaring::RoaringBitmap;
use std::collections::BTreeMap;

impl<C: Connection> VisitLedger for Db<C> {
    fn save_visit(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        visit: &Visit,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO visits (site, session, visitor, highest, seen, missing, last_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site, session, visitor) DO UPDATE SET \
                   highest = excluded.highest, seen = excluded.seen, missing = excluded.missing, \
                   last_at = excluded.last_at";
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().save_visit((site, visitor), session, visit);
            return Ok(());
        }
        let seen = seen(visit);
        let (session, visitor, missing) = (session.as_bytes(), visitor.as_bytes(), bytes(visit)?);
        let last_at = visit.last_at.map(|at| at.0);
        self.done(sql, params![site.0, session, visitor, visit.highest, seen, missing.as_slice(), last_at])
    }

    fn recount_visits(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError> {
        for (session, visit) in self.counted(site, visitor)? {
            self.save_visit(site, visitor, session, &visit)?;
        }
        Ok(())
    }
}

impl<C: Connection> VisitView for Db<C> {
    fn visit(&self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<Visit, StoreError> {
        self.known(
            |ahead| ahead.visit((site, visitor), session),
            |db| db.stored_visit(site, visitor, session),
            |ahead, found| ahead.know_visit((site, visitor), session, found),
        )
    }

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
    fn stored_visit(&self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<Visit, StoreError> {
        let sql = "SELECT highest, missing, last_at FROM visits WHERE site = ?1 AND session = ?2 AND visitor = ?3";
        match self.one(sql, params![site.0, session.as_bytes(), visitor.as_bytes()], |row| visit(row, 0))? {
            None => Ok(Visit::default()),
            Some(Some(known)) => Ok(known),
            Some(None) => Ok(self.counted(site, visitor)?.remove(&session).unwrap_or_default()),
        }
    }

    /// All visits of a browser, read off its signals.
    fn counted(&self, site: SiteId, visitor: VisitorId) -> Result<BTreeMap<SessionId, Visit>, StoreError> {
        let sql = "SELECT session, seq, at FROM signals WHERE site = ?1 AND visitor = ?2 AND seq BETWEEN 1 AND ?3";
        let came = self.rows(sql, params![site.0, visitor.as_bytes(), LAST_NUMBER], |row| {
            Ok((SessionId::from_bytes(row.get(0)?), row.get(1)?, millis(row, 2)?))
        })?;
        let mut visits: BTreeMap<SessionId, Visit> = BTreeMap::new();
        for (session, number, at) in came {
            visits.entry(session).or_default().add(number, at);
        }
        Ok(visits)
    }
}

/// Highest, missing and last instant of a visit, in three columns; none when the missing ones are not known yet.
pub(crate) fn visit(row: &Row<'_>, at: usize) -> Result<Option<Visit>, StoreError> {
    let (highest, last_at) = (row.get(at)?, maybe_millis(row, at + 2)?);
    let missing = row.get::<Option<Vec<u8>>>(at + 1)?.map(|bytes| set(&bytes)).transpose()?;
    Ok(missing.map(|missing| Visit { highest, missing, last_at }))
}

/// How many different numbers are here.
pub(crate) fn seen(visit: &Visit) -> i64 {
    i64::try_from(u64::from(visit.highest) - visit.missing.len()).unwrap_or(i64::MAX)
}

/// Nothing for an empty set, which is what nearly all visits have.
pub(crate) fn bytes(visit: &Visit) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    if !visit.missing.is_empty() {
        // Made anew, so that equal sets have equal bytes, however each came about.
        let mut missing: RoaringBitmap = visit.missing.iter().collect();
        missing.optimize();
        missing.serialize_into(&mut bytes).map_err(|error| StoreError::Broken(error.to_string()))?;
    }
    Ok(bytes)
}

fn set(bytes: &[u8]) -> Result<RoaringBitmap, StoreError> {
    if bytes.is_empty() {
        return Ok(RoaringBitmap::new());
    }
    RoaringBitmap::deserialize_from(bytes).map_err(|error| StoreError::Broken(error.to_string()))
}
