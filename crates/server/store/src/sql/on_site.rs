//! Leads who are on a site now: the signals of the last half hour of those who were seen in it.

use super::row::{detail, kind, millis, number};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_intent::{LONGEST_STAY, on_site_until};
use knock_model::{LeadId, Millis, SignalType, SiteId, VisitorId};
use knock_ports::{BrowserOnSite, Detail, MOST_ON_SITE, OnSite, OnSiteView, PageSeen, StoreError};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// A signal as far as the rule reads it.
type Seen = (SignalType, Millis);

impl<C: Connection> OnSiteView for Db<C> {
    fn leads_on_site(&self, now: Millis) -> Result<Vec<OnSite>, StoreError> {
        let recent = "SELECT id FROM leads WHERE last_seen_at > ?1 ORDER BY last_seen_at DESC LIMIT ?2";
        let sql = format!("SELECT l.id, s.kind, s.at FROM ({recent}) l {} {NEWEST_FIRST}", signals_of("?1", "?3"));
        let mut signals: BTreeMap<LeadId, Vec<Seen>> = BTreeMap::new();
        self.0.each(&sql, params![(now - LONGEST_STAY).0, MOST_ON_SITE, now.0], &mut |row| {
            signals.entry(LeadId::from_bytes(row.get(0)?)).or_default().push((kind(row, 1)?, millis(row, 2)?));
            Ok(ControlFlow::Continue(()))
        })?;
        let visit = |(lead, seen)| Some(OnSite { lead, until: on_site_until(seen, now)? });
        let mut found: Vec<OnSite> = signals.into_iter().filter_map(visit).collect();
        found.sort_by_key(|visit| (Reverse(visit.until), visit.lead));
        Ok(found)
    }

    fn browsers_on_site(&self, site: Option<SiteId>, now: Millis) -> Result<Vec<BrowserOnSite>, StoreError> {
        let sites = match site {
            Some(site) => vec![site],
            None => self.rows("SELECT id FROM sites", &[], |row| row.get(0).map(SiteId))?,
        };
        let mut found = Vec::new();
        for site in sites {
            found.extend(self.browsers_on_one_site(site, now)?);
        }
        found.sort_by_key(|browser| (Reverse(browser.until), browser.visitor));
        found.truncate(usize::try_from(MOST_ON_SITE).unwrap_or(usize::MAX));
        Ok(found)
    }

    fn last_pages(
        &self,
        site: SiteId,
        visitor: VisitorId,
        since: Millis,
        limit: u32,
    ) -> Result<Vec<PageSeen>, StoreError> {
        let sql = "SELECT at, detail FROM signals WHERE site = ?1 AND visitor = ?2 AND at >= ?3 AND kind = ?4 \
                   ORDER BY at DESC, id DESC LIMIT ?5";
        let view = number(SignalType::PageView.index());
        self.rows(sql, params![site.0, visitor.as_bytes(), since.0, view, limit], |row| {
            let Detail { url, title, client, .. } = detail(row, 1)?.read();
            Ok(PageSeen {
                at: millis(row, 0)?,
                url,
                title,
                language: client.map(|client| client.language).unwrap_or_default(),
            })
        })
    }

    fn on_site_until(&self, lead: LeadId, now: Millis) -> Result<Option<Millis>, StoreError> {
        let seen =
            self.read_rows(&recent_signals_of(lead, now), |row: &Row<'_>| Ok((kind(row, 0)?, millis(row, 1)?)))?;
        Ok(on_site_until(seen, now))
    }
}

impl<C: Connection> Db<C> {
    /// The browsers with an open page of a site: by the signals of those from which some arrived in the last half hour,
    /// each read once. SQLite takes the tables of a cross join in their order.
    fn browsers_on_one_site(&self, site: SiteId, now: Millis) -> Result<Vec<BrowserOnSite>, StoreError> {
        let sql = format!(
            "SELECT s.visitor, s.kind, s.at FROM (SELECT DISTINCT visitor FROM arrivals WHERE site = ?1 \
             AND received_at > ?2 AND received_at <= ?3) a CROSS JOIN signals s WHERE s.site = ?1 \
             AND s.visitor = a.visitor AND s.at > ?2 AND s.received_at <= ?3 {NEWEST_FIRST}"
        );
        let mut signals: BTreeMap<VisitorId, Vec<Seen>> = BTreeMap::new();
        self.0.each(&sql, params![site.0, (now - LONGEST_STAY).0, now.0], &mut |row| {
            let seen = (kind(row, 1)?, millis(row, 2)?);
            signals.entry(VisitorId::from_bytes(row.get(0)?)).or_default().push(seen);
            Ok(ControlFlow::Continue(()))
        })?;
        let visit = |(visitor, seen)| Some(BrowserOnSite { site, visitor, until: on_site_until(seen, now)? });
        Ok(signals.into_iter().filter_map(visit).collect())
    }
}

/// The query for the signals of a lead that say whether they are on a site at an instant.
pub(super) fn recent_signals_of(lead: LeadId, now: Millis) -> Query {
    let sql = format!(
        "SELECT s.kind, s.at FROM leads l {} AND l.id = ?1 AND l.last_seen_at > ?2 {NEWEST_FIRST}",
        signals_of("?2", "?3")
    );
    Query::new(Scope::of("signals", lead.as_bytes()), sql, params![lead.as_bytes(), (now - LONGEST_STAY).0, now.0])
}

const NEWEST_FIRST: &str = "ORDER BY s.at DESC, s.id DESC";

/// The signals of the leads `l` after an instant that arrived by another one, each of the lead whose the browser was
/// then. SQLite takes the tables of a cross join in their order.
fn signals_of(after: &str, by: &str) -> String {
    format!(
        "CROSS JOIN spans p CROSS JOIN signals s WHERE p.lead = l.id AND s.site = p.site AND s.visitor = p.visitor \
         AND s.at > {after} AND s.received_at <= {by} AND s.at >= p.from_at AND NOT EXISTS (SELECT 1 FROM spans n \
         WHERE n.site = p.site AND n.visitor = p.visitor AND n.from_at > p.from_at AND n.from_at <= s.at)"
    )
}
