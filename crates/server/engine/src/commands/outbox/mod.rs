//! Outbox: effects are enqueued in the transaction of their cause and claimed by the delivery worker.

mod claim;
mod complete;
mod endpoints;
mod event;
mod events;
mod happened;
mod webhooks;

pub(crate) use claim::{AT_ONCE, CLAIM, is_due};
pub use claim::{ClaimDeliveries, KEPT_DELIVERIES};
pub use complete::CompleteAttempt;
pub use endpoints::{DropEndpoint, SaveEndpoint, SendAgain};
pub(super) use events::{IntentTypeChange, LastSent, StatusChange, score_changed, status_changed, type_changed};
pub(super) use happened::{Assignment, chat_assigned, contact_created, message_created};
pub use webhooks::TestWebhook;
