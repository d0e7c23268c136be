//! The tracker: handles events of the page by calls to the host.

mod consent;
mod record;
mod sending;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod views;

use crate::delivery::{Flood, Queue};
use crate::event::{Event, Kind};
use crate::host::Host;
use crate::session::{Forms, Move, Navigation, VisibleTime};
use crate::tracker::consent::Consent;
use crate::tracker::sending::Plan;
use alloc::vec::Vec;

/// The state of a page.
#[derive(Debug)]
pub(crate) struct Tracker {
    consent: Consent,
    /// Events that the page holds until consent is given.
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
    visible_time: VisibleTime,
    forms: Forms,
    flood: Flood,
}

impl Tracker {
    /// Before the page has loaded: a constant, so that nothing has to be built.
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
        visible_time: VisibleTime::NEW,
        forms: Forms::NEW,
        flood: Flood::NEW,
    };

    /// Handles an event; whether the page must hold it until consent is given.
    pub(crate) fn handle_event(&mut self, host: &impl Host, event: &Event) -> bool {
        match (event.kind, self.consent) {
            (Kind::Start, _) => return self.start(host, event),
            (Kind::Consent, _) => self.allow(host, event),
            (_, Consent::Denied | Consent::Closed) => {}
            (_, Consent::Pending) => return self.hold(event),
            (_, Consent::Granted) => self.handle_granted(host, event),
        }
        false
    }

    fn handle_granted(&mut self, host: &impl Host, event: &Event) {
        let is_call = matches!(event.kind, Kind::Call | Kind::Page);
        if is_call && !self.flood.allows(event.at) {
            return host.drop(0, true);
        }
        match event.kind {
            Kind::Reply => self.on_reply(host, event),
            Kind::Adopted => self.adopt(host, event),
            Kind::Navigated => self.moved(host, event, Move::Navigated),
            Kind::Replaced => self.moved(host, event, Move::Replaced),
            Kind::Debounced => self.count_waiting_view(host, event),
            Kind::Page => self.view_again(host, event),
            Kind::Restored => self.restore(host, event),
            Kind::Visibility => self.on_visibility(host, event),
            Kind::Leave => self.on_leave(host, event),
            Kind::Send => self.send(host),
            Kind::Flush => self.flush(host),
            Kind::Online => self.on_online(host),
            Kind::Reset => self.reset(host, event),
            Kind::Click | Kind::Call | Kind::Input | Kind::Submit => self.on_action(host, event),
            Kind::Start | Kind::Consent => {}
        }
    }
}
