//! Routing: who a chat is given to, and why (RO-01, RR-01..RR-03).
//!
//! A decision is made once and kept as a fact; deciding again is a question of what-if.
#![no_std]

extern crate alloc;

mod decide;
mod rule;

pub use decide::{Decision, Reason, Standing, decide};
pub use rule::{Funnel, Rule, Target};
