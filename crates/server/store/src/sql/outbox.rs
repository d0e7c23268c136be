//! Deliveries: lanes, claims, ends.

use super::row::{column, millis};
use super::{Connection, Db, Row, Value, params};
use knock_model::{LeadId, Millis, WebhookId};
use knock_ports::{Delivery, NewDelivery, OutboxCounts, OutboxLedger, OutboxView, Outlook, Settled, StoreError};
use knock_wire::{DeliveryState, EventType};

/// The states by their numbers in the table. Statements say the numbers themselves where an index is of one state only.
const STATES: [DeliveryState; 5] = [
    DeliveryState::Waiting,
    DeliveryState::UnderWay,
    DeliveryState::Behind,
    DeliveryState::Delivered,
    DeliveryState::Parked,
];
const WAITING: i64 = 0;
const BEHIND: i64 = 2;
const DELIVERED: i64 = 3;
const PARKED: i64 = 4;
const DELIVERY: &str =
    "SELECT number, webhook, event, data, at, stored_at, state, due_at, attempts, answer FROM outbox";
/// What is due at ?2, or would wait past ?3.
const DUE: &str = "webhook = ?1 AND (due_at <= ?2 OR due_at > ?3)";

impl<C: Connection> OutboxLedger for Db<C> {
    fn enqueue(&mut self, new: &NewDelivery) -> Result<(), StoreError> {
        let lane = new.lead.as_ref().map_or(new.webhook.as_bytes(), LeadId::as_bytes);
        let state = if self.is_busy(new.webhook, lane)? { BEHIND } else { WAITING };
        let next = "INSERT INTO outbox_last (id, number) VALUES (1, 1) \
                    ON CONFLICT (id) DO UPDATE SET number = outbox_last.number + 1 RETURNING number";
        let number = self.one(next, &[], |row| row.get::<i64>(0))?;
        let number = number.ok_or_else(|| StoreError::Broken("a delivery got no number".into()))?;
        let sql = "INSERT INTO outbox \
                   (number, webhook, lead, lane, event, data, at, stored_at, state, due_at, attempts, answer) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8, 0, '')";
        let lead = new.lead.as_ref().map(LeadId::as_bytes);
        let (webhook, event) = (new.webhook.as_bytes(), new.event.as_str());
        self.done(sql, params![number, webhook, lead, lane, event, &new.data, new.at.0, new.stored_at.0, state])
    }

    fn claim(
        &mut self,
        webhook: WebhookId,
        now: Millis,
        until: Millis,
        longest: Millis,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let (late, limit) = (now + longest, i64::try_from(limit).unwrap_or(i64::MAX));
        let due = params![webhook.as_bytes(), now.0, late.0, limit];
        // First those whose claim has ended, so that none of them is forgotten behind new ones.
        let mut claimed = Vec::new();
        for state in ["state = 1", "state = 0"] {
            let sql = format!("{DELIVERY} WHERE {state} AND {DUE} ORDER BY due_at, number LIMIT ?4");
            claimed.append(&mut self.rows(&sql, due, delivery)?);
        }
        claimed.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        for delivery in &mut claimed {
            delivery.attempts += 1;
            (delivery.state, delivery.due_at) = (DeliveryState::UnderWay, until);
            let sql = "UPDATE outbox SET state = 1, due_at = ?2, attempts = ?3 WHERE number = ?1";
            self.done(sql, params![delivery.number, until.0, delivery.attempts])?;
        }
        Ok(claimed)
    }

    fn settle(
        &mut self,
        number: i64,
        attempt: u32,
        settled: &Settled,
        answer: &str,
        now: Millis,
    ) -> Result<Option<WebhookId>, StoreError> {
        let (state, due_at, settled_at) = match settled {
            Settled::Delivered => (DELIVERED, now, Some(now.0)),
            Settled::Again(at) => (WAITING, *at, None),
            Settled::Parked => (PARKED, now, Some(now.0)),
        };
        let sql = "UPDATE outbox SET state = ?3, due_at = ?4, settled_at = ?5, answer = ?6 \
                   WHERE number = ?1 AND attempts = ?2 AND state = 1 RETURNING webhook, lane";
        let ended = self.one(sql, params![number, attempt, state, due_at.0, settled_at, answer], |row| {
            Ok((WebhookId::from_bytes(row.get(0)?), row.get::<[u8; 16]>(1)?))
        })?;
        let Some((webhook, lane)) = ended else { return Ok(None) };
        if settled_at.is_some() {
            self.release(webhook, &lane, now)?;
        }
        Ok(Some(webhook))
    }

