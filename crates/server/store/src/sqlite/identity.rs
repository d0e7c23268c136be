//! Spans: whose signals are whose.

use super::row::{column, evidence, millis, number};
use super::{Db, broken};
use knock_model::{Email, LeadId, Millis, SignalType, SiteId, VisitorId};
use knock_ports::{Detail, Identification, IdentityLedger, Span, StoreError};
use rusqlite::{Row, params};

impl IdentityLedger for Db<'_> {
    fn spans_of_visitor(&mut self, site: SiteId, visitor: VisitorId) -> Result<Vec<Span>, StoreError> {
        let sql = "SELECT site, visitor, from_at, lead, evidence FROM spans \
                   WHERE site = ?1 AND visitor = ?2 ORDER BY from_at";
        self.rows(sql, params![site.0, visitor.as_bytes()], span)
    }

    fn spans_of_lead(&mut self, lead: LeadId) -> Result<Vec<(Span, Millis)>, StoreError> {
        let sql = "SELECT p.site, p.visitor, p.from_at, p.lead, p.evidence, \
                   (SELECT MIN(n.from_at) FROM spans n \
                    WHERE n.site = p.site AND n.visitor = p.visitor AND n.from_at > p.from_at) \
                   FROM spans p WHERE p.lead = ?1 ORDER BY p.site, p.visitor, p.from_at";
        self.rows(sql, params![lead.as_bytes()], |row| {
            let end = row.get::<_, Option<i64>>(5)?.unwrap_or(i64::MAX);
            Ok((span(row)?, Millis(end)))
        })
    }

    fn identifications(&mut self, site: SiteId, visitor: VisitorId) -> Result<Vec<Identification>, StoreError> {
        let sql = "SELECT at, detail FROM signals WHERE site = ?1 AND visitor = ?2 AND kind = ?3 ORDER BY at, id";
        let kind = number(SignalType::Identify.index());
        let found = self.rows(sql, params![site.0, visitor.as_bytes(), kind], |row| {
            let detail = column(row, 1, |text: String| serde_json::from_str::<Detail>(&text).ok())?;
            Ok((millis(row, 0)?, Email::parse(&detail.email).ok()))
        })?;
        Ok(found.into_iter().filter_map(|(at, email)| Some(Identification { at, email: email? })).collect())
    }

    fn forget_spans(&mut self, site: SiteId, visitor: VisitorId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("DELETE FROM spans WHERE site = ?1 AND visitor = ?2")
            .and_then(|mut delete| delete.execute(params![site.0, visitor.as_bytes()]))
            .map(drop)
            .map_err(broken)
    }

    fn save_span(&mut self, span: &Span) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "INSERT INTO spans (site, visitor, from_at, lead, evidence) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT (site, visitor, from_at) DO UPDATE SET lead = excluded.lead, evidence = excluded.evidence",
            )
            .and_then(|mut insert| {
                insert.execute(params![
                    span.site.0,
                    span.visitor.as_bytes(),
                    span.from_at.0,
                    span.lead.as_ref().map(LeadId::as_bytes),
                    span.evidence.to_text(),
                ])
            })
            .map(drop)
            .map_err(broken)
    }
}

fn span(row: &Row<'_>) -> rusqlite::Result<Span> {
    Ok(Span {
        site: SiteId(row.get(0)?),
        visitor: VisitorId::from_bytes(row.get(1)?),
        from_at: millis(row, 2)?,
        lead: row.get::<_, Option<[u8; 16]>>(3)?.map(LeadId::from_bytes),
        evidence: evidence(row, 4)?,
    })
}
