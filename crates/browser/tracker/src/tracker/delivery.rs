//! Getting the queue to the server, and its copy into the storage.

use crate::host::Host;
use crate::outbox::{
    Envelope, Queue, RELEASED, Verdict, Way, adopt, backoff, encode, is_free, judge, number, push_number, to_text,
};
use crate::tracker::consent::Consent;
use crate::tracker::{Lines, Moment, Tracker, next};
use alloc::string::String;
use knock_model::Millis;

/// How long a signal waits for others to travel with.
const COALESCING: Millis = Millis(250);
const SEND: &str = "send";

/// When the queue is sent next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Plan {
    /// Nothing is planned.
    #[default]
    Idle,
    /// In a moment, with what is captured until then.
    Soon,
    /// When our own backoff is over.
    Backoff,
    /// When the server said.
    Told,
}

impl Tracker {
    pub(crate) fn plan_soon(&mut self, host: &dyn Host) {
        if self.plan == Plan::Idle && !self.is_sending && self.consent == Consent::Granted {
            self.plan = Plan::Soon;
            host.wake(SEND, COALESCING);
        }
    }

    /// What may be followed by leaving the page does not wait, so that it arrives before the next page's view.
    pub(crate) fn hurry(&mut self, host: &dyn Host) {
        if self.plan == Plan::Soon {
            host.wake(SEND, Millis(0));
        }
    }

    /// Sends the next batch, unless one is under way.
    pub(crate) fn send(&mut self, host: &dyn Host, now: Millis) {
        self.plan = Plan::Idle;
        if !self.is_sending && self.consent == Consent::Granted && self.queue.is_waiting() {
            self.is_sending = true;
            host.post(&self.batch(Way::Sending, now));
        }
    }

    /// The server has answered, or nobody has. Lines: status code, `Retry-After`.
    pub(crate) fn on_reply(&mut self, host: &dyn Host, now: Millis, mut lines: Lines<'_>) {
        self.is_sending = false;
        let status_code = number(next(&mut lines));
        let told = match judge(status_code, next(&mut lines)) {
            Verdict::Delivered | Verdict::Refused => {
                self.failures = 0;
                self.queue.settle();
                self.save(host, now);
                return self.send(host, now);
            }
            Verdict::Later => None,
            Verdict::NotBefore(told) => Some(told),
        };
        self.failures = self.failures.saturating_add(1);
        self.queue.redirect(Way::Sending, Way::Waiting);
        self.plan = if told.is_some() { Plan::Told } else { Plan::Backoff };
        host.wake(SEND, told.unwrap_or_default() + backoff(self.failures, host.random()));
        self.save(host, now);
    }

    /// The network is back: our own backoff is over, what the server said still holds.
    pub(crate) fn on_online(&mut self, host: &dyn Host, now: Millis) {
        if self.plan == Plan::Backoff {
            self.send(host, now);
        }
    }

    pub(crate) fn on_visibility(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        if moment.is_visible {
            if self.navigation.waiting.is_some() {
                self.view_again(host, moment);
            }
            return;
        }
        self.settle_seen(host, moment);
        // While the server does not answer, what is handed over would only get lost unnoticed.
        if matches!(self.plan, Plan::Idle | Plan::Soon) {
            self.hand_over(host, moment.at);
        }
    }

    /// The page ends, or goes into the back/forward cache.
    pub(crate) fn on_leave(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        self.settle(host, moment);
        if self.plan != Plan::Told {
            self.hand_over(host, moment.at);
        }
        if self.consent == Consent::Granted {
            self.keep(host, RELEASED);
            self.queue = Queue::default();
            self.plan = Plan::Idle;
            // The text belongs to the next page now.
            self.mirror = self.new_mirror(host);
        }
    }

    /// The page comes back from the back/forward cache: a view of its own.
    pub(crate) fn restore(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        self.adopt(host, moment.at);
        self.view_again(host, moment);
    }

    /// Gives all that waits to the browser, in batches; what it does not take goes on waiting.
    pub(crate) fn hand_over(&mut self, host: &dyn Host, now: Millis) {
        while self.consent == Consent::Granted && self.queue.is_waiting() {
            let is_taken = host.hand(&self.batch(Way::Handing, now));
            self.queue.redirect(Way::Handing, if is_taken { Way::Handed } else { Way::Waiting });
            if !is_taken {
                break;
            }
        }
        self.save(host, now);
    }

    /// Takes over what earlier pages and crashed tabs have left.
    pub(crate) fn adopt(&mut self, host: &dyn Host, now: Millis) {
        for key in host.keys(&self.mirrors()).split('\n') {
            let text = host.get(key);
            if !text.is_empty() && is_free(&text, now) {
                host.remove(key);
                adopt(&mut self.queue, &text, now);
            }
        }
        self.save(host, now);
        if self.queue.is_waiting() {
            self.plan_soon(host);
        }
    }

    /// Keeps the copy of the queue as it is.
    pub(crate) fn save(&mut self, host: &dyn Host, now: Millis) {
        if self.consent == Consent::Granted {
            self.keep(host, now);
        }
    }

    fn keep(&mut self, host: &dyn Host, stamp: Millis) {
        if self.queue.entries.is_empty() {
            host.remove(&self.mirror);
        } else {
            host.set(&self.mirror, &to_text(&self.queue, stamp));
        }
    }

    /// Where the copies of this site's queues are: another site key on the same pages has its own.
    pub(crate) fn mirrors(&self) -> String {
        let mut prefix = String::from("knock_q:");
        prefix.push_str(&self.settings.site);
        prefix.push(':');
        prefix
    }

    /// A key that no other page has.
    pub(crate) fn new_mirror(&self, host: &dyn Host) -> String {
        let mut key = self.mirrors();
        push_number(&mut key, i64::from(host.random()));
        push_number(&mut key, i64::from(host.random()));
        key
    }

    fn batch(&mut self, way: Way, now: Millis) -> String {
        self.queue.take(way);
        let envelope = Envelope {
            site: &self.settings.site,
            base: &self.settings.base,
            intent_type: self.intent.map_or("", |(_, kind)| kind.as_str()),
            sent_at: now,
        };
        encode(&envelope, self.queue.entries.iter().filter(|entry| entry.way == way))
    }
}
