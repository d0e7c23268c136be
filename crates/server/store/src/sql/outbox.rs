//! Deliveries: claims, ends, and the order of those with one key.

use super::destination::destination;
use super::row::{at_index, column, millis};
use super::{Connection, Db, Row, Scope, Value, params};
use knock_model::{DeliveryState, Destination, DestinationKind, EffectKind, LeadId, Millis};
use knock_ports::{
    Completion, DueSummary, Effect, NewDelivery, OutboxCounts, OutboxDelay, OutboxEntry, OutboxLedger, OutboxView,
    PANICKED, StoreError,
};

// States stand in the table by their place in `DeliveryState::ALL`. Statements say the numbers themselves where an index is
// of one state only.
const WAITING: i64 = DeliveryState::Waiting as i64;
const BEHIND: i64 = DeliveryState::Behind as i64;
const DELIVERED: i64 = DeliveryState::Delivered as i64;
const PARKED: i64 = DeliveryState::Parked as i64;
const ENTRY: &str =
    "SELECT number, kind, destination, effect, data, at, stored_at, state, due_at, attempts, answer FROM outbox";
/// The condition of a delivery that is due at ?3, or would wait beyond ?4.
const DUE: &str = "kind = ?1 AND destination = ?2 AND (due_at <= ?3 OR due_at > ?4)";

impl<C: Connection> OutboxLedger for Db<C> {
    fn enqueue(&mut self, new: &NewDelivery) -> Result<(), StoreError> {
        let NewDelivery { to, effect, lead, ordering_key, stored_at } = new;
        let next = "INSERT INTO outbox_last (id, number) VALUES (1, 1) \
                    ON CONFLICT (id) DO UPDATE SET number = outbox_last.number + 1";
        self.write(Scope::table("outbox_last"), next, &[])?;
        let sql = format!(
            "INSERT INTO outbox (number, kind, destination, lead, ordering_key, effect, data, at, stored_at, state, \
             due_at, attempts, answer) SELECT number, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
             CASE WHEN EXISTS \
             (SELECT 1 FROM outbox WHERE kind = ?1 AND destination = ?2 AND ordering_key = ?4 AND settled_at IS NULL) THEN {BEHIND} ELSE {WAITING} END, ?8, 0, '' FROM outbox_last WHERE id = 1"
        );
        let (kind, lead) = (to.kind.as_str(), lead.as_ref().map(LeadId::as_bytes));
        let (name, data, at) = (effect.kind.as_str(), &effect.data, effect.at.0);
        let values = params![kind, &to.id, lead, ordering_key, name, data, at, stored_at.0];
        self.write(Scope::of("outbox", ordering_key), &sql, values)
    }

    fn claim(
        &mut self,
        to: Destination,
        now: Millis,
        until: Millis,
        longest: Millis,
        limit: usize,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let (late, limit) = (now + longest, i64::try_from(limit).unwrap_or(i64::MAX));
        let due = params![to.kind.as_str(), &to.id, now.0, late.0, limit];
        // First those whose claim has ended, so that none of them is forgotten behind new ones.
        let mut claimed = Vec::new();
        for state in ["state = 1", "state = 0"] {
            let sql = format!("{ENTRY} WHERE {state} AND {DUE} ORDER BY due_at, number LIMIT ?5");
            claimed.append(&mut self.entries(&sql, due)?);
        }
        claimed.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        for entry in &mut claimed {
            entry.attempts += 1;
            (entry.state, entry.due_at) = (DeliveryState::UnderWay, until);
            let sql = "UPDATE outbox SET state = 1, due_at = ?2, attempts = ?3 WHERE number = ?1";
            self.done(sql, params![entry.number, until.0, entry.attempts])?;
        }
        Ok(claimed)
    }

