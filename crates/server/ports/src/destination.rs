//! Destinations of the outbox with their settings and health, and the events they are subscribed to.
//! Every method fails only when the database does.

use crate::StoreError;
use knock_model::{Destination, DestinationKind, EventType, Millis, SiteId};

/// A destination as it is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its kind and id.
    pub destination: Destination,
    /// The settings of its connector: JSON that only the connector reads.
    pub settings: String,
    pub events: Vec<EventType>,
    /// The sites whose events it is sent; empty: of all sites.
    pub sites: Vec<SiteId>,
    /// Whether effects are sent to it.
    pub is_active: bool,
    /// The reason for which the server stopped sending to it; empty if it did not.
    pub why_stopped: String,
    pub created_at: Millis,
}

/// A destination that is subscribed to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// Its kind and id.
    pub destination: Destination,
    /// The sites whose events it is sent; empty: of all sites.
    pub sites: Vec<SiteId>,
}

/// Writing destinations.
pub trait DestinationLedger {
    /// Stores a destination, new or known, with its subscriptions.
    fn save_endpoint(&mut self, endpoint: &Endpoint) -> Result<(), StoreError>;

    /// Deletes a destination with its subscriptions and deliveries; false if there is none.
    fn drop_endpoint(&mut self, destination: Destination) -> Result<bool, StoreError>;
}

/// Reading destinations.
pub trait DestinationView {
    /// Returns the destinations of a kind, or of every kind without one, in the order of their creation.
    fn endpoints(&self, kind: Option<DestinationKind>) -> Result<Vec<Endpoint>, StoreError>;

    /// The active destinations that are subscribed to an event.
    fn subscribers(&self, event: EventType) -> Result<Vec<Subscriber>, StoreError>;
}
