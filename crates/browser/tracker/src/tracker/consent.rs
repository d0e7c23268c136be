//! What the visitor allows, and starting and stopping by it.

use crate::host::Host;
use crate::outbox::Queue;
use crate::privacy::{bounded, scrub};
use crate::tracker::delivery::Plan;
use crate::tracker::{Lines, Moment, Settings, Tracker, next};
use crate::visit::{Move, Navigation};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Messages kept until consent is given.
const HELD_MAX: usize = 300;

/// What the visitor allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Consent {
    /// All: stored and sent.
    Granted,
    /// Not asked yet: what happens is kept in memory, as it was told.
    Pending,
    /// Nothing: not even captured.
    #[default]
    Denied,
}

impl Tracker {
    /// The page has been loaded. Its lines: `data-site`, `-base`, `-consent`, `-identify`, the word of
    /// the page on consent so far, the referrer, and the address by now.
    pub(crate) fn start(&mut self, host: &dyn Host, moment: &Moment<'_>, message: &str, mut lines: Lines<'_>) {
        self.settings = Settings { site: bounded(next(&mut lines), 100), base: bounded(next(&mut lines), 200) };
        let needs_consent = next(&mut lines) == "required";
        // Identifying is the page's business: it gives the values or not.
        next(&mut lines);
        let word = next(&mut lines);
        if word == "denied" {
            return self.forget(host);
        }
        if needs_consent && word != "granted" && self.consent != Consent::Granted {
            self.consent = Consent::Pending;
            host.watch(true);
            return self.hold("", message);
        }
        self.referrer = scrub(next(&mut lines));
        self.begin(host, moment);
        self.moved(host, &Moment { url: next(&mut lines), ..*moment }, Move::Onward);
        self.settle(host, moment);
    }

    /// `knock('consent', word)`.
    pub(crate) fn allow(&mut self, host: &dyn Host, moment: &Moment<'_>, word: &str) {
        match (word, self.consent) {
            ("denied", _) => self.forget(host),
            ("granted", Consent::Pending) => {
                self.consent = Consent::Granted;
                for message in core::mem::take(&mut self.held) {
                    self.tell(host, &message);
                }
            }
            ("granted", Consent::Denied) => {
                self.begin(host, moment);
                self.settle(host, moment);
            }
            _ => {}
        }
    }

    /// Keeps what is told until consent is given. Typing is kept once.
    pub(crate) fn hold(&mut self, kind: &str, message: &str) {
        let is_typing = kind == "input" && self.held.last().is_some_and(|last| last.starts_with(kind));
        if !is_typing && kind != "pagehide" && self.held.len() < HELD_MAX {
            self.held.push(message.to_owned());
        }
    }

    fn begin(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        self.consent = Consent::Granted;
        host.watch(true);
        self.mirror = self.new_mirror(host);
        self.adopt(host, moment.at);
        self.navigation.again(moment.url, moment.at);
    }

    /// Forgets ids, queue and evidence, here and in the storage, and stops.
    fn forget(&mut self, host: &dyn Host) {
        self.consent = Consent::Denied;
        host.watch(false);
        for key in host.keys(&self.mirrors()).split('\n') {
            host.remove(key);
        }
        self.start_over(host);
        self.navigation = Navigation::default();
    }

    /// `knock('reset')`: the same browser is another visitor from now on. What the one before did is
    /// handed over for delivery first; tracking goes on.
    pub(crate) fn reset(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        self.settle(host, moment);
        self.hand_over(host, moment.at);
        self.start_over(host);
    }

    fn start_over(&mut self, host: &dyn Host) {
        self.forget_identity(host);
        host.remove(&self.mirror);
        self.queue = Queue::default();
        self.held.clear();
        self.plan = Plan::Idle;
        self.view = String::new();
        self.begun.clear();
        self.intent = None;
    }
}
