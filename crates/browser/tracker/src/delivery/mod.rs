//! From a written signal to a delivered batch: the queue, what an answer means, and when to try again.

mod flood;
mod queue;
mod retry;

pub(crate) use flood::Flood;
pub(crate) use queue::{BATCH_COUNT, Entry, Queue, Way};
pub(crate) use retry::{Verdict, backoff, judge};
