//! Events of a lead before they have their numbers.

use knock_model::{Millis, SignalType};
use knock_ports::NewSignal;
use knock_workflow::{Event, EventKind, Origin};

/// An event of a lead.
#[derive(Clone, Debug)]
pub(super) struct Unnumbered {
    pub(super) id: String,
    pub(super) at: Millis,
    pub(super) received_at: Millis,
    pub(super) origin: Origin,
    pub(super) kind: EventKind,
}

impl Unnumbered {
    /// One that happened when it was received.
    pub(super) const fn now(id: String, (now, origin): (Millis, Origin), kind: EventKind) -> Unnumbered {
        Unnumbered { id, at: now, received_at: now, origin, kind }
    }

    /// The events of a signal: itself, and the form or the Knock Link that it is of.
    pub(super) fn of_signal(signal: &NewSignal, origin: Origin) -> Vec<Unnumbered> {
        let NewSignal { id, at, received_at, kind, category, .. } = *signal;
        let of = |word: &str, origin, kind| Unnumbered { id: format!("{word}:{id}"), at, received_at, origin, kind };
        let mut events = vec![of("signal", origin, EventKind::Signal { signal: kind, category })];
        let beside = origin.beside_signal(at, received_at);
        match kind {
            SignalType::FormSubmit => {
                let detail = signal.detail.read();
                let name = if detail.form.is_empty() { detail.name } else { detail.form };
                events.push(of("form", beside, EventKind::Form { form: Some(name).filter(|name| !name.is_empty()) }));
            }
            SignalType::LinkClick => {
                let name = signal.detail.read().name;
                events.extend(is_link(&name).then(|| of("link", beside, EventKind::Link { link: Some(name) })));
            }
            _ => {}
        }
        events
    }

    /// Whether signals are counted with it.
    pub(super) const fn is_signal(&self) -> bool {
        matches!(self.kind, EventKind::Signal { .. })
    }

    /// Whether it is of a signal: it changes no field that has an event of its own.
    pub(super) const fn is_of_signal(&self) -> bool {
        matches!(self.kind, EventKind::Signal { .. } | EventKind::Form { .. } | EventKind::Link { .. })
    }

    pub(super) fn numbered(self, number: u64) -> Event {
        let Unnumbered { id, at, received_at, origin, kind } = self;
        Event { id, number, at, received_at, origin, kind }
    }
}

/// The button of the page is no Knock Link.
fn is_link(name: &str) -> bool {
    !name.is_empty() && name != knock_ports::WEBSITE
}
