//! What facts say of a person, as far as it had arrived.

use super::record::{LEAD, lead};
use super::row::{detail, millis};
use super::{Connection, Db, params};
use knock_intent::Weighed;
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{Lead, PersonFacts, StoreError};

impl<C: Connection> PersonFacts for Db<C> {
    fn signals_of(&self, lead: LeadId, by: Millis) -> Result<Vec<Weighed>, StoreError> {
        let mut signals = Vec::new();
        for (span, to) in self.spans_with_ends(lead)? {
            signals.extend(self.weighed_by(span.site, span.visitor, (span.from_at, to), by)?);
        }
        signals.sort_by_key(|signal| (signal.at, signal.id));
        Ok(signals)
    }

    fn visitors_of(&self, lead: LeadId, by: Millis) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM (SELECT DISTINCT p.site, p.visitor FROM spans p WHERE p.lead = ?1 AND EXISTS (\
                   SELECT 1 FROM signals s WHERE s.site = p.site AND s.visitor = p.visitor AND s.at >= p.from_at \
                   AND s.received_at <= ?2 AND s.at < COALESCE((SELECT MIN(n.from_at) FROM spans n \
                   WHERE n.site = p.site AND n.visitor = p.visitor AND n.from_at > p.from_at), ?3))) browsers";
        self.one(sql, params![lead.as_bytes(), by.0, i64::MAX], |row| row.get(0)).map(Option::unwrap_or_default)
    }

    fn name_of(&self, lead: LeadId, by: Millis) -> Result<String, StoreError> {
        let sql = "SELECT s.detail FROM claims c JOIN signals s \
                   ON s.site = c.site AND s.visitor = c.visitor AND s.id = c.cause \
                   WHERE c.lead = ?1 AND s.received_at <= ?2 ORDER BY c.at DESC, c.cause DESC";
        self.first(sql, params![lead.as_bytes(), by.0], |row| {
            let name = detail(row, 0)?.person;
            Ok(Some(name).filter(|name| !name.is_empty()))
        })
        .map(Option::unwrap_or_default)
    }

    fn claimed(&self, lead: LeadId) -> Result<Option<(Millis, Millis)>, StoreError> {
        let sql = "SELECT MIN(at), MAX(at) FROM claims WHERE lead = ?1 HAVING COUNT(*) > 0";
        self.one(sql, params![lead.as_bytes()], |row| Ok((millis(row, 0)?, millis(row, 1)?)))
    }

    fn everybody_of(&self, account: AccountId) -> Result<Vec<Lead>, StoreError> {
        self.rows(&format!("{LEAD} WHERE account = ?1"), params![account.as_bytes()], lead)
    }
}
