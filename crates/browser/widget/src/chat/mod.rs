//! The visitor's side of a chat as a pure state machine: facts in, effects out.
//!
//! Independent of the browser. Facts may come late, twice and in any order.

mod answers;
mod backoff;
mod catch_up;
mod draft;
mod effect;
mod entry;
mod fact;
mod live_socket;
mod opening;
mod outbox;
mod state;
#[cfg(test)]
mod tests;
mod thread;

pub(crate) use draft::Draft;
pub(crate) use effect::Effect;
pub(crate) use entry::{Connection, Delivery, Entry};
pub(crate) use fact::{Fact, Failure, Moment, Remembered};
pub(crate) use state::Chat;
