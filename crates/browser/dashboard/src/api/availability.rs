//! When one takes leads.

use knock_wire::{Availability, RepRow};

use super::{Client, Failure, Method, json};

const OWN: &str = "/api/v1/availability";

impl Client {
    /// As routing sees the member who asks.
    pub(crate) async fn availability(&self) -> Result<RepRow, Failure> {
        self.get(OWN.to_owned()).await
    }

    /// Sets when the member who asks takes leads.
    pub(crate) async fn set_availability(&self, availability: &Availability) -> Result<RepRow, Failure> {
        self.ask(Method::Put, OWN.to_owned(), Some(json(availability)?)).await
    }
}
