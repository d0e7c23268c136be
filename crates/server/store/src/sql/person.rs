//! Facts about a person, as of an instant of arrival.

use super::record::{LEAD, lead};
use super::row::{detail, millis, number};
use super::{Connection, Db, Query, params};
use knock_intent::Weighed;
use knock_model::{AccountId, LeadId, Millis, PersonName, SessionId, SignalType, SiteId, Trust, VisitorId};
use knock_ports::{AddressProof, CarryOver, Lead, PageView, Past, PersonFacts, Span, StoreError};
use std::collections::BTreeSet;

/// The claims among which the proofs of an address are looked for: a page may identify its visitor with every view.
const MOST_CLAIMS: u32 = 500;

impl<C: Connection> PersonFacts for Db<C> {
    fn signals_of(&self, lead: LeadId, by: Millis) -> Result<Vec<Weighed>, StoreError> {
        let mut signals = Vec::new();
        for (span, to) in self.spans_with_ends(lead)? {
            signals.extend(self.weighed_by(span.site, span.visitor, (span.from_at, to), by)?);
        }
        signals.sort_by_key(|signal| (signal.at, signal.id));
        Ok(signals)
    }

    fn past_of(&self, lead: LeadId) -> Result<Past, StoreError> {
        self.past(lead)
    }

    fn carried(
        &self,
        site: SiteId,
        visitor: VisitorId,
        from: Millis,
        to: Millis,
    ) -> Result<Vec<CarryOver>, StoreError> {
        self.carry_overs(site, visitor, (from, to))
    }

    fn horizon(&self) -> Result<Millis, StoreError> {
        self.last_horizon()
    }

    fn visitors_of(&self, lead: LeadId, by: Millis) -> Result<i64, StoreError> {
        let end = "COALESCE((SELECT MIN(n.from_at) FROM spans n \
                   WHERE n.site = p.site AND n.visitor = p.visitor AND n.from_at > p.from_at), ?3)";
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT DISTINCT p.site, p.visitor FROM spans p WHERE p.lead = ?1 AND (EXISTS (\
                   SELECT 1 FROM signals s WHERE s.site = p.site AND s.visitor = p.visitor AND s.at >= p.from_at \
                   AND s.received_at <= ?2 AND s.at < {end}) OR EXISTS (SELECT 1 FROM carry_overs c \
                   WHERE c.site = p.site AND c.visitor = p.visitor AND c.from_at >= p.from_at AND c.from_at < {end}))) \
                   browsers"
        );
        self.one(&sql, params![lead.as_bytes(), by.0, i64::MAX], |row| row.get(0)).map(Option::unwrap_or_default)
    }

    fn name_of(&self, lead: LeadId, by: Millis) -> Result<PersonName, StoreError> {
        let sql = "SELECT c.person, s.detail FROM claims c LEFT JOIN signals s \
                   ON s.site = c.site AND s.visitor = c.visitor AND s.id = c.cause \
                   WHERE c.lead = ?1 AND (c.person <> '' OR s.received_at <= ?2) ORDER BY c.at DESC, c.cause DESC";
        self.first(sql, params![lead.as_bytes(), by.0], |row| {
            let kept = PersonName::from(row.get::<String>(0)?);
            let name = if kept.is_empty() { detail(row, 1)?.read().person } else { kept };
            Ok(Some(name).filter(|name| !name.is_empty()))
        })
        .map(Option::unwrap_or_default)
    }

    fn proofs_of(&self, lead: LeadId, by: Millis) -> Result<Vec<AddressProof>, StoreError> {
        let sql = "SELECT s.site, s.visitor, s.detail FROM claims c JOIN signals s \
                   ON s.site = c.site AND s.visitor = c.visitor AND s.id = c.cause \
                   WHERE c.lead = ?1 AND s.received_at <= ?2 ORDER BY c.at DESC, c.cause DESC LIMIT ?3";
        let said = self.rows(sql, params![lead.as_bytes(), by.0, i64::from(MOST_CLAIMS)], |row| {
            let detail = detail(row, 2)?.read();
            let proof = AddressProof {
                site: SiteId(row.get(0)?),
                visitor: VisitorId::from_bytes(row.get(1)?),
                email: detail.email,
            };
            Ok(Some(proof).filter(|_| detail.trust == Some(Trust::Verified)))
        })?;
        Ok(said.into_iter().flatten().collect())
    }

    fn first_visitor_of(&self, lead: LeadId) -> Result<Option<VisitorId>, StoreError> {
        self.read_row(&first_visitor_of(lead), |row| row.get(0).map(VisitorId::from_bytes))
    }

    fn first_view_of(&self, lead: LeadId, before: Millis) -> Result<Option<(SiteId, PageView)>, StoreError> {
        self.first_view(&self.spans_with_ends(lead)?, before)
    }

    fn has_earlier_session(&self, lead: LeadId, by: Millis) -> Result<bool, StoreError> {
        let sql = "SELECT DISTINCT session FROM signals WHERE site = ?1 AND visitor = ?2 AND at >= ?3 AND at < ?4 \
                   AND received_at <= ?5 AND kind = ?6 LIMIT 2";
        let kind = number(SignalType::PageView.index());
        let mut sessions = BTreeSet::new();
        for (Span { site, visitor, from_at, .. }, to) in self.spans_with_ends(lead)? {
            let carried = self.first_views(site, visitor, (from_at, to))?;
            sessions.extend(carried.into_iter().map(|view| view.session));
            let range = params![site.0, visitor.as_bytes(), from_at.0, to.0, by.0, kind];
            sessions.extend(self.rows(sql, range, |row| row.get(0).map(SessionId::from_bytes))?);
            if sessions.len() > 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn claimed(&self, lead: LeadId) -> Result<Option<(Millis, Millis)>, StoreError> {
        let sql = "SELECT MIN(at), MAX(at) FROM claims WHERE lead = ?1 HAVING COUNT(*) > 0";
        self.one(sql, params![lead.as_bytes()], |row| Ok((millis(row, 0)?, millis(row, 1)?)))
    }

    fn everybody_of(&self, account: AccountId) -> Result<Vec<Lead>, StoreError> {
        self.rows(&format!("{LEAD} WHERE account = ?1"), params![account.as_bytes()], lead)
    }
}

/// The first browser that a person was seen in.
pub(super) fn first_visitor_of(lead: LeadId) -> Query {
    let sql = "SELECT visitor FROM claims WHERE lead = ?1 ORDER BY at, cause LIMIT 1";
    Query::of("claims", lead.as_bytes(), sql)
}
