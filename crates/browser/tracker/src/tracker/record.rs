//! From an event to a signal in the queue.

use crate::delivery::{Entry, Way};
use crate::event::{Event, Kind};
use crate::host::{Host, What};
use crate::session::is_open;
use crate::tracker::Tracker;
use knock_model::Millis;

impl Tracker {
    /// An action of the visitor, or a call of the page's script.
    pub(crate) fn on_action(&mut self, host: &impl Host, event: &Event) {
        // The view it happened on comes first.
        self.count_waiting_view(host, event);
        let form = event.first as u32;
        if event.kind == Kind::Input && !self.forms.begin(form) {
            return;
        }
        self.record(host, event.at, What::Action, 0);
        if event.kind == Kind::Submit {
            self.forms.submit(form);
        }
    }

    /// Records a signal at `at`: numbers it in the session, has the host write it, and queues it.
    pub(crate) fn record(&mut self, host: &impl Host, at: Millis, what: What, amount: i64) {
        let is_new_session = !host.last_signal().is_some_and(|last| is_open(last, at));
        let owner = host.claim(at, is_new_session);
        let handle = self.next_handle();
        let bytes = host.write(handle, what, amount);
        self.push(host, Entry { handle, at, bytes, owner, way: Way::Waiting }, at);
        self.plan_soon(host);
    }

    /// Takes over a signal of an earlier page.
    pub(crate) fn adopt(&mut self, host: &impl Host, event: &Event) {
        let handle = self.next_handle();
        host.adopt(handle);
        let (at, owner) = (Millis(event.first), event.second as u32);
        self.push(host, Entry { handle, at, bytes: event.number, owner, way: Way::Waiting }, event.at);
        self.plan_soon(host);
    }

    fn next_handle(&mut self) -> u32 {
        self.last = self.last.wrapping_add(1);
        self.last
    }

    fn push(&mut self, host: &impl Host, entry: Entry, now: Millis) {
        if !self.queue.push(entry, now) {
            host.drop(entry.handle, true);
        }
        while let Some(handle) = self.queue.shed() {
            host.drop(handle, true);
        }
    }
}