    fn unpark(
        &mut self,
        webhook: WebhookId,
        number: Option<i64>,
        now: Millis,
        limit: usize,
    ) -> Result<u64, StoreError> {
        let sql = "SELECT number, lane FROM outbox WHERE webhook = ?1 AND state = 4 \
                   AND number >= ?2 AND number <= ?3 ORDER BY number LIMIT ?4";
        let (first, last) = number.map_or((0, i64::MAX), |number| (number, number));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let parked = self.rows(sql, params![webhook.as_bytes(), first, last, limit], |row| {
            Ok((row.get::<i64>(0)?, row.get::<[u8; 16]>(1)?))
        })?;
        for (number, lane) in &parked {
            let state = if self.is_busy(webhook, lane)? { BEHIND } else { WAITING };
            let sql = "UPDATE outbox SET state = ?2, due_at = ?3, settled_at = NULL WHERE number = ?1";
            self.done(sql, params![*number, state, now.0])?;
        }
        Ok(u64::try_from(parked.len()).unwrap_or(u64::MAX))
    }

    fn drop_settled(&mut self, before: Millis, limit: usize) -> Result<u64, StoreError> {
        let sql = "DELETE FROM outbox WHERE number IN \
                   (SELECT number FROM outbox WHERE settled_at < ?1 ORDER BY settled_at LIMIT ?2)";
        self.changed(sql, params![before.0, i64::try_from(limit).unwrap_or(i64::MAX)])
    }

    fn outlook(&mut self, webhook: WebhookId) -> Result<Outlook, StoreError> {
        self.find_outlook(webhook)
    }
}

impl<C: Connection> OutboxView for Db<C> {
    fn find_outlook(&self, webhook: WebhookId) -> Result<Outlook, StoreError> {
        let ends = "SELECT due_at FROM outbox WHERE state = 1 AND webhook = ?1 ORDER BY due_at";
        let ends = self.rows(ends, params![webhook.as_bytes()], |row| millis(row, 0))?;
        let waiting = "SELECT due_at FROM outbox WHERE state = 0 AND webhook = ?1 ORDER BY due_at LIMIT 1";
        let next_waiting = self.one(waiting, params![webhook.as_bytes()], |row| millis(row, 0))?;
        Ok(Outlook { under_way: ends.len(), next_waiting, next_claim_end: ends.first().copied() })
    }

    fn outbox_counts(&self, webhook: Option<WebhookId>) -> Result<OutboxCounts, StoreError> {
        let count = |of: &str| -> Result<u64, StoreError> {
            let (which, params): (_, &[Value<'_>]) = match &webhook {
                Some(id) => (" AND webhook = ?1", params![id.as_bytes()]),
                None => ("", &[]),
            };
            let sql = format!("SELECT COUNT(*) FROM outbox WHERE {of}{which}");
            Ok(self.one(&sql, params, |row| row.get::<i64>(0))?.unwrap_or_default().unsigned_abs())
        };
        Ok(OutboxCounts { waiting: count("settled_at IS NULL")?, parked: count("state = 4")? })
    }

    fn deliveries(&self, webhook: WebhookId, before: i64, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!("{DELIVERY} WHERE webhook = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3");
        self.rows(&sql, params![webhook.as_bytes(), before, limit], delivery)
    }

    fn deliveries_of(&self, lead: LeadId) -> Result<Vec<Delivery>, StoreError> {
        self.rows(&format!("{DELIVERY} WHERE lead = ?1 ORDER BY number"), params![lead.as_bytes()], delivery)
    }
}

impl<C: Connection> Db<C> {
    /// Whether something of a lane has not ended.
    fn is_busy(&self, webhook: WebhookId, lane: &[u8; 16]) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM outbox WHERE webhook = ?1 AND lane = ?2 AND settled_at IS NULL LIMIT 1";
        Ok(self.one(sql, params![webhook.as_bytes(), lane], |_| Ok(()))?.is_some())
    }

    /// Lets the next of a lane go.
    fn release(&self, webhook: WebhookId, lane: &[u8; 16], now: Millis) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET state = 0, due_at = ?3 WHERE number = (SELECT MIN(number) FROM outbox \
                   WHERE webhook = ?1 AND lane = ?2 AND settled_at IS NULL AND state = 2)";
        self.done(sql, params![webhook.as_bytes(), lane, now.0])
    }
}

fn delivery(row: &Row<'_>) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        number: row.get(0)?,
        webhook: WebhookId::from_bytes(row.get(1)?),
        event: column(row, 2, |word: String| EventType::parse(&word))?,
        data: row.get(3)?,
        at: millis(row, 4)?,
        stored_at: millis(row, 5)?,
        state: column(row, 6, |at: i64| super::row::at_index(&STATES, at))?,
        due_at: millis(row, 7)?,
        attempts: row.get(8)?,
        answer: row.get(9)?,
    })
}
