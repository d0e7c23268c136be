//! CalDAV (RFC 4791): busy time of a rep's calendar, and the meetings that are booked in it.
//!
//! Events are repeated here and not by the server: servers differ in what they return as repeated. An event that cannot
//! be read blocks what it may take; an answer that cannot be read is a failure. Neither is free time.

mod account;
mod answers;
mod client;
mod discovery;
mod entry;
mod failure;
mod multistatus;
mod objects;
mod sign_in;
mod stored;
mod vendor;

pub use answers::{AnswerFuture, Answers, read_busy, read_entry, read_found};
pub use client::CalDav;
pub use failure::Failure;
pub use multistatus::Found;
pub use sign_in::Account;
pub use vendor::CalDavVendor;
