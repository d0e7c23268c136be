//! Port for delivering effects to external systems: one connector for each kind of destination.

use crate::Delivery;
use knock_model::{DestinationKind, Millis};
use std::pin::Pin;

/// The time limit of an attempt.
pub const ATTEMPT_TIMEOUT: Millis = Millis(10_000);

/// The outcome of an attempt, with the response in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// Delivered: the destination accepted it.
    Done(String),
    /// A temporary refusal; the destination may name the delay until the next attempt.
    Retry(String, Option<Millis>),
    /// A permanent refusal: no attempt will succeed.
    Rejected(String),
    /// Unsubscribed: the destination wants no further deliveries.
    Unsubscribed(String),
}

/// Whether a connector can deliver at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setup {
    /// Ready for deliveries; both fields are empty if every destination names them itself.
    Ready {
        sender: String,
        /// The server, with host and port, without the credentials.
        server: String,
    },
    /// Not configured: deliveries wait until it is.
    Missing,
}

/// Delivers effects to destinations of one kind. The outbox does retry, order, parking and metrics.
pub trait Connector: Send + Sync {
    /// Returns the kind of its destinations.
    fn kind(&self) -> DestinationKind;

    /// Whether it can deliver at all, as it is configured.
    fn setup(&self) -> Setup {
        Setup::Ready { sender: String::new(), server: String::new() }
    }

    /// Makes one attempt. It ends by itself within [`ATTEMPT_TIMEOUT`]. Each attempt of a delivery sends the same
    /// idempotency key.
    fn deliver(&self, delivery: &Delivery) -> DeliveryFuture;
}

/// An attempt in progress.
pub type DeliveryFuture = Pin<Box<dyn Future<Output = DeliveryOutcome> + Send>>;
