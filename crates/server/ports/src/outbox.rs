//! The outbox: what others are told, kept until they took it.
//!
//! A delivery is stored in the transaction of what it tells, so none is lost and none tells what never was. It is
//! claimed for a while by whoever sends it. Deliveries of one lane arrive one after the other.

use crate::StoreError;
use knock_model::{LeadId, Millis, WebhookId};
use knock_wire::{DeliveryState, EventType};

/// Something to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    /// To whom.
    pub webhook: WebhookId,
    /// About whom; none for a test.
    pub lead: Option<LeadId>,
    /// What happened.
    pub event: EventType,
    /// What is said of it: JSON.
    pub data: String,
    /// When it happened.
    pub at: Millis,
    /// When it was stored, and may be sent from.
    pub stored_at: Millis,
}

/// A delivery as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number: a later one has a higher number.
    pub number: i64,
    /// To whom.
    pub webhook: WebhookId,
    /// What happened.
    pub event: EventType,
    /// What is said of it: JSON.
    pub data: String,
    /// When it happened.
    pub at: Millis,
    /// When it was stored.
    pub stored_at: Millis,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next; while it is under way, until when it is whoever claimed it's.
    pub due_at: Millis,
    /// How often it was claimed.
    pub attempts: u32,
    /// How the last attempt ended.
    pub answer: String,
}

/// How a delivery goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It arrived.
    Delivered,
    /// It is tried again then.
    Again(Millis),
    /// It is given up.
    Parked,
}

/// What there is to do for a webhook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
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
    /// Stores a delivery; it waits behind those of its lane that have not ended.
    ///
    /// # Errors
    /// When the database fails.
    fn enqueue(&mut self, delivery: &NewDelivery) -> Result<(), StoreError>;

    /// Claims what is due for a webhook, oldest first, until an instant. What was claimed until before now is due too.
    /// Nothing waits for longer than `longest`: a clock that was set back must not hold it up.
    ///
    /// # Errors
    /// When the database fails.
    fn claim(
        &mut self,
        webhook: WebhookId,
        now: Millis,
        until: Millis,
        longest: Millis,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError>;

    /// How an attempt ended; the next of its lane may go when this one has ended. Nothing (none) when that attempt is no
    /// longer the one that counts.
    ///
    /// # Errors
    /// When the database fails.
    fn settle(
        &mut self,
        number: i64,
        attempt: u32,
        settled: &Settled,
        answer: &str,
        now: Millis,
    ) -> Result<Option<WebhookId>, StoreError>;

    /// Sends once more what was given up: one of them, or so many of the oldest; how many.
    ///
    /// # Errors
    /// When the database fails.
    fn unpark(&mut self, webhook: WebhookId, number: Option<i64>, now: Millis, limit: usize)
    -> Result<u64, StoreError>;

    /// Drops what ended before an instant; how many.
    ///
    /// # Errors
    /// When the database fails.
    fn drop_settled(&mut self, before: Millis, limit: usize) -> Result<u64, StoreError>;

    /// What there is to do for a webhook.
    ///
    /// # Errors
    /// When the database fails.
    fn outlook(&mut self, webhook: WebhookId) -> Result<Outlook, StoreError>;
}

/// Reading deliveries.
pub trait OutboxView {
    /// What there is to do for a webhook.
    ///
    /// # Errors
    /// When the database fails.
    fn find_outlook(&self, webhook: WebhookId) -> Result<Outlook, StoreError>;

    /// How many deliveries of a webhook there are; of all when none is named.
    ///
    /// # Errors
    /// When the database fails.
    fn outbox_counts(&self, webhook: Option<WebhookId>) -> Result<OutboxCounts, StoreError>;

    /// Deliveries of a webhook with numbers below `before`, newest first.
    ///
    /// # Errors
    /// When the database fails.
    fn deliveries(&self, webhook: WebhookId, before: i64, limit: u32) -> Result<Vec<Delivery>, StoreError>;

    /// All that was told of a person and is kept.
    ///
    /// # Errors
    /// When the database fails.
    fn deliveries_of(&self, lead: LeadId) -> Result<Vec<Delivery>, StoreError>;
}
