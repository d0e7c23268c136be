//! The connector to push services of browsers: what is sent, how it is encrypted and signed, what an answer means.

mod client;
mod outcome;
mod subscription;
mod vapid;

pub use client::PushConnector;
pub use subscription::{InvalidSubscription, Subscription};
pub use vapid::Vapid;
