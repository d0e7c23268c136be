//! The activity of a connection, and its deadline.

use super::smuggling_check::SmugglingCheck;
use crate::config::Http;
use axum::http::Version;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// The activity of a connection; shared between its bytes and its requests.
#[derive(Clone)]
pub(super) struct Activity(Arc<Mutex<State>>);

struct State {
    /// Requests whose answers are not sent yet.
    open: usize,
    /// The instant since which it is idle.
    resting_since: Instant,
    /// The instant since which the head of the next request is being received.
    head_since: Option<Instant>,
    /// Between requests HTTP/2 says things of its own, which are no head.
    is_framed: bool,
    smuggling_check: SmugglingCheck,
}

/// The decision about a connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Look again at this instant.
    Until(Instant),
    /// A head has taken too long.
    Cut,
    /// The connection was idle for too long.
    Close,
}

impl Activity {
    /// A new connection: the first head is awaited from now on.
    pub(super) fn new() -> Activity {
        let now = Instant::now();
        let smuggling_check = SmugglingCheck::default();
        let state = State { open: 0, resting_since: now, head_since: Some(now), is_framed: false, smuggling_check };
        Activity(Arc::new(Mutex::new(state)))
    }

    /// Bytes have come.
    pub(super) fn heard(&self, bytes: &[u8]) {
        let mut state = self.state();
        if state.is_framed {
            return;
        }
        state.smuggling_check.see(bytes);
        if state.open == 0 && state.head_since.is_none() {
            state.head_since = Some(Instant::now());
        }
    }

    /// Whether a head that came since the last request ended gives the length of its body in two ways.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.state().smuggling_check.is_ambiguous()
    }

    /// A request has begun; it lasts as long as what is returned.
    pub(super) fn begin(&self, version: Version) -> Request {
        let mut state = self.state();
        state.open += 1;
        state.head_since = None;
        state.is_framed = version == Version::HTTP_2;
        Request(self.clone())
    }

    /// Decides about the connection at this moment.
    pub(super) fn judge(&self, limits: &Http) -> Verdict {
        let state = self.state();
        let (head, idle) = (limits.header_timeout_ms.duration(), limits.idle_timeout_ms.duration());
        let now = Instant::now();
        // What begins right now is due after that long.
        let soon = now + head.min(idle);
        match (state.open, state.head_since) {
            (0, Some(since)) if now.duration_since(since) >= head => Verdict::Cut,
            (0, Some(since)) => Verdict::Until(soon.min(since + head)),
            (0, None) if now.duration_since(state.resting_since) >= idle => Verdict::Close,
            (0, None) => Verdict::Until(soon.min(state.resting_since + idle)),
            (_, _) => Verdict::Until(soon),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request being answered.
pub(super) struct Request(Activity);

impl Drop for Request {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.open -= 1;
        state.resting_since = Instant::now();
        // What a body held says nothing of the next head. Of a head that came before its time only what follows is
        // seen: hyper then reads it as chunked and ends the connection, as it always does.
        state.smuggling_check = SmugglingCheck::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn later(millis: u64) {
        tokio::time::advance(Duration::from_millis(millis)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_must_come_in_time_also_the_first() {
        let (activity, limits) = (Activity::new(), Http::default());
        later(9_999).await;
        assert!(matches!(activity.judge(&limits), Verdict::Until(_)));
        later(1).await;
        assert_eq!(activity.judge(&limits), Verdict::Cut);
        drop(activity.begin(Version::HTTP_11));
        assert!(matches!(activity.judge(&limits), Verdict::Until(_)));
        activity.heard(b"G");
        later(6_000).await;
        activity.heard(b"G");
        later(4_000).await;
        assert_eq!(activity.judge(&limits), Verdict::Cut, "more bytes give no more time");
    }

    #[tokio::test(start_paused = true)]
    async fn a_resting_connection_is_closed_but_not_one_with_a_request() {
        let (activity, limits) = (Activity::new(), Http::default());
        let request = activity.begin(Version::HTTP_2);
        later(1_000_000).await;
        assert!(matches!(activity.judge(&limits), Verdict::Until(_)));
        drop(request);
        activity.heard(b"G");
        later(74_999).await;
        assert!(matches!(activity.judge(&limits), Verdict::Until(_)), "what HTTP/2 says between requests is no head");
        later(1).await;
        assert_eq!(activity.judge(&limits), Verdict::Close);
    }
}
