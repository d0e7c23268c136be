//! The tracker: messages of the page in, signals out.

mod actions;
mod consent;
mod delivery;
mod identity;
mod record;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod views;

use crate::host::Host;
use crate::outbox::{Queue, number};
use crate::tracker::consent::Consent;
use crate::tracker::delivery::Plan;
use crate::visit::{Move, Navigation};
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Category, IntentType, Millis};

/// All that is known while a page lives.
#[derive(Debug, Default)]
pub(crate) struct Tracker {
    settings: Settings,
    consent: Consent,
    visitor: String,
    queue: Queue,
    /// The key of this page's copy of the queue.
    mirror: String,
    plan: Plan,
    is_sending: bool,
    failures: u32,
    navigation: Navigation,
    /// Id of the page view that is being looked at.
    view: String,
    /// Where this page was reached from, until its first view is counted.
    referrer: String,
    /// Forms begun on this page view.
    begun: Vec<i64>,
    intent: Option<(Category, IntentType)>,
    /// Messages that wait for consent.
    held: Vec<String>,
}

/// What the script tag says.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    site: String,
    base: String,
}

/// When and where something happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment<'a> {
    at: Millis,
    url: &'a str,
    is_visible: bool,
    title: &'a str,
}

/// The lines of a message that are special to its kind.
pub(crate) type Lines<'a> = core::str::Split<'a, char>;

impl Tracker {
    /// Takes a message of the page (`knock-dom`'s `page.js` says what stands in them).
    pub(crate) fn tell(&mut self, host: &dyn Host, message: &str) {
        let mut lines = message.split('\n');
        let kind = next(&mut lines);
        let moment = Moment {
            at: Millis(number(next(&mut lines))),
            url: next(&mut lines),
            is_visible: next(&mut lines) == "1",
            title: next(&mut lines),
        };
        match kind {
            "start" => self.start(host, &moment, message, lines),
            "consent" => self.allow(host, &moment, next(&mut lines)),
            "reply" => self.on_reply(host, moment.at, lines),
            _ if self.consent == Consent::Denied => {}
            _ if self.consent == Consent::Pending => self.hold(kind, message),
            "pushState" | "popstate" => self.moved(host, &moment, Move::Onward),
            "replaceState" => self.moved(host, &moment, Move::Instead),
            "settle" => self.settle(host, &moment),
            "page" => self.view_again(host, &moment),
            "restored" => self.restore(host, &moment),
            "visibility" => self.on_visibility(host, &moment),
            "pagehide" => self.on_leave(host, &moment),
            "send" => self.send(host, moment.at),
            "online" => self.on_online(host, moment.at),
            "reset" => self.reset(host, &moment),
            _ => self.on_action(host, kind, &moment, lines),
        }
    }
}

/// The next line, empty when there is none.
fn next<'a>(lines: &mut Lines<'a>) -> &'a str {
    lines.next().unwrap_or("")
}
