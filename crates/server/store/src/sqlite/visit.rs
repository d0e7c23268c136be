//! Visits: how far their numbers went, and which are missing.

use super::{Db, broken};
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Gaps, LAST_NUMBER, Numbers, StoreError, VisitLedger, VisitView};
use roaring::RoaringBitmap;
use rusqlite::params;
use std::collections::BTreeMap;

impl VisitLedger for Db<'_> {
    fn extend_visit(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        from: u32,
        to: u32,
    ) -> Result<bool, StoreError> {
        // The first number begins a visit; any other goes on with one.
        let sql = if from == 1 {
            "INSERT INTO visits (site, visitor, session, highest, seen, missing) VALUES (?1, ?2, ?3, ?4, ?4, x'') \
             ON CONFLICT DO NOTHING"
        } else {
            "UPDATE visits SET highest = ?4, seen = seen + ?4 - highest \
             WHERE site = ?1 AND visitor = ?2 AND session = ?3 AND highest = ?5 - 1"
        };
        let mut run = self.0.prepare_cached(sql).map_err(broken)?;
        let (visitor, session) = (visitor.as_bytes(), session.as_bytes());
        let rows = if from == 1 {
            run.execute(params![site.0, visitor, session, to])
        } else {
            run.execute(params![site.0, visitor, session, to, from])
        };
        rows.map(|rows| rows == 1).map_err(broken)
    }

    fn numbers(&mut self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<Numbers, StoreError> {
        let sql = "SELECT highest, missing FROM visits WHERE site = ?1 AND visitor = ?2 AND session = ?3";
        let of = params![site.0, visitor.as_bytes(), session.as_bytes()];
        let row = self.one(sql, of, |row| Ok((row.get(0)?, row.get::<_, Option<Vec<u8>>>(1)?)))?;
        match row {
            None => Ok(Numbers::default()),
            Some((highest, Some(missing))) => Ok(Numbers { highest, missing: set(&missing)? }),
            Some((_, None)) => Ok(self.counted(site, visitor)?.remove(&session).unwrap_or_default()),
        }
    }

    fn save_numbers(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        numbers: &Numbers,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO visits (site, visitor, session, highest, seen, missing) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT (site, visitor, session) DO UPDATE SET highest = excluded.highest, \
                   seen = excluded.seen, missing = excluded.missing";
        let seen = u64::from(numbers.highest) - numbers.missing.len();
        let (highest, seen, missing) = (numbers.highest, i64::try_from(seen).unwrap_or(i64::MAX), bytes(numbers)?);
        self.done(sql, params![site.0, visitor.as_bytes(), session.as_bytes(), highest, seen, missing])
    }

    fn recount_visits(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError> {
        for (session, numbers) in self.counted(site, visitor)? {
            self.save_numbers(site, visitor, session, &numbers)?;
        }
        Ok(())
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

impl Db<'_> {
    /// The numbers of all visits of a browser, read off its signals.
    fn counted(&self, site: SiteId, visitor: VisitorId) -> Result<BTreeMap<SessionId, Numbers>, StoreError> {
        let sql = "SELECT DISTINCT session, seq FROM signals WHERE site = ?1 AND visitor = ?2 AND seq BETWEEN 1 AND ?3";
        let came = self.rows(sql, params![site.0, visitor.as_bytes(), LAST_NUMBER], |row| {
            Ok((SessionId::from_bytes(row.get(0)?), row.get::<_, u32>(1)?))
        })?;
        let mut visits: BTreeMap<SessionId, RoaringBitmap> = BTreeMap::new();
        for (session, number) in came {
            visits.entry(session).or_default().insert(number);
        }
        let counted = visits.into_iter().map(|(session, came)| {
            let mut numbers = Numbers::default();
            numbers.add(&came);
            (session, numbers)
        });
        Ok(counted.collect())
    }
}

/// Nothing for an empty set, which is what nearly all visits have.
fn bytes(numbers: &Numbers) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    if !numbers.missing.is_empty() {
        // Made anew, so that equal sets have equal bytes, however each came about.
        let mut missing: RoaringBitmap = numbers.missing.iter().collect();
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
