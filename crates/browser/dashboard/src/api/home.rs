//! The page Home: first steps, and today.

use knock_model::FirstStep;
use knock_wire::{Home, HomeStepDraft};

use super::{Client, Failure, Method, encode, json};

const PATH: &str = "/api/v1/home";

impl Client {
    /// The first steps, and today in this time zone; an empty one is that of the member.
    pub(crate) async fn home(&self, zone: &str) -> Result<Home, Failure> {
        let query = if zone.is_empty() { String::new() } else { format!("?zone={}", encode(zone)) };
        self.get(format!("{PATH}{query}")).await
    }

    /// Puts a first step aside, or takes it up again.
    pub(crate) async fn put_step_aside(&self, step: FirstStep, is_put_aside: bool) -> Result<(), Failure> {
        let body = json(&HomeStepDraft { is_put_aside })?;
        self.done(Method::Put, format!("{PATH}/steps/{}", step.as_str()), Some(body)).await
    }
}
