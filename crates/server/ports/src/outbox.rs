//! The outbox: effects on external systems, stored in the transaction of their cause and kept until they are delivered.
//!
//! The server that sends a delivery claims it until an instant. Deliveries with the same ordering key arrive in order.
//! Every method fails only when the database does.

use crate::StoreError;
use knock_model::{DeliveryState, Destination, DestinationKind, EffectKind, LeadId, Millis};

/// The answer of an attempt in which the connector panicked: a fault of the server, not of the destination.
pub const PANICKED: &str = "the server failed while it was sending this; its log says where";

/// An action at a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub kind: EffectKind,
    /// The data for the connector: JSON.
    pub data: String,
    /// The instant of its cause.
    pub at: Millis,
}

/// An effect to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    pub to: Destination,
    pub effect: Effect,
    /// The lead that it is about, with whom it is exported and erased; none if it is about no lead.
    pub lead: Option<LeadId>,
    /// Deliveries to a destination with the same key arrive in the order they were stored.
    pub ordering_key: [u8; 16],
    /// The instant of storage, from which it may be sent.
    pub stored_at: Millis,
}

/// A stored delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// The number: a later delivery has a higher one.
    pub number: i64,
    pub to: Destination,
    pub effect: Effect,
    pub stored_at: Millis,
    pub state: DeliveryState,
    /// The instant of the next attempt; during an attempt, the expiry of its claim.
    pub due_at: Millis,
    /// The number of claims.
    pub attempts: u32,
    /// The outcome of the last attempt.
    pub answer: String,
}

/// A claimed delivery, for its connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub entry: OutboxEntry,
    pub settings: String,
}

/// The state of a delivery after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion {
    Delivered,
    /// Retried at that instant.
    Retry(Millis),
    /// Parked: not retried automatically.
    Parked,
}

/// The due deliveries of a destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DueSummary {
    pub under_way: usize,
    /// The instant at which the next waiting delivery may be claimed.
    pub next_waiting: Option<Millis>,
    pub next_claim_end: Option<Millis>,
}

/// The numbers of deliveries by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Not delivered yet.
    pub waiting: u64,
    pub parked: u64,
}

/// The delay of the deliveries to one kind of destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxDelay {
    /// The instant of storage of the oldest delivery that should have been made; none when there is none.
    pub oldest: Option<Millis>,
    /// The number of deliveries whose last attempt ended in a panic of the connector, parked ones included.
    pub panicked: u64,
}

/// Writing deliveries.
pub trait OutboxLedger {
    /// Stores a delivery; it waits behind those with its ordering key that have not ended.
    fn enqueue(&mut self, delivery: &NewDelivery) -> Result<(), StoreError>;

    /// Claims the due deliveries of a destination, oldest first, until an instant. A delivery whose claim has ended is
    /// due too. No delivery waits for longer than `longest`: a clock that was set back must not delay it.
    fn claim(
        &mut self,
        to: Destination,
        now: Millis,
        until: Millis,
        longest: Millis,
        limit: usize,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Renews claims of attempts that still run, each by the number of its delivery and of the attempt. Skips attempts
    /// that no longer hold theirs.
    fn renew_claims(&mut self, attempts: &[(i64, u32)], until: Millis) -> Result<(), StoreError>;

    /// Records the end of an attempt; if the delivery has ended, the next one with its ordering key may be sent. Does
    /// nothing and returns none if that attempt no longer holds the claim.
    fn complete_attempt(
        &mut self,
        number: i64,
        attempt: u32,
        completion: &Completion,
        answer: &str,
        now: Millis,
    ) -> Result<Option<Destination>, StoreError>;

    /// Puts a claimed delivery back until an instant, as if it had not been claimed. Does nothing if that attempt no
    /// longer holds the claim.
    fn put_back(&mut self, number: i64, attempt: u32, until: Millis, why: &str) -> Result<(), StoreError>;

    /// Removes a delivery that waits; the next one with its ordering key may be sent.
    fn withdraw(&mut self, number: i64, now: Millis) -> Result<(), StoreError>;

    /// Queues parked deliveries again: one by its number, or the oldest up to `limit`. Returns their number.
    fn requeue(&mut self, to: Destination, number: Option<i64>, now: Millis, limit: usize) -> Result<u64, StoreError>;

    /// Makes the next attempt of failed deliveries due now: the cause of the failure was fixed.
    fn retry_now(&mut self, to: Destination, now: Millis) -> Result<(), StoreError>;

    /// Drops all deliveries that have not ended, those under way too. Returns their number.
    fn discard_waiting(&mut self) -> Result<u64, StoreError>;

    /// Drops deliveries that ended before an instant. Returns their number.
    fn drop_ended(&mut self, before: Millis, limit: usize) -> Result<u64, StoreError>;
}

/// Reading deliveries.
pub trait OutboxView {
    /// The due deliveries of a destination.
    fn due_summary(&self, to: Destination) -> Result<DueSummary, StoreError>;

    /// Whether a delivery with this ordering key waits for its turn or its next attempt: its content is decided then.
    fn has_waiting(&self, to: Destination, ordering_key: &[u8; 16]) -> Result<bool, StoreError>;

    /// Whether a delivery with this ordering key has not ended: it waits, or is under way.
    fn is_busy(&self, to: Destination, ordering_key: &[u8; 16]) -> Result<bool, StoreError>;

    /// The numbers of deliveries of a destination.
    fn outbox_counts(&self, to: Destination) -> Result<OutboxCounts, StoreError>;

    /// The numbers of deliveries by kind of destination.
    fn outbox_totals(&self) -> Result<Vec<(DestinationKind, OutboxCounts)>, StoreError>;

    /// The delay by kind of destination. Deliveries to inactive destinations do not count, nor do those that wait for
    /// their first instant or behind another one.
    fn outbox_delays(&self, now: Millis) -> Result<Vec<(DestinationKind, OutboxDelay)>, StoreError>;

    /// Deliveries to a destination with numbers below `before`, newest first.
    fn deliveries(&self, to: Destination, before: i64, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        self.deliveries_in(to, DeliveryState::ALL, before, limit)
    }

    /// The same, only for deliveries in one of these states.
    fn deliveries_in(
        &self,
        to: Destination,
        states: &[DeliveryState],
        before: i64,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Returns the stored deliveries about a lead to a destination with this ordering key, oldest first.
    fn deliveries_in_order(
        &self,
        lead: LeadId,
        to: Destination,
        ordering_key: &[u8; 16],
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Returns all stored deliveries about a lead.
    fn deliveries_of(&self, lead: LeadId) -> Result<Vec<OutboxEntry>, StoreError>;
}
