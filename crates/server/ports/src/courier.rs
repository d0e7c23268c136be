//! Carrying deliveries out of the house.

use crate::{Delivery, Webhook};
use knock_model::Millis;
use std::pin::Pin;

/// The longest that an attempt may take.
pub const ATTEMPT: Millis = Millis(10_000);

/// How an attempt ended, with words for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was taken.
    Delivered(String),
    /// It may be taken later; the address may say after how long.
    Later(String, Option<Millis>),
    /// It will not be taken.
    Never(String),
    /// The address wants nothing any more.
    Gone(String),
}

/// Carries deliveries out of the house.
pub trait Courier: Send + Sync {
    /// One attempt. It ends by itself, within [`ATTEMPT`].
    fn carry(&self, webhook: Webhook, delivery: Delivery) -> Carrying;
}

/// An attempt under way.
pub type Carrying = Pin<Box<dyn Future<Output = Verdict> + Send>>;
