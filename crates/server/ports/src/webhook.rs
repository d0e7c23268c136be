//! Addresses that are told what happens.

use crate::StoreError;
use knock_model::{Millis, WebhookId};
use knock_wire::EventType;

/// An address that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The address.
    pub url: String,
    /// What it is told.
    pub events: Vec<EventType>,
    /// Whether it is told anything.
    pub is_active: bool,
    /// Why it was stopped without a person; empty when it was not.
    pub why_stopped: String,
    /// When it was made.
    pub created_at: Millis,
}

/// Writing webhooks.
pub trait WebhookLedger {
    /// All webhooks, in the order they were made.
    ///
    /// # Errors
    /// When the database fails.
    fn destinations(&mut self) -> Result<Vec<Webhook>, StoreError>;

    /// Stores a webhook, new or known.
    ///
    /// # Errors
    /// When the database fails.
    fn save_webhook(&mut self, webhook: &Webhook) -> Result<(), StoreError>;

    /// Takes a webhook away, with all its deliveries; false when there is none.
    ///
    /// # Errors
    /// When the database fails.
    fn drop_webhook(&mut self, id: WebhookId) -> Result<bool, StoreError>;
}

/// Reading webhooks.
pub trait WebhookView {
    /// All webhooks, in the order they were made.
    ///
    /// # Errors
    /// When the database fails.
    fn webhooks(&self) -> Result<Vec<Webhook>, StoreError>;
}
