//! Spans: whose signals are whose.

use super::row::{evidence, millis};
use super::{Connection, Db, Query, Row, params};
use knock_identity::Claim;
use knock_model::{LeadId, Millis, SignalId, SiteId, VisitorId};
use knock_ports::{IdentityLedger, IdentityView, Span, StoreError};

impl<C: Connection> IdentityLedger for Db<C> {
    fn append_claim(&mut self, site: SiteId, visitor: VisitorId, claim: Claim) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.claims_on_sites(visitor)?;
            ahead.borrow_mut().append_claim((site, visitor), claim);
            return Ok(());
        }
        let sql =
            "INSERT INTO claims (site, visitor, cause, at, lead) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
        let (cause, lead) = (claim.cause.as_bytes(), claim.lead.as_bytes());
        self.done(sql, params![site.0, visitor.as_bytes(), cause, claim.at.0, lead])
    }

    fn forget_spans(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.0.read_ahead()?;
            ahead.borrow_mut().forget_spans((site, visitor));
            return Ok(());
        }
        self.done("DELETE FROM spans WHERE site = ?1 AND visitor = ?2", params![site.0, visitor.as_bytes()])
    }

    fn save_span(&mut self, span: &Span) -> Result<(), StoreError> {
        if let Some(ahead) = self.0.ahead() {
            self.spans_on_site(span.site, span.visitor)?;
            ahead.borrow_mut().save_span(span);
            return Ok(());
        }
        let sql = "INSERT INTO spans (site, visitor, from_at, lead, evidence) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (site, visitor, from_at) DO UPDATE SET lead = excluded.lead, evidence = excluded.evidence";
        let lead = span.lead.as_ref().map(LeadId::as_bytes);
        self.done(sql, params![span.site.0, span.visitor.as_bytes(), span.from_at.0, lead, &span.evidence.to_text()])
    }
}

impl<C: Connection> IdentityView for Db<C> {
    fn spans_of_visitor(&self, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError> {
        self.spans_on_site(site, visitor)
    }

    fn spans_of_lead(&self, lead: LeadId) -> Result<Vec<(Span, Millis)>, StoreError> {
        self.spans_with_ends(lead)
    }

    fn sites_of_visitor(&self, visitor: VisitorId) -> Result<Vec<SiteId>, StoreError> {
        let sql = "SELECT DISTINCT site FROM spans WHERE visitor = ?1 ORDER BY site";
        self.rows(sql, params![visitor.as_bytes()], |row| row.get(0).map(SiteId))
    }

    fn claims(&self, visitor: VisitorId) -> Result<Vec<Claim>, StoreError> {
        Ok(self.claims_on_sites(visitor)?.into_iter().map(|(_, claim)| claim).collect())
    }
}

impl<C: Connection> Db<C> {
    fn spans_on_site(&self, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError> {
        let sql = "SELECT site, visitor, from_at, lead, evidence FROM spans \
                   WHERE site = ?1 AND visitor = ?2 ORDER BY from_at";
        self.known(
            |ahead| ahead.spans((site, visitor)),
            |db| db.rows(sql, params![site.0, visitor.as_bytes()], span),
            |ahead, found| ahead.know_spans((site, visitor), found),
        )
    }

    /// The claims on a browser with the site each came from, by instant and cause.
    fn claims_on_sites(&self, visitor: VisitorId) -> Result<Vec<(SiteId, Claim)>, StoreError> {
        let sql = "SELECT cause, at, lead, site FROM claims WHERE visitor = ?1 ORDER BY at, cause";
        self.known(
            |ahead| ahead.claims(visitor),
            |db| db.rows(sql, params![visitor.as_bytes()], |row| Ok((SiteId(row.get(3)?), claim(row)?))),
            |ahead, found| ahead.know_claims(visitor, found),
        )
    }

    /// The spans of a person with where each ends.
    pub(super) fn spans_with_ends(&self, lead: LeadId) -> Result<Vec<(Span, Millis)>, StoreError> {
        self.answers(&of_lead(lead), span_with_end)
    }
}

/// The spans of a person, each with the instant at which it ends.
pub(crate) fn of_lead(lead: LeadId) -> Query {
    let sql = "SELECT p.site, p.visitor, p.from_at, p.lead, p.evidence, \
               (SELECT MIN(n.from_at) FROM spans n \
                WHERE n.site = p.site AND n.visitor = p.visitor AND n.from_at > p.from_at) \
               FROM spans p WHERE p.lead = ?1 ORDER BY p.site, p.visitor, p.from_at";
    Query::of("spans", lead.as_bytes(), sql)
}

pub(crate) fn span_with_end(row: &Row<'_>) -> Result<(Span, Millis), StoreError> {
    Ok((span(row)?, Millis(row.get::<Option<i64>>(5)?.unwrap_or(i64::MAX))))
}

/// Cause, instant and person of a claim.
pub(crate) fn claim(row: &Row<'_>) -> Result<Claim, StoreError> {
    Ok(Claim { cause: SignalId::from_bytes(row.get(0)?), at: millis(row, 1)?, lead: LeadId::from_bytes(row.get(2)?) })
}

pub(crate) fn span(row: &Row<'_>) -> Result<Span, StoreError> {
    Ok(Span {
        site: SiteId(row.get(0)?),
        visitor: VisitorId::from_bytes(row.get(1)?),
        from_at: millis(row, 2)?,
        lead: row.get::<Option<[u8; 16]>>(3)?.map(LeadId::from_bytes),
        evidence: evidence(row, 4)?,
    })
}
