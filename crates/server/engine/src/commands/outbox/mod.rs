//! Outbox: effects are enqueued in the transaction of their cause and claimed by the delivery worker.

mod claim;
mod complete;
mod endpoints;
mod webhooks;

pub(crate) use claim::{AT_ONCE, CLAIM, is_due};
pub use claim::{ClaimDeliveries, KEPT_DELIVERIES};
pub use complete::CompleteAttempt;
pub use endpoints::{DropEndpoint, SaveEndpoint, SendAgain};
pub use webhooks::{SendSample, TestWebhook};
