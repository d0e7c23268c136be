//! Visible time of a page view.

use crate::session::timeout::{IDLE, since as elapsed};
use knock_model::Millis;

/// Milliseconds of growth that are worth a signal.
const WORTH: i64 = 1_000;

/// The visible time of one page view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VisibleTime {
    /// When the page was shown last, while it is.
    since: Option<Millis>,
    seen: i64,
    reported: i64,
}

impl VisibleTime {
    /// Before the first view.
    pub(crate) const NEW: VisibleTime = VisibleTime { since: None, seen: 0, reported: 0 };

    /// A new page view begins, seen or not.
    pub(crate) fn begin(at: Millis, is_visible: bool) -> VisibleTime {
        VisibleTime { since: is_visible.then_some(at), ..VisibleTime::NEW }
    }

    /// The page is shown.
    pub(crate) fn open(&mut self, at: Millis) {
        self.since.get_or_insert(at);
    }

    /// The page is hidden, left, or followed by another view; returns its total visible time when that has grown.
    pub(crate) fn close(&mut self, at: Millis) -> Option<Millis> {
        if let Some(since) = self.since.take() {
            // A longer time is idle, or a jump of the clock.
            self.seen += elapsed(since, at).clamp(0, IDLE);
        }
        let is_worth = self.seen - self.reported >= WORTH;
        is_worth.then(|| {
            self.reported = self.seen;
            Millis(self.seen)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_time_adds_up_over_interruptions_and_is_reported_when_it_has_grown() {
        let mut visible_time = VisibleTime::begin(Millis(0), true);
        assert_eq!(visible_time.close(Millis(5_000)), Some(Millis(5_000)));
        assert_eq!(visible_time.close(Millis(9_000)), None);
        visible_time.open(Millis(10_000));
        visible_time.open(Millis(10_500));
        assert_eq!(visible_time.close(Millis(10_999)), None);
        visible_time.open(Millis(20_000));
        assert_eq!(visible_time.close(Millis(20_001)), Some(Millis(6_000)));
    }

    #[test]
    fn a_hidden_page_and_a_clock_that_jumps_add_nothing() {
        let mut visible_time = VisibleTime::begin(Millis(0), false);
        assert_eq!(visible_time.close(Millis(60_000)), None);
        visible_time.open(Millis(70_000));
        assert_eq!(visible_time.close(Millis(10_000)), None);
        visible_time.open(Millis(80_000));
        assert_eq!(visible_time.close(Millis(i64::MAX)), Some(Millis(IDLE)));
    }
}
