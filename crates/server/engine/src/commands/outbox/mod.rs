//! Outbox: effects are enqueued in the transaction of their cause and claimed by the delivery worker.

mod claim;
mod complete;
mod endpoints;
mod events;
mod webhooks;

pub use claim::ClaimDeliveries;
pub(crate) use claim::{AT_ONCE, is_due};
pub use complete::CompleteAttempt;
pub use endpoints::{DropEndpoint, SaveEndpoint, SendAgain};
pub(super) use events::{StatusChange, score_changed, status_changed};
pub use webhooks::TestWebhook;