    fn renew_claims(&mut self, attempts: &[(i64, u32)], until: Millis) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET due_at = ?3 WHERE number = ?1 AND attempts = ?2 AND state = 1";
        attempts.iter().try_for_each(|(number, attempt)| self.done(sql, params![*number, *attempt, until.0]))
    }

    fn complete_attempt(
        &mut self,
        number: i64,
        attempt: u32,
        completion: &Completion,
        answer: &str,
        now: Millis,
    ) -> Result<Option<Destination>, StoreError> {
        let (state, due_at, settled_at) = match completion {
            Completion::Delivered => (DELIVERED, now, Some(now.0)),
            Completion::Retry(at) => (WAITING, *at, None),
            Completion::Parked => (PARKED, now, Some(now.0)),
        };
        let sql = "UPDATE outbox SET state = ?3, due_at = ?4, settled_at = ?5, answer = ?6 \
                   WHERE number = ?1 AND attempts = ?2 AND state = 1 RETURNING kind, destination, ordering_key";
        let ended = self.one(sql, params![number, attempt, state, due_at.0, settled_at, answer], |row| {
            Ok(destination(row, 0)?.zip(Some(row.get::<[u8; 16]>(2)?)))
        })?;
        let Some((to, ordering_key)) = ended.flatten() else { return Ok(None) };
        if settled_at.is_some() {
            self.release(to, &ordering_key, now)?;
        }
        Ok(Some(to))
    }

    fn put_back(&mut self, number: i64, attempt: u32, until: Millis, why: &str) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET state = 0, due_at = ?3, attempts = attempts - 1, answer = ?4 \
                   WHERE number = ?1 AND attempts = ?2 AND state = 1";
        self.done(sql, params![number, attempt, until.0, why])
    }

    fn withdraw(&mut self, number: i64, now: Millis) -> Result<(), StoreError> {
        let sql = "DELETE FROM outbox WHERE number = ?1 AND state IN (0, 2) \
                   RETURNING state, kind, destination, ordering_key";
        let removed = self.one(sql, params![number], |row| {
            let is_first = row.get::<i64>(0)? == WAITING;
            Ok(destination(row, 1)?.filter(|_| is_first).zip(Some(row.get::<[u8; 16]>(3)?)))
        })?;
        match removed.flatten() {
            Some((to, ordering_key)) => self.release(to, &ordering_key, now),
            None => Ok(()),
        }
    }

    fn requeue(&mut self, to: Destination, number: Option<i64>, now: Millis, limit: usize) -> Result<u64, StoreError> {
        let sql = "SELECT number, ordering_key FROM outbox WHERE kind = ?1 AND destination = ?2 AND state = 4 \
                   AND number >= ?3 AND number <= ?4 ORDER BY number LIMIT ?5";
        let (first, last) = number.map_or((0, i64::MAX), |number| (number, number));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let parked = self.rows(sql, params![to.kind.as_str(), &to.id, first, last, limit], |row| {
            Ok((row.get::<i64>(0)?, row.get::<[u8; 16]>(1)?))
        })?;
        for (number, ordering_key) in &parked {
            let state = if self.is_busy(to, ordering_key)? { BEHIND } else { WAITING };
            let sql = "UPDATE outbox SET state = ?2, due_at = ?3, settled_at = NULL WHERE number = ?1";
            self.done(sql, params![*number, state, now.0])?;
        }
        Ok(u64::try_from(parked.len()).unwrap_or(u64::MAX))
    }

    fn retry_now(&mut self, to: Destination, now: Millis) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET due_at = ?3 WHERE kind = ?1 AND destination = ?2 AND state = 0 AND attempts > 0 \
                   AND due_at > ?3";
        self.done(sql, params![to.kind.as_str(), &to.id, now.0])
    }

    fn discard_waiting(&mut self) -> Result<u64, StoreError> {
        self.changed("DELETE FROM outbox WHERE settled_at IS NULL", &[])
    }

    fn drop_ended(&mut self, before: Millis, limit: usize) -> Result<u64, StoreError> {
        let sql = "DELETE FROM outbox WHERE number IN \
                   (SELECT number FROM outbox WHERE settled_at < ?1 ORDER BY settled_at LIMIT ?2)";
        self.changed(sql, params![before.0, i64::try_from(limit).unwrap_or(i64::MAX)])
    }
}

impl<C: Connection> OutboxView for Db<C> {
    fn due_summary(&self, to: Destination) -> Result<DueSummary, StoreError> {
        let of = params![to.kind.as_str(), &to.id];
        let ends = "SELECT due_at FROM outbox WHERE state = 1 AND kind = ?1 AND destination = ?2 ORDER BY due_at";
        let ends = self.rows(ends, of, |row| millis(row, 0))?;
        let waiting =
            "SELECT due_at FROM outbox WHERE state = 0 AND kind = ?1 AND destination = ?2 ORDER BY due_at LIMIT 1";
        let next_waiting = self.one(waiting, of, |row| millis(row, 0))?;
        Ok(DueSummary { under_way: ends.len(), next_waiting, next_claim_end: ends.first().copied() })
    }

