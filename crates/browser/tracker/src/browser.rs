//! The browser as the tracker's host.

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use crate::host::Host;
use crate::outbox::{number, push_number};
use crate::tracker::Tracker;
use alloc::string::String;
use knock_dom::Page;
use knock_model::Millis;
use spin::Mutex;

/// The tracker of the page. Locked for ever once a message ended in a trap, which the script counts: what such a
/// bug left half done must not be sent.
static TRACKER: Mutex<Option<Tracker>> = Mutex::new(None);

/// Lets the tracker know what happened.
pub(crate) fn tell(message: &str) {
    if let Some(mut tracker) = TRACKER.try_lock() {
        tracker.get_or_insert_default().tell(&Page::current(), message);
    }
}

impl Host for Page {
    fn random(&self) -> u32 {
        number(&self.random()) as u32
    }

    fn watch(&self, is_on: bool) {
        self.watch(is_on);
    }

    fn wake(&self, kind: &str, delay: Millis) {
        let mut text = String::new();
        push_number(&mut text, delay.0);
        self.wake(kind, &text);
    }

    fn post(&self, body: &str) {
        self.post(body);
    }

    fn hand(&self, body: &str) -> bool {
        self.hand(body)
    }

    fn intent(&self, category: &str, kind: &str) {
        self.intent(category, kind);
    }

    fn get(&self, key: &str) -> String {
        self.get(key)
    }

    fn set(&self, key: &str, text: &str) {
        self.set(key, text);
    }

    fn remove(&self, key: &str) {
        self.remove(key);
    }

    fn keys(&self, prefix: &str) -> String {
        self.keys(prefix)
    }
}
