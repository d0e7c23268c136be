//! Consent of the visitor: starts, holds and stops the tracking.

use crate::event::{Event, Kind, word};
use crate::host::Host;
use crate::tracker::Tracker;

/// Events kept until consent is given.
const HELD_MAX: u32 = 300;

/// What the visitor and the server allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Nothing: not even captured.
    Denied,
    /// Not asked yet: events are held in memory, unchanged.
    Pending,
    /// All: stored and sent.
    Granted,
    /// The server refuses signals of this page.
    Closed,
}

impl Tracker {
    /// The page has been loaded.
    pub(crate) fn start(&mut self, host: &impl Host, event: &Event) -> bool {
        let needs_consent = event.first != 0;
        match event.second {
            word::DENIED => self.forget(host),
            word::GRANTED => self.begin(host, event),
            _ if needs_consent && self.consent != Consent::Granted => {
                self.consent = Consent::Pending;
                host.watch(true);
                return self.hold(event);
            }
            _ => self.begin(host, event),
        }
        false
    }

    /// `knock('consent', word)`.
    pub(crate) fn allow(&mut self, host: &impl Host, event: &Event) {
        match (event.first, self.consent) {
            (word::DENIED, _) => self.forget(host),
            (word::GRANTED, Consent::Pending) => {
                self.consent = Consent::Granted;
                self.held = 0;
                host.replay();
            }
            (word::GRANTED, Consent::Denied) => self.begin(host, event),
            _ => {}
        }
    }

    /// Whether the page keeps an event until consent is given.
    pub(crate) fn hold(&mut self, event: &Event) -> bool {
        let is_held = event.kind != Kind::Leave && self.held < HELD_MAX;
        self.held += u32::from(is_held);
        is_held
    }

    fn begin(&mut self, host: &impl Host, event: &Event) {
        self.consent = Consent::Granted;
        host.watch(true);
        host.recover();
        self.view_again(host, event);
        self.flush(host);
    }

    /// Forgets visitor, signals and evidence, here and in the storage, and stops.
    fn forget(&mut self, host: &impl Host) {
        host.watch(false);
        host.forget_visitor();
        host.forget_signals();
        *self = Tracker { last: self.last, ..Tracker::NEW };
    }

    /// The server refuses this page for good: drops all signals.
    pub(crate) fn close(&mut self, host: &impl Host) {
        self.consent = Consent::Closed;
        host.watch(false);
        for entry in core::mem::take(&mut self.queue.entries) {
            host.drop(entry.handle, true);
        }
        host.forget_signals();
    }

    /// `knock('reset')`: the browser becomes another visitor. Signals of the former one are still sent as theirs.
    pub(crate) fn reset(&mut self, host: &impl Host, event: &Event) {
        self.count_waiting_view(host, event);
        self.end_view(host, event.at);
        host.forget_visitor();
        self.send(host);
    }
}
