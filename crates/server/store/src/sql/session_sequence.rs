//! Sessions: how far their numbers went, and which are missing.

use super::row::{maybe_millis, millis};
use super::{Connection, Db, Row, params};
use knock_model::{Millis, SessionId, SiteId, VisitorId};
use knock_ports::{Gaps, LAST_NUMBER, SequenceLedger, SequenceView, SessionSequence, StoreError};
use roaring::RoaringBitmap;
use std::collections::BTreeMap;

impl<C: Connection> SequenceLedger for Db<C> {
    fn save_sequence(
        &mut self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
        sequence: &SessionSequence,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO session_sequences (site, session, visitor, highest, seen, missing, last_at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site, session, visitor) DO UPDATE SET \
                   highest = excluded.highest, seen = excluded.seen, missing = excluded.missing, \
                   last_at = excluded.last_at";
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().save_sequence((site, visitor), session, sequence);
            return Ok(());
        }
        let seen = seen(sequence);
        let (session, visitor, missing) = (session.as_bytes(), visitor.as_bytes(), bytes(sequence)?);
        let last_at = sequence.last_at.map(|at| at.0);
        self.done(sql, params![site.0, session, visitor, sequence.highest, seen, missing.as_slice(), last_at])
    }

    fn recount_sequences(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError> {
        for (session, sequence) in self.counted(site, visitor)? {
            self.save_sequence(site, visitor, session, &sequence)?;
        }
        Ok(())
    }
}

impl<C: Connection> SequenceView for Db<C> {
    fn sequence(&self, site: SiteId, visitor: VisitorId, session: SessionId) -> Result<SessionSequence, StoreError> {
        self.known(
            |ahead| ahead.sequence((site, visitor), session),
            |db| db.stored_sequence(site, visitor, session),
            |ahead, found| ahead.know_sequence((site, visitor), session, found),
        )
    }

    fn gaps(&self, since: Millis) -> Result<Vec<Gaps>, StoreError> {
        // The id of a session begins with its instant.
        let from = SessionId::new(since, &[0; 10]);
        let sql = "SELECT v.site, CAST(SUM(v.highest) AS BIGINT), CAST(SUM(v.highest - v.seen) AS BIGINT) FROM sites s \
                   JOIN session_sequences v ON v.site = s.id AND v.session >= ?1 GROUP BY v.site ORDER BY v.site";
        self.rows(sql, params![from.as_bytes()], |row| {
            let (numbered, missing) = (row.get::<i64>(1)?, row.get::<i64>(2)?);
            Ok(Gaps { site: SiteId(row.get(0)?), numbered: numbered.unsigned_abs(), missing: missing.unsigned_abs() })
        })
    }
}

impl<C: Connection> Db<C> {
    fn stored_sequence(
        &self,
        site: SiteId,
        visitor: VisitorId,
        session: SessionId,
    ) -> Result<SessionSequence, StoreError> {
        let sql =
            "SELECT highest, missing, last_at FROM session_sequences WHERE site = ?1 AND session = ?2 AND visitor = ?3";
        match self.one(sql, params![site.0, session.as_bytes(), visitor.as_bytes()], |row| sequence(row, 0))? {
            None => Ok(SessionSequence::default()),
            Some(Some(known)) => Ok(known),
            Some(None) => Ok(self.counted(site, visitor)?.remove(&session).unwrap_or_default()),
        }
    }

    /// All sessions of a browser, read off its signals.
    fn counted(&self, site: SiteId, visitor: VisitorId) -> Result<BTreeMap<SessionId, SessionSequence>, StoreError> {
        let sql = "SELECT session, seq, at FROM signals WHERE site = ?1 AND visitor = ?2 AND seq BETWEEN 1 AND ?3";
        let came = self.rows(sql, params![site.0, visitor.as_bytes(), LAST_NUMBER], |row| {
            Ok((SessionId::from_bytes(row.get(0)?), row.get(1)?, millis(row, 2)?))
        })?;
        let mut sequences: BTreeMap<SessionId, SessionSequence> = BTreeMap::new();
        for (session, number, at) in came {
            sequences.entry(session).or_default().add(number, at);
        }
        Ok(sequences)
    }
}

/// Highest, missing and last instant of a session, in three columns; none when the missing ones are not known yet.
pub(crate) fn sequence(row: &Row<'_>, at: usize) -> Result<Option<SessionSequence>, StoreError> {
    let (highest, last_at) = (row.get(at)?, maybe_millis(row, at + 2)?);
    let missing = row.get::<Option<Vec<u8>>>(at + 1)?.map(|bytes| set(&bytes)).transpose()?;
    Ok(missing.map(|missing| SessionSequence { highest, missing, last_at }))
}

/// The number of distinct received numbers.
pub(crate) fn seen(sequence: &SessionSequence) -> i64 {
    i64::try_from(u64::from(sequence.highest) - sequence.missing.len()).unwrap_or(i64::MAX)
}

/// The stored form; empty for an empty set, which nearly all sessions have.
pub(crate) fn bytes(sequence: &SessionSequence) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    if !sequence.missing.is_empty() {
        // Made anew, so that equal sets have equal bytes, however each came about.
        let mut missing: RoaringBitmap = sequence.missing.iter().collect();
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
