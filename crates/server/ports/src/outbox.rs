//! The outbox: effects on external systems, stored in the transaction of their cause and kept until they are delivered.
//!
//! A delivery is claimed for a while by the server that sends it. Deliveries with one ordering key arrive one after the
//! other. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{DeliveryState, Destination, DestinationKind, EffectKind, LeadId, Millis};

/// What is to be done at a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What kind of effect.
    pub kind: EffectKind,
    /// What the connector needs to know of it: JSON.
    pub data: String,
    /// When its cause happened.
    pub at: Millis,
}

/// An effect to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// Where to.
    pub to: Destination,
    /// What is to be done there.
    pub effect: Effect,
    /// The lead that it is about, with whom it is exported and erased; none when it is about no lead.
    pub lead: Option<LeadId>,
    /// Deliveries to a destination with the same key arrive in the order they were stored.
    pub ordering_key: [u8; 16],
    /// When it was stored, and may be sent from.
    pub stored_at: Millis,
}

/// A delivery as it stands in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Its number: a later one has a higher number.
    pub number: i64,
    /// Where to.
    pub to: Destination,
    /// What is to be done there.
    pub effect: Effect,
    /// When it was stored.
    pub stored_at: Millis,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next; while it is under way, when its claim ends.
    pub due_at: Millis,
    /// How often it was claimed.
    pub attempts: u32,
    /// How the last attempt ended.
    pub answer: String,
}

/// A delivery that was claimed, for its connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The delivery.
    pub entry: OutboxEntry,
    /// The settings of its destination.
    pub settings: String,
}

/// What becomes of a delivery after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion {
    /// It arrived.
    Delivered,
    /// It is tried again then.
    Retry(Millis),
    /// It is given up.
    Parked,
}

/// What there is to do for a destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DueSummary {
    /// Deliveries being sent.
    pub under_way: usize,
    /// When the next may be claimed, of those that wait.
    pub next_waiting: Option<Millis>,
    /// When the next claim ends, of those being sent.
    pub next_claim_end: Option<Millis>,
}

/// How many deliveries there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Still to arrive.
    pub waiting: u64,
    /// Given up.
    pub parked: u64,
}

/// Writing deliveries.
pub trait OutboxLedger {
    /// Stores a delivery; it waits behind those with its ordering key that have not ended.
    fn enqueue(&mut self, delivery: &NewDelivery) -> Result<(), StoreError>;

    /// Claims what is due for a destination, oldest first, until an instant. A claim that ended before now is due too.
    /// Nothing waits for longer than `longest`: a clock that was set back must not hold it up.
    fn claim(
        &mut self,
        to: Destination,
        now: Millis,
        until: Millis,
        longest: Millis,
        limit: usize,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Records how an attempt ended; the next with its ordering key may go when this one has ended. Nothing happens (none)
    /// when that attempt no longer holds the claim.
    fn complete_attempt(
        &mut self,
        number: i64,
        attempt: u32,
        completion: &Completion,
        answer: &str,
        now: Millis,
    ) -> Result<Option<Destination>, StoreError>;

    /// Sends once more what was given up: one delivery, or so many of the oldest; how many.
    fn requeue(&mut self, to: Destination, number: Option<i64>, now: Millis, limit: usize) -> Result<u64, StoreError>;

    /// Makes the next attempt at what failed before due now: what it failed by was mended.
    fn retry_now(&mut self, to: Destination, now: Millis) -> Result<(), StoreError>;

    /// Drops what ended before an instant; how many.
    fn drop_ended(&mut self, before: Millis, limit: usize) -> Result<u64, StoreError>;
}

/// Reading deliveries.
pub trait OutboxView {
    /// What there is to do for a destination.
    fn due_summary(&self, to: Destination) -> Result<DueSummary, StoreError>;

    /// Whether a delivery with this ordering key waits for its turn or its next attempt: what it brings is decided then.
    fn has_waiting(&self, to: Destination, ordering_key: &[u8; 16]) -> Result<bool, StoreError>;

    /// Whether a delivery with this ordering key has not ended: it waits, or is under way.
    fn is_busy(&self, to: Destination, ordering_key: &[u8; 16]) -> Result<bool, StoreError>;

    /// How many deliveries to a destination there are.
    fn outbox_counts(&self, to: Destination) -> Result<OutboxCounts, StoreError>;

    /// How many deliveries to destinations of each kind there are.
    fn outbox_totals(&self) -> Result<Vec<(DestinationKind, OutboxCounts)>, StoreError>;

    /// Deliveries to a destination with numbers below `before`, newest first.
    fn deliveries(&self, to: Destination, before: i64, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        self.deliveries_in(to, DeliveryState::ALL, before, limit)
    }

    /// The same, of those in one of these states.
    fn deliveries_in(
        &self,
        to: Destination,
        states: &[DeliveryState],
        before: i64,
        limit: u32,
    ) -> Result<Vec<OutboxEntry>, StoreError>;

    /// All deliveries about a lead that are kept.
    fn deliveries_of(&self, lead: LeadId) -> Result<Vec<OutboxEntry>, StoreError>;
}
