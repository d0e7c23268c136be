//! The only way out: HTTP requests to addresses that others chose.
//!
//! An address may be anything, so each request is bounded in time, follows no redirect, and reaches no network of the
//! house that the operator did not name: the answer of the name server is judged, and what was judged is connected to.

mod client;
mod guard;
mod retry_after;

pub use client::{Answer, Failure, Outbound, Page, Reply, Request};
pub use guard::Guard;