    fn has_waiting(&self, to: Destination, ordering_key: &[u8; 16]) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM outbox WHERE kind = ?1 AND destination = ?2 AND ordering_key = ?3 \
                   AND settled_at IS NULL AND state <> 1 LIMIT 1";
        Ok(self.one(sql, params![to.kind.as_str(), &to.id, ordering_key], |_| Ok(()))?.is_some())
    }

    fn is_busy(&self, to: Destination, ordering_key: &[u8; 16]) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM outbox WHERE kind = ?1 AND destination = ?2 AND ordering_key = ?3 \
                   AND settled_at IS NULL LIMIT 1";
        Ok(self.one(sql, params![to.kind.as_str(), &to.id, ordering_key], |_| Ok(()))?.is_some())
    }

    fn outbox_counts(&self, to: Destination) -> Result<OutboxCounts, StoreError> {
        self.counts("AND kind = ?1 AND destination = ?2", params![to.kind.as_str(), &to.id])
    }

    fn outbox_totals(&self) -> Result<Vec<(DestinationKind, OutboxCounts)>, StoreError> {
        let totals =
            DestinationKind::ALL.iter().map(|kind| Ok((*kind, self.counts("AND kind = ?1", params![kind.as_str()])?)));
        totals.collect()
    }

    fn outbox_delays(&self, now: Millis) -> Result<Vec<(DestinationKind, OutboxDelay)>, StoreError> {
        let delays = DestinationKind::ALL.iter().map(|kind| Ok((*kind, self.delay(*kind, now)?)));
        delays.collect()
    }

    fn deliveries_in(
        &self,
        to: Destination,
        states: &[DeliveryState],
        before: i64,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let is_wanted = |state: &DeliveryState| states.contains(state);
        let places = DeliveryState::ALL.iter().enumerate().filter(|(_, state)| is_wanted(state));
        let places: Vec<String> = places.map(|(place, _)| place.to_string()).collect();
        let sql = format!(
            "{ENTRY} WHERE kind = ?1 AND destination = ?2 AND number < ?3 AND state IN ({}) ORDER BY number DESC LIMIT ?4",
            places.join(", ")
        );
        self.entries(&sql, params![to.kind.as_str(), &to.id, before, limit])
    }

    fn deliveries_in_order(
        &self,
        lead: LeadId,
        to: Destination,
        ordering_key: &[u8; 16],
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let sql = "WHERE lead = ?1 AND kind = ?2 AND destination = ?3 AND ordering_key = ?4 ORDER BY number";
        let of = params![lead.as_bytes(), to.kind.as_str(), &to.id, ordering_key];
        self.entries(&format!("{ENTRY} {sql}"), of)
    }

    fn deliveries_of(&self, lead: LeadId) -> Result<Vec<OutboxEntry>, StoreError> {
        self.entries(&format!("{ENTRY} WHERE lead = ?1 ORDER BY number"), params![lead.as_bytes()])
    }
}

impl<C: Connection> Db<C> {
    fn counts(&self, which: &str, of: &[Value<'_>]) -> Result<OutboxCounts, StoreError> {
        let count = |state: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT COUNT(*) FROM outbox WHERE {state} {which}");
            Ok(self.one(&sql, of, |row| row.get::<i64>(0))?.unwrap_or_default().unsigned_abs())
        };
        Ok(OutboxCounts { waiting: count("settled_at IS NULL")?, parked: count("state = 4")? })
    }

    fn delay(&self, kind: DestinationKind, now: Millis) -> Result<OutboxDelay, StoreError> {
        let oldest = "SELECT MIN(stored_at) FROM outbox JOIN destinations \
                      ON destinations.kind = outbox.kind AND destinations.id = outbox.destination \
                      WHERE settled_at IS NULL AND outbox.kind = ?1 AND is_active = 1 AND state <> 2 \
                      AND (attempts > 0 OR due_at <= ?2)";
        let oldest = self.one(oldest, params![kind.as_str(), now.0], |row| row.get::<Option<i64>>(0))?.flatten();
        let count = |state: &str| -> Result<u64, StoreError> {
            let sql = format!("SELECT COUNT(*) FROM outbox WHERE {state} AND kind = ?1 AND answer = ?2");
            let count = self.one(&sql, params![kind.as_str(), PANICKED], |row| row.get::<i64>(0))?;
            Ok(count.unwrap_or_default().unsigned_abs())
        };
        Ok(OutboxDelay { oldest: oldest.map(Millis), panicked: count("settled_at IS NULL")? + count("state = 4")? })
    }

    /// The deliveries of a query, but for those of a kind that only a newer version knows.
    fn entries(&self, sql: &str, params: &[Value<'_>]) -> Result<Vec<OutboxEntry>, StoreError> {
        Ok(self.rows(sql, params, entry)?.into_iter().flatten().collect())
    }

    /// Lets the next with a key go, from the instant on that it was stored for.
    fn release(&self, to: Destination, ordering_key: &[u8; 16], now: Millis) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET state = 0, due_at = CASE WHEN due_at > ?4 THEN due_at ELSE ?4 END WHERE number = (SELECT MIN(number) FROM outbox \
                   WHERE kind = ?1 AND destination = ?2 AND ordering_key = ?3 AND settled_at IS NULL AND state = 2)";
        self.done(sql, params![to.kind.as_str(), &to.id, ordering_key, now.0])
    }
}

fn entry(row: &Row<'_>) -> Result<Option<OutboxEntry>, StoreError> {
    let Some(to) = destination(row, 1)? else { return Ok(None) };
    let effect = Effect { kind: EffectKind::stored(row.get(3)?), data: row.get(4)?, at: millis(row, 5)? };
    Ok(Some(OutboxEntry {
        number: row.get(0)?,
        to,
        effect,
        stored_at: millis(row, 6)?,
        state: column(row, 7, |at: i64| at_index(DeliveryState::ALL, at))?,
        due_at: millis(row, 8)?,
        attempts: row.get(9)?,
        answer: row.get(10)?,
    }))
}
