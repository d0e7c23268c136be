//! The processing of a batch, in named steps: decode, authorise, filter, validate, enrich.
//!
//! Nothing here uses the store: the result is ready to be appended, and every received signal has exactly one outcome.

mod address;
mod agents;
mod authorise;
mod client;
mod clock;
mod decode;
mod filter;
#[cfg(test)]
mod fuzz;
mod identity;
mod known;
mod locations;
mod members;
mod memo;
mod origin;
mod page;
mod pointer;
mod proof;
mod props;
mod receive;
mod refusal;
mod request;
mod secrets;
mod sound;
mod text;
mod typed;
mod validate;

pub use address::scrubbed;
pub use authorise::may_send;
pub use decode::{MAX_BODY, MAX_SIGNALS};
pub use filter::LeftOut;
pub use locations::Locations;
pub use origin::{Origin, is_loopback};
pub use pointer::{located, pointer_of};
pub use receive::{Received, Unusable, receive};
pub use refusal::Refusal;
pub use request::Request;
