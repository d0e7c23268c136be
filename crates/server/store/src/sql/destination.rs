//! Destinations and their subscriptions.

use super::row::{json, millis, to_json};
use super::{Connection, Db, Query, Row, Scope, params};
use knock_model::{Destination, DestinationKind, EventType, Millis, SiteId};
use knock_ports::{DestinationLedger, DestinationView, Endpoint, StoreError, Subscriber};

const ENDPOINT: &str = "SELECT kind, id, settings, is_active, why_stopped, created_at, sites FROM destinations";

impl<C: Connection> DestinationLedger for Db<C> {
    fn save_endpoint(&mut self, endpoint: &Endpoint) -> Result<(), StoreError> {
        let sql = "INSERT INTO destinations (kind, id, settings, is_active, why_stopped, created_at, sites) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (kind, id) DO UPDATE SET \
                   settings = excluded.settings, is_active = excluded.is_active, why_stopped = excluded.why_stopped, \
                   sites = excluded.sites";
        let Endpoint { destination, settings, events, sites, is_active, why_stopped, created_at: Millis(created_at) } =
            endpoint;
        let (kind, id) = (destination.kind.as_str(), &destination.id);
        let sites = to_json(&sites.iter().map(|site| site.0).collect::<Vec<_>>())?;
        self.done(sql, params![kind, id, settings, i64::from(*is_active), why_stopped, *created_at, sites])?;
        self.done("DELETE FROM subscriptions WHERE kind = ?1 AND destination = ?2", params![kind, id])?;
        for event in events {
            let sql = "INSERT INTO subscriptions (event, kind, destination) VALUES (?1, ?2, ?3)";
            self.done(sql, params![event.as_str(), kind, id])?;
        }
        Ok(())
    }

    fn drop_endpoint(&mut self, destination: Destination) -> Result<bool, StoreError> {
        let of = params![destination.kind.as_str(), &destination.id];
        for table in ["outbox", "subscriptions"] {
            self.done(&format!("DELETE FROM {table} WHERE kind = ?1 AND destination = ?2"), of)?;
        }
        Ok(self.changed("DELETE FROM destinations WHERE kind = ?1 AND id = ?2", of)? > 0)
    }
}

impl<C: Connection> DestinationView for Db<C> {
    fn endpoints(&self, kind: Option<DestinationKind>) -> Result<Vec<Endpoint>, StoreError> {
        let of = params![kind.map_or("", DestinationKind::as_str)];
        let all = format!("{ENDPOINT} WHERE kind = ?1 OR ?1 = '' ORDER BY created_at, kind, id");
        let mut endpoints: Vec<Endpoint> = self.rows(&all, of, endpoint)?.into_iter().flatten().collect();
        let all = "SELECT kind, destination, event FROM subscriptions WHERE kind = ?1 OR ?1 = '' ORDER BY event";
        let subscriptions = self.rows(all, of, |row| {
            // What a newer version subscribed to and this one does not know is not sent.
            Ok(destination(row, 0)?.zip(EventType::parse(&row.get::<String>(2)?)))
        })?;
        for (destination, event) in subscriptions.into_iter().flatten() {
            let endpoint = endpoints.iter_mut().find(|endpoint| endpoint.destination == destination);
            endpoint.into_iter().for_each(|endpoint| endpoint.events.push(event));
        }
        Ok(endpoints)
    }

    fn subscribers(&self, event: EventType) -> Result<Vec<Subscriber>, StoreError> {
        let found = self.answers(&subscribers_of(event), |row| {
            let Some(destination) = destination(row, 0)? else { return Ok(None) };
            Ok(Some(Subscriber { destination, sites: sites(row, 2)? }))
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// The active destinations that are subscribed to an event. They change with their subscriptions only.
pub(crate) fn subscribers_of(event: EventType) -> Query {
    let sql = "SELECT d.kind, d.id, d.sites FROM destinations d \
               JOIN subscriptions s ON d.kind = s.kind AND d.id = s.destination WHERE s.event = ?1 AND d.is_active = 1 ORDER BY d.created_at, d.kind, d.id";
    Query::new(Scope::table("destinations"), sql, params![event.as_str()])
}

/// The destination in two columns from `at` on; none of a kind that only a newer version knows.
pub(super) fn destination(row: &Row<'_>, at: usize) -> Result<Option<Destination>, StoreError> {
    let (kind, id) = (row.get::<String>(at)?, row.get(at + 1)?);
    Ok(DestinationKind::parse(&kind).map(|kind| Destination { kind, id }))
}

fn endpoint(row: &Row<'_>) -> Result<Option<Endpoint>, StoreError> {
    let Some(destination) = destination(row, 0)? else { return Ok(None) };
    Ok(Some(Endpoint {
        destination,
        settings: row.get(2)?,
        events: Vec::new(),
        is_active: row.get(3)?,
        why_stopped: row.get(4)?,
        created_at: millis(row, 5)?,
        sites: sites(row, 6)?,
    }))
}

/// The sites to which a destination is limited.
fn sites(row: &Row<'_>, at: usize) -> Result<Vec<SiteId>, StoreError> {
    Ok(json::<Vec<i64>>(row, at)?.into_iter().map(SiteId).collect())
}
