//! What leads and browsers did, for a dry run of a workflow.

use super::chat::{conversation, conversations_of, facts_of, messages_of};
use super::custom_value::custom_values_of;
use super::identity::span;
use super::meeting::meeting_facts_of;
use super::routing::types_of;
use super::row::{bucket, category, detail, kind, millis};
use super::table::Conditions;
use super::tag::tags_of;
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{Bucket, LeadId, Millis, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{PastSignal, Span, StoreError, UnnamedBrowser, WorkflowHistoryView, span_at};
use std::collections::BTreeMap;

impl<C: Connection> WorkflowHistoryView for Db<C> {
    fn fetch_histories(&self, leads: &[LeadId], from: Millis) -> Result<(), StoreError> {
        if !self.0.reads_from_afar() {
            return Ok(());
        }
        let of_lead = |lead: &LeadId| {
            let lead = *lead;
            let (signals, facts, meetings) = (signals_of(lead, from), facts_of(lead), meeting_facts_of(lead));
            let (types, buckets, tags) = (types_of(lead), buckets_of(lead), tags_of(lead));
            [signals, facts, meetings, types, buckets, tags, custom_values_of(lead), conversations_of(lead)]
        };
        self.0.fetch_by_key(leads.iter().flat_map(of_lead).collect())?;
        let mut messages = Vec::new();
        for lead in leads {
            let conversations = self.read_rows(&conversations_of(*lead), conversation)?;
            messages.extend(conversations.into_iter().map(|conversation| messages_of(conversation.id)));
        }
        self.0.fetch_by_key(messages)
    }

    fn past_signals(&self, lead: LeadId, from: Millis) -> Result<Vec<PastSignal>, StoreError> {
        self.read_rows(&signals_of(lead, from), |row| past_signal(row, 0))
    }

    fn past_buckets(&self, lead: LeadId) -> Result<Vec<(Millis, Bucket)>, StoreError> {
        self.read_rows(&buckets_of(lead), |row| Ok((millis(row, 0)?, bucket(row, 1)?)))
    }

    fn browsers_since(&self, site: SiteId, from: Millis, limit: u32) -> Result<Vec<VisitorId>, StoreError> {
        let sql =
            "SELECT DISTINCT visitor FROM arrivals WHERE site = ?1 AND received_at >= ?2 ORDER BY visitor LIMIT ?3";
        self.rows(sql, params![site.0, from.0, limit], |row| row.get(0).map(VisitorId::from_bytes))
    }

    fn unnamed_browsers(
        &self,
        site: SiteId,
        visitors: &[VisitorId],
        from: Millis,
    ) -> Result<Vec<UnnamedBrowser>, StoreError> {
        if visitors.is_empty() {
            return Ok(Vec::new());
        }
        let spans = self.spans_of_browsers(site, visitors)?;
        let unnamed: Vec<&VisitorId> = spans.iter().filter(|(_, spans)| is_unnamed(spans)).map(|(id, _)| id).collect();
        if unnamed.is_empty() {
            return Ok(Vec::new());
        }
        let mut wanted = Conditions::new("");
        let (on, from) = (wanted.given(site.0), wanted.given(from.0));
        let ids = wanted.ids(unnamed.into_iter().map(VisitorId::as_bytes));
        let sql = format!(
            "SELECT {PAST_SIGNAL}, s.visitor FROM signals s WHERE s.site = {on} AND s.visitor IN ({ids}) \
             AND s.received_at >= {from} ORDER BY s.visitor, s.received_at, s.at, s.id"
        );
        let mut found: BTreeMap<VisitorId, UnnamedBrowser> = BTreeMap::new();
        for (visitor, signal) in self.rows(&sql, &wanted.params, |row| Ok((visitor(row)?, past_signal(row, 0)?)))? {
            let of_browser = spans.get(&visitor).map(Vec::as_slice).unwrap_or_default();
            let Some(span) = of_browser.get(span_at(of_browser, signal.at)).filter(|span| span.lead.is_none()) else {
                continue;
            };
            let browser = || UnnamedBrowser { site, visitor, evidence: span.evidence.clone(), signals: Vec::new() };
            found.entry(visitor).or_insert_with(browser).signals.push(signal);
        }
        Ok(found.into_values().collect())
    }
}

impl<C: Connection> Db<C> {
    /// The spans of some browsers of a site, oldest first.
    fn spans_of_browsers(
        &self,
        site: SiteId,
        visitors: &[VisitorId],
    ) -> Result<BTreeMap<VisitorId, Vec<Span>>, StoreError> {
        let mut wanted = Conditions::new("");
        let on = wanted.given(site.0);
        let ids = wanted.ids(visitors.iter().map(VisitorId::as_bytes));
        let sql = format!(
            "SELECT site, visitor, from_at, lead, evidence FROM spans WHERE site = {on} AND visitor IN ({ids}) \
             ORDER BY visitor, from_at"
        );
        let mut found: BTreeMap<VisitorId, Vec<Span>> = BTreeMap::new();
        for one in self.rows(&sql, &wanted.params, span)? {
            found.entry(one.visitor).or_default().push(one);
        }
        Ok(found)
    }
}

fn is_unnamed(spans: &[Span]) -> bool {
    spans.iter().any(|span| span.lead.is_none())
}

/// The columns of a signal `s`; of the details only those with a name that workflows ask for.
const PAST_SIGNAL: &str =
    "s.id, s.at, s.received_at, s.kind, s.category, CASE WHEN s.kind IN (4, 9) THEN s.detail ELSE '' END";

/// The signals of a lead that arrived from an instant on, each of the lead whose the browser was then.
fn signals_of(lead: LeadId, from: Millis) -> Query {
    let sql = format!(
        "SELECT {PAST_SIGNAL} FROM spans p CROSS JOIN signals s WHERE p.lead = ?1 AND s.site = p.site \
         AND s.visitor = p.visitor AND s.received_at >= ?2 AND s.at >= p.from_at AND NOT EXISTS (SELECT 1 FROM spans n \
         WHERE n.site = p.site AND n.visitor = p.visitor AND n.from_at > p.from_at AND n.from_at <= s.at) \
         ORDER BY s.received_at, s.at, s.id"
    );
    Query::new(Scope::of("signals", lead.as_bytes()), sql, params![lead.as_bytes(), from.0])
}

fn buckets_of(lead: LeadId) -> Query {
    let sql = "SELECT at, to_bucket FROM bucket_changes WHERE lead = ?1 ORDER BY at";
    Query::of("bucket_changes", lead.as_bytes(), sql)
}

fn visitor(row: &Row<'_>) -> Result<VisitorId, StoreError> {
    row.get(6).map(VisitorId::from_bytes)
}

fn past_signal(row: &Row<'_>, first: usize) -> Result<PastSignal, StoreError> {
    let kind = kind(row, first + 3)?;
    let name = match kind {
        SignalType::FormSubmit => {
            let detail = detail(row, first + 5)?.read();
            if detail.form.is_empty() { detail.name } else { detail.form }
        }
        SignalType::LinkClick => detail(row, first + 5)?.read().name,
        _ => String::new(),
    };
    Ok(PastSignal {
        id: SignalId::from_bytes(row.get(first)?),
        at: millis(row, first + 1)?,
        received_at: millis(row, first + 2)?,
        kind,
        category: category(row, first + 4)?,
        name,
    })
}
