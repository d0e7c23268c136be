//! Port for delivering effects to external systems: one connector for each kind of destination.

use crate::Delivery;
use knock_model::{DestinationKind, Millis};
use std::pin::Pin;

/// The longest that an attempt may take.
pub const ATTEMPT_TIMEOUT: Millis = Millis(10_000);

/// The outcome of an attempt, with the response in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The destination took it.
    Done(String),
    /// A temporary refusal; the destination may name the delay until the next attempt.
    Retry(String, Option<Millis>),
    /// A permanent refusal: no attempt will succeed.
    Rejected(String),
    /// The destination wants nothing any more.
    Unsubscribed(String),
}

/// Whether a connector can deliver at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Ready for deliveries; both fields are empty if every destination names them itself.
    Ready {
        /// The sender.
        sender: String,
        /// By which server, host and port, without what lets in there.
        server: String,
    },
    /// Not configured: deliveries wait until it is.
    Missing,
}

/// Delivers effects to destinations of one kind. Retry, order, parking and metrics are the outbox's.
pub trait Connector: Send + Sync {
    /// The kind of destination it delivers to.
    fn kind(&self) -> DestinationKind;

    /// Whether it can deliver at all, as it is configured.
    fn setup(&self) -> Setup {
        Setup::Ready { sender: String::new(), server: String::new() }
    }

    /// One attempt. It ends by itself within [`ATTEMPT_TIMEOUT`], and repeats the same idempotency key for a delivery.
    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture;
}

/// An attempt in progress.
pub type DeliveryFuture = Pin<Box<dyn Future<Output = DeliveryOutcome> + Send>>;
