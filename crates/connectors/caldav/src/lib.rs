//! CalDAV (RFC 4791): busy time of a rep's calendar, and the meetings that are booked in it.
//!
//! Events are repeated here and not by the server: servers differ in what they return as repeated. What cannot be read
//! is a failure, never free time.

mod account;
mod answers;
mod client;
mod discovery;
mod failure;
mod multistatus;
mod objects;
mod vendor;

pub use answers::{AnswerFuture, AnsweredBlocks, Answers, read_busy, read_found};
pub use client::{Account, CalDav};
pub use failure::Failure;
pub use multistatus::Found;
pub use vendor::CalDavVendor;
