//! Catches up on missed messages.

use knock_model::Millis;

use super::backoff::Backoff;

/// The state of the request for missed messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CatchUp {
    /// The number after which to request messages; by default, the number up to which none is missing.
    pub(crate) from: Option<u64>,
    /// Whether messages may be missing.
    pub(crate) is_wanted: bool,
    /// The request is under way.
    pub(crate) is_asked: bool,
    /// The last request succeeded.
    pub(crate) is_answered: bool,
    /// Whether messages found now should have come by the open socket.
    pub(crate) tests_socket: bool,
    /// The backoff of the next request.
    pub(crate) backoff: Backoff,
}

impl CatchUp {
    /// The instant from which to send the request.
    pub(crate) fn due(&self) -> Option<Millis> {
        (self.is_wanted && !self.is_asked).then(|| self.backoff.due())
    }

    /// Marks the request as under way if it is due; whether it is.
    pub(crate) fn begin_if_due(&mut self, now: Millis) -> bool {
        let is_time = self.due().is_some_and(|due| due <= now);
        if is_time {
            self.is_wanted = false;
            self.is_asked = true;
        }
        is_time
    }
}
