//! The member's availability.

use knock_model::AvailabilityState;
use knock_wire::{Availability, AvailabilityChange, AvailabilityNow, RepRow};

use super::{Client, Failure, Method, json};

const OWN: &str = "/api/v1/availability";

impl Client {
    /// The calling member's availability as routing sees it.
    pub(crate) async fn availability(&self) -> Result<RepRow, Failure> {
        self.get(OWN.to_owned()).await
    }

    pub(crate) async fn set_availability(&self, availability: &Availability) -> Result<RepRow, Failure> {
        self.ask(Method::Put, OWN.to_owned(), Some(json(availability)?)).await
    }

    /// Whether the signed-in member takes leads now: a part of the same response, which every page reads.
    pub(crate) async fn own_state(&self) -> Result<AvailabilityNow, Failure> {
        self.get(OWN.to_owned()).await
    }

    /// Sets the signed-in member active or away.
    pub(crate) async fn set_own_state(&self, state: AvailabilityState) -> Result<AvailabilityNow, Failure> {
        self.ask(Method::Put, format!("{OWN}/state"), Some(json(&AvailabilityChange { state })?)).await
    }
}
