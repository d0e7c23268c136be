//! Delivery: the queue, verdicts on responses, retries and the rate limit of calls.

mod flood;
mod queue;
mod retry;

pub(crate) use flood::Flood;
pub(crate) use queue::{BATCH_COUNT, Entry, Queue, Way};
pub(crate) use retry::{Verdict, backoff, judge};
