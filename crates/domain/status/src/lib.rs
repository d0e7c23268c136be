//! Chat Status and Meeting Status: what a lead's facts make of it at an instant (G-03, G-04).
//!
//! Both are folds over facts in the order in which they happened, with the timers that
//! fell due between them. Nothing is stored here, so late facts and long outages end in
//! the same history as punctual ones (R1, R3, R11).
#![no_std]

extern crate alloc;

pub mod chat;
mod fact;
pub mod meeting;
mod timeline;

pub use fact::{Fact, Source, arrange};
pub use timeline::{Cause, Entry};
