//! Port for delivering effects to external systems: one connector for each kind of destination.

use crate::Delivery;
use knock_model::{DestinationKind, Millis};
use std::pin::Pin;

/// The longest that an attempt may take.
pub const ATTEMPT_TIMEOUT: Millis = Millis(10_000);

/// How an attempt ended, with the answer in words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The destination took it.
    Done(String),
    /// It may be taken later; the destination may say after how long.
    Retry(String, Option<Millis>),
    /// It will not be taken, however often it is tried.
    Rejected(String),
    /// The destination wants nothing any more.
    Unsubscribed(String),
}

/// Whether a connector can deliver at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setup {
    /// It can; both are empty when every destination says so itself.
    Ready {
        /// As whom.
        sender: String,
        /// By which server, host and port, without what lets in there.
        server: String,
    },
    /// It is not configured: nothing is delivered until it is.
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
