//! From a captured action to a delivered batch: JSON, queue, its copy in the storage, retries.

mod batch;
mod json;
mod mirror;
mod props;
mod queue;
mod retry;
mod signal;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

pub(crate) use batch::{Envelope, encode};
pub(crate) use json::{id_text, number, push_number, push_text};
pub(crate) use mirror::{RELEASED, adopt, is_free, to_text};
pub(crate) use props::join;
pub(crate) use queue::{Entry, Queue, Way};
pub(crate) use retry::{Verdict, backoff, judge};
pub(crate) use signal::{Facts, Stamp, members};
