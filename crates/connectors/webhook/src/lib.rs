//! The connector to webhooks: what is posted, how it is signed, what an answer means.

mod client;
mod mapping;
mod outcome;

pub use client::{SecretOf, WebhookConnector};
pub use mapping::Settings;
