//! The outbox: what happens is put in with what it follows from, and taken out by whoever delivers it.

mod claim;
mod events;
mod settle;
mod webhooks;

pub use claim::ClaimDeliveries;
pub(crate) use claim::{AT_ONCE, is_due};
pub(super) use events::{score_changed, status_changed};
pub use settle::SettleDelivery;
pub use webhooks::{DropWebhook, SaveWebhook, SendAgain, TestWebhook};
