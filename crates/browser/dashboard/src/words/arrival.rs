//! The arrival of a site's signals, for the Install page.

use super::signal::page_path;
use super::unlisted::is_of_origin;
use knock_model::Millis;
use knock_wire::{Site, TimelineEntry};

/// The arrival of a site's signals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// No signal yet.
    Waiting,
    /// The first signal arrived while the page was open.
    First {
        /// The type and the page.
        what: String,
        /// The instant of arrival at the server.
        at: Millis,
    },
    /// An origin was added while the page was open; no signal from it yet.
    Added {
        origin: String,
        /// The instant of creation.
        at: Millis,
    },
    /// Signals arrive.
    Receiving {
        /// The instant of the newest signal.
        at: Millis,
    },
}

impl Arrival {
    /// The state of a site from the server.
    pub(crate) fn of(site: &Site) -> Arrival {
        site.last_signal_at.map_or(Arrival::Waiting, |at| Arrival::Receiving { at })
    }

    /// The state after a signal of the site. The first signal stays shown: the page waits for it.
    pub(crate) fn after(&self, entry: &TimelineEntry) -> Arrival {
        let at = entry.received_at;
        match self {
            Arrival::Added { origin, .. } if !is_of_origin(&entry.url, origin) => self.clone(),
            Arrival::Waiting | Arrival::Added { .. } => {
                let what = format!("{} of {}", entry.kind.as_str(), page_path(&entry.url));
                Arrival::First { what, at }
            }
            Arrival::First { .. } => self.clone(),
            Arrival::Receiving { .. } => Arrival::Receiving { at },
        }
    }

    /// The state after an origin was added: asked for at one instant, answered at another. Its first signal may arrive
    /// before the answer.
    pub(crate) fn added(&self, origin: String, asked_at: Millis, now: Millis) -> Arrival {
        match self {
            Arrival::First { at, .. } if *at >= asked_at => self.clone(),
            Arrival::Waiting | Arrival::First { .. } | Arrival::Added { .. } | Arrival::Receiving { .. } => {
                Arrival::Added { origin, at: now }
            }
        }
    }

    /// The state after a reload of the site.
    pub(crate) fn known(&self, site: &Site) -> Arrival {
        match (self, site.last_signal_at) {
            (Arrival::Waiting, Some(at)) => Arrival::Receiving { at },
            (Arrival::Receiving { at: before }, Some(at)) => Arrival::Receiving { at: at.max(*before) },
            (Arrival::Added { at: before, .. }, Some(at)) if at > *before => Arrival::Receiving { at },
            (Arrival::Waiting | Arrival::First { .. } | Arrival::Added { .. } | Arrival::Receiving { .. }, _) => {
                self.clone()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_first_signal_ends_the_waiting_and_stays_shown() {
        let entry = sample::entry();
        let first = Arrival::Waiting.after(&entry);
        assert_eq!(first, Arrival::First { what: "page_view of /pricing".to_owned(), at: entry.received_at });
        let later = TimelineEntry { received_at: entry.received_at + Millis(9), ..entry.clone() };
        assert_eq!(first.after(&later), first);
        let origin = || "https://shop.example".to_owned();
        assert_eq!(first.added(origin(), entry.received_at, later.received_at), first, "it came before the answer");
        let added = Arrival::Added { origin: origin(), at: later.received_at };
        assert_eq!(first.added(origin(), later.received_at, later.received_at), added, "that was another origin's");
        let receiving = Arrival::Receiving { at: Millis(1) };
        assert_eq!(receiving.after(&later), Arrival::Receiving { at: later.received_at });
    }
}
