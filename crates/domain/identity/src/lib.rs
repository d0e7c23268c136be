//! Identity: the person behind each signal, and the order in which signals were sent.
#![no_std]

extern crate alloc;

mod ownership;
mod session_order;

pub use ownership::{Claim, Interval, interval_at, intervals};
pub use session_order::{DELAY, Mark, follows, in_place};
