//! The tracker: events of the page in, what is to be done out.

mod consent;
mod record;
mod sending;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod views;

use crate::delivery::{Flood, Queue};
use crate::event::{Event, Kind};
use crate::host::Host;
use crate::tracker::consent::Consent;
use crate::tracker::sending::Plan;
use crate::visit::{Forms, Gaze, Move, Navigation};
use alloc::vec::Vec;

/// All that is decided while a page lives.
#[derive(Debug)]
pub(crate) struct Tracker {
    consent: Consent,
    /// Events that the page holds for us until consent is given.
    held: u32,
    /// The handle of the last signal that was written.
    last: u32,
    queue: Queue,
    plan: Plan,
    is_sending: bool,
    failures: u32,
    /// Signals of a batch, while the server takes only smaller ones.
    most: Option<usize>,
    navigation: Navigation,
    gaze: Gaze,
    forms: Forms,
    flood: Flood,
}

impl Tracker {
    /// As it is before the page was loaded: a constant, so that nothing has to be built.
    pub(crate) const NEW: Tracker = Tracker {
        consent: Consent::Denied,
        held: 0,
        last: 0,
        queue: Queue { entries: Vec::new() },
        plan: Plan::Idle,
        is_sending: false,
        failures: 0,
        most: None,
        navigation: Navigation::NEW,
        gaze: Gaze::NEW,
        forms: Forms::NEW,
        flood: Flood::NEW,
    };

    /// Takes an event; whether it is to be held until consent is given.
    pub(crate) fn tell(&mut self, host: &impl Host, event: &Event) -> bool {
        match (event.kind, self.consent) {
            (Kind::Start, _) => return self.start(host, event),
            (Kind::Consent, _) => self.allow(host, event),
            (_, Consent::Denied | Consent::Closed) => {}
            (_, Consent::Pending) => return self.hold(event),
            (_, Consent::Granted) => self.take(host, event),
        }
        false
    }

    fn take(&mut self, host: &impl Host, event: &Event) {
        let is_call = matches!(event.kind, Kind::Call | Kind::Again);
        if is_call && !self.flood.allows(event.at) {
            return host.drop(0, true);
        }
        match event.kind {
            Kind::Reply => self.on_reply(host, event),
            Kind::Adopted => self.adopt(host, event),
            Kind::Onward => self.moved(host, event, Move::Onward),
            Kind::Instead => self.moved(host, event, Move::Instead),
            Kind::Settle => self.settle(host, event),
            Kind::Again => self.view_again(host, event),
            Kind::Restored => self.restore(host, event),
            Kind::Visibility => self.on_visibility(host, event),
            Kind::Leave => self.on_leave(host, event),
            Kind::Send => self.send(host),
            Kind::Hurry => self.hurry(host),
            Kind::Online => self.on_online(host),
            Kind::Reset => self.reset(host, event),
            Kind::Click | Kind::Call | Kind::Input | Kind::Submit => self.on_action(host, event),
            Kind::Start | Kind::Consent => {}
        }
    }
}
