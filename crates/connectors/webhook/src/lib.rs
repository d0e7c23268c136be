//! Deliveries to webhooks: what is posted, how it is signed, what an answer means.

mod client;
mod mapping;
mod verdict;

pub use client::{SecretOf, WebhookCourier};
