//! Signals that are no longer kept, and what is carried over of them.

use super::row::{bucket, category, detail, evidence, json, maybe_bucket, millis, number, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_intent::{Change, Weighed};
use knock_model::{LeadId, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{Arrival, CarryOver, ExpiredSignal, PageView, Past, RetentionLedger, RetentionView, StoreError};

/// The history of a bucket is folded again from here on.
pub(super) const HORIZON: &str = "COALESCE((SELECT MAX(at) FROM horizons), 0)";

/// A session of a browser that goes on is kept whole.
const OUTLIVED: &str = "site = ?1 AND visitor = ?2 AND received_at < ?3 AND session NOT IN \
     (SELECT session FROM signals WHERE site = ?1 AND visitor = ?2 AND received_at >= ?3)";

impl<C: Connection> RetentionLedger for Db<C> {
    fn move_horizon(&mut self, at: Millis) -> Result<(), StoreError> {
        let sql = format!("INSERT INTO horizons (at) SELECT CAST(?1 AS BIGINT) WHERE {HORIZON} < ?1");
        self.done(&sql, params![at.0])
    }

    fn drop_outlived(&mut self, site: SiteId, visitor: VisitorId, before: Millis) -> Result<u64, StoreError> {
        let of = params![site.0, visitor.as_bytes(), before.0];
        let sequences = format!("SELECT session FROM signals WHERE {OUTLIVED}");
        self.done(
            &format!("DELETE FROM session_sequences WHERE site = ?1 AND visitor = ?2 AND session IN ({sequences})"),
            of,
        )?;
        self.delete_signals(site, visitor, OUTLIVED, of)
    }

    fn keep_name(&mut self, site: SiteId, visitor: VisitorId, cause: SignalId, name: &str) -> Result<(), StoreError> {
        let sql = "UPDATE claims SET person = ?4 WHERE site = ?1 AND visitor = ?2 AND cause = ?3";
        self.done(sql, params![site.0, visitor.as_bytes(), cause.as_bytes(), name])
    }

    fn save_carry_over(&mut self, carried: &CarryOver) -> Result<(), StoreError> {
        let sql = "INSERT INTO carry_overs (site, visitor, from_at, evidence, signals, first_at, last_at, first_view) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (site, visitor, from_at) DO UPDATE SET \
                   evidence = excluded.evidence, signals = excluded.signals, first_at = excluded.first_at, \
                   last_at = excluded.last_at, first_view = excluded.first_view";
        let view = carried.first_view.as_ref().map(to_json).transpose()?;
        let (site, visitor, from_at) = (carried.site.0, carried.visitor.as_bytes(), carried.from_at.0);
        let (first_at, last_at, view) = (carried.first_at.0, carried.last_at.0, view.as_deref());
        let evidence = carried.evidence.to_text();
        self.done(sql, params![site, visitor, from_at, &evidence, carried.signals, first_at, last_at, view])
    }
}

impl<C: Connection> RetentionView for Db<C> {
    fn arrivals_after(&self, past: Option<Arrival>, before: Millis, limit: u32) -> Result<Vec<Arrival>, StoreError> {
        let start = Arrival { site: SiteId(i64::MIN), at: Millis(i64::MIN), visitor: VisitorId::from_bytes([0; 16]) };
        let past = past.unwrap_or(start);
        let sites = "SELECT id FROM sites WHERE id >= ?1 ORDER BY id";
        let sql = "SELECT received_at, visitor FROM arrivals WHERE site = ?1 AND received_at < ?2 \
                   AND (received_at, visitor) > (?3, ?4) ORDER BY received_at, visitor LIMIT ?5";
        for site in self.rows(sites, params![past.site.0], |row| row.get(0).map(SiteId))? {
            let past = if site == past.site { past } else { start };
            let visitor = past.visitor.as_bytes();
            let found = self.rows(sql, params![site.0, before.0, past.at.0, visitor, limit], |row| {
                Ok(Arrival { site, at: millis(row, 0)?, visitor: VisitorId::from_bytes(row.get(1)?) })
            })?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn expired(&self, site: SiteId, visitor: VisitorId, before: Millis) -> Result<Vec<ExpiredSignal>, StoreError> {
        let sql = format!("SELECT id, at, category, strength, kind, session, detail FROM signals WHERE {OUTLIVED}");
        self.rows(&sql, params![site.0, visitor.as_bytes(), before.0], expired)
    }
}

impl<C: Connection> Db<C> {
    /// See [`knock_ports::PersonFacts::horizon`].
    pub(super) fn last_horizon(&self) -> Result<Millis, StoreError> {
        Ok(self.one(&format!("SELECT {HORIZON}"), &[], |row| millis(row, 0))?.unwrap_or_default())
    }

    /// See [`knock_ports::PersonFacts::carried`].
    pub(super) fn carry_overs(
        &self,
        site: SiteId,
        visitor: VisitorId,
        range: (Millis, Millis),
    ) -> Result<Vec<CarryOver>, StoreError> {
        self.answers(&carried(site, visitor, range), |row| {
            Ok(CarryOver {
                site,
                visitor,
                from_at: millis(row, 0)?,
                evidence: evidence(row, 1)?,
                signals: row.get(2)?,
                first_at: millis(row, 3)?,
                last_at: millis(row, 4)?,
                first_view: if row.get::<Option<String>>(5)?.is_some() { Some(json(row, 5)?) } else { None },
            })
        })
    }

    /// See [`knock_ports::PersonFacts::past_of`].
    pub(super) fn past(&self, lead: LeadId) -> Result<Past, StoreError> {
        let mut past = Past { horizon: self.last_horizon()?, ..Past::default() };
        if past.horizon == Millis(0) {
            return Ok(past);
        }
        for (span, to) in self.spans_with_ends(lead)? {
            for carried in self.carry_overs(span.site, span.visitor, (span.from_at, to))? {
                past.evidence.merge(&carried.evidence);
                past.signals += carried.signals;
                let (first, last) = past.seen.unwrap_or((carried.first_at, carried.last_at));
                past.seen = Some((first.min(carried.first_at), last.max(carried.last_at)));
            }
        }
        past.changes = self.changes_between(lead, Millis(i64::MIN), past.horizon)?;
        Ok(past)
    }

    /// The changes of a person's bucket from `from` up to but not including `to`.
    pub(super) fn changes_between(&self, lead: LeadId, from: Millis, to: Millis) -> Result<Vec<Change>, StoreError> {
        let sql = "SELECT at, from_bucket, to_bucket, cause FROM bucket_changes \
                   WHERE lead = ?1 AND at >= ?2 AND at < ?3 ORDER BY at";
        self.rows(sql, params![lead.as_bytes(), from.0, to.0], |row| {
            Ok(Change {
                at: millis(row, 0)?,
                from: maybe_bucket(row, 1)?,
                to: bucket(row, 2)?,
                cause: row.get::<Option<[u8; 16]>>(3)?.map(SignalId::from_bytes),
            })
        })
    }
}

fn expired(row: &Row<'_>) -> Result<ExpiredSignal, StoreError> {
    let at = millis(row, 1)?;
    let weighed =
        Weighed { id: SignalId::from_bytes(row.get(0)?), at, category: category(row, 2)?, strength: row.get(3)? };
    let kind = row.get::<i64>(4)?;
    let detail = detail(row, 6)?.read();
    let session = SessionId::from_bytes(row.get(5)?);
    let is_view = kind == number(SignalType::PageView.index());
    let view = PageView { at, session, url: detail.url, referrer: detail.referrer, client: detail.client };
    Ok(ExpiredSignal { weighed, view: Some(view).filter(|_| is_view), person: detail.person })
}

/// The query for the summaries carried over for a browser from an instant up to but not including another.
pub(super) fn carried(site: SiteId, visitor: VisitorId, (from, to): (Millis, Millis)) -> Query {
    let sql = "SELECT from_at, evidence, signals, first_at, last_at, first_view FROM carry_overs \
               WHERE site = ?1 AND visitor = ?2 AND from_at >= ?3 AND from_at < ?4 ORDER BY from_at";
    let params = params![site.0, visitor.as_bytes(), from.0, to.0];
    Query::new(Scope::of("carry_overs", visitor.as_bytes()), sql, params)
}
