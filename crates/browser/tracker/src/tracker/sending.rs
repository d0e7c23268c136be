//! Sends the queue to the server.

use crate::delivery::{BATCH_COUNT, Verdict, Way, backoff, judge};
use crate::event::{Event, Kind};
use crate::host::Host;
use crate::tracker::Tracker;
use knock_model::Millis;

/// How long a signal waits for others to share a batch.
const COALESCING: Millis = Millis(1_000);

/// When the queue is sent next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing is planned.
    Idle,
    /// After [`COALESCING`], with the signals captured until then.
    Soon,
    /// After our own backoff.
    Backoff,
    /// After the pause that the server asked for.
    RetryAfter,
}

impl Tracker {
    pub(crate) fn plan_soon(&mut self, host: &impl Host) {
        if self.plan == Plan::Idle {
            self.plan = Plan::Soon;
            host.schedule(Kind::Send, COALESCING);
        }
    }

    /// Sends without delay: after actions that may leave the page, so that they arrive before the next page's view, and
    /// after marked calls to action.
    pub(crate) fn flush(&mut self, host: &impl Host) {
        if self.plan == Plan::Soon {
            host.schedule(Kind::Send, Millis(0));
        }
    }

    /// Sends the next batch, unless one is under way.
    pub(crate) fn send(&mut self, host: &impl Host) {
        self.plan = Plan::Idle;
        if !self.is_sending && self.batch(host, Way::Sending) {
            self.is_sending = true;
            host.post();
        }
    }

    /// Sends the next batch, unless the server asked to wait: it would be lost.
    pub(crate) fn send_soon(&mut self, host: &impl Host) {
        if self.is_welcome() {
            self.send(host);
        }
    }

    /// The server has answered, or the request has failed.
    pub(crate) fn on_reply(&mut self, host: &impl Host, event: &Event) {
        self.is_sending = false;
        let pause = match judge(event.first, event.second) {
            Verdict::Closed => return self.close(host),
            Verdict::Delivered => {
                self.most = None;
                return self.complete_batch(host, false);
            }
            Verdict::Smaller if self.queue.count(Way::Sending) > 1 => {
                self.most = Some(self.queue.count(Way::Sending) / 2);
                self.queue.redirect(Way::Sending, Way::Waiting);
                return self.send(host);
            }
            Verdict::Smaller | Verdict::Refused => return self.complete_batch(host, true),
            Verdict::Later => None,
            Verdict::NotBefore(pause) => Some(pause),
        };
        self.failures = self.failures.saturating_add(1);
        self.queue.redirect(Way::Sending, Way::Waiting);
        self.plan = if pause.is_some() { Plan::RetryAfter } else { Plan::Backoff };
        host.schedule(Kind::Send, pause.unwrap_or_default() + backoff(self.failures, host.random()));
    }

    /// The batch has arrived, or is given up; the next one follows.
    fn complete_batch(&mut self, host: &impl Host, is_lost: bool) {
        self.failures = 0;
        self.queue.entries.retain(|entry| {
            let is_sent = entry.way == Way::Sending;
            if is_sent {
                host.drop(entry.handle, is_lost);
            }
            !is_sent
        });
        // New signals wait for others; those that became due meanwhile, or remain of a backlog, do not.
        if self.plan == Plan::Idle {
            self.send(host);
        }
    }

    /// The network is back: ends our backoff, but not a pause that the server asked for.
    pub(crate) fn on_online(&mut self, host: &impl Host) {
        if self.plan == Plan::Backoff {
            self.send(host);
        }
    }

    /// The page ends, or goes into the back/forward cache.
    pub(crate) fn on_leave(&mut self, host: &impl Host, event: &Event) {
        self.count_waiting_view(host, event);
        self.end_view(host, event.at);
        if self.is_welcome() {
            self.send_beacons(host);
        }
        host.release();
        self.queue.entries.clear();
        self.plan = Plan::Idle;
        // A late answer is for signals that belong to the next page now.
        self.is_sending = false;
    }

    /// Hands all waiting signals to the browser, in batches. The next page sends them again, in case they are lost.
    fn send_beacons(&mut self, host: &impl Host) {
        while self.batch(host, Way::Beacon) {
            host.beacon();
            self.queue.redirect(Way::Beacon, Way::Sending);
        }
    }

    const fn is_welcome(&self) -> bool {
        matches!(self.plan, Plan::Idle | Plan::Soon)
    }

    /// Puts the next batch together; false when nothing waits.
    fn batch(&mut self, host: &impl Host, way: Way) -> bool {
        self.queue.take(way, self.most.unwrap_or(BATCH_COUNT));
        let mut is_any = false;
        for entry in self.queue.entries.iter().filter(|entry| entry.way == way) {
            host.add(entry.handle);
            is_any = true;
        }
        is_any
    }
}
