//! A line of a timeline: a signal, or what the team, the AI agent or a timer did.

use knock_model::{Millis, SignalId};
use knock_wire::{TimelineEntry, TimelineEvent, TimelinePage};

use crate::kit::rows::Keyed;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TimelineLine {
    Signal(Box<TimelineEntry>),
    Event(Box<TimelineEvent>),
}

impl TimelineLine {
    pub(crate) fn at(&self) -> Millis {
        self.place().0
    }

    /// The place in the order of a timeline.
    pub(crate) fn place(&self) -> (Millis, SignalId) {
        match self {
            TimelineLine::Signal(entry) => (entry.at, entry.id),
            TimelineLine::Event(event) => (event.at, event.id),
        }
    }

    /// The signal; none for an event.
    pub(crate) fn signal(self) -> Option<TimelineEntry> {
        match self {
            TimelineLine::Signal(entry) => Some(*entry),
            TimelineLine::Event(_) => None,
        }
    }
}

impl Keyed for TimelineLine {
    type Key = SignalId;
    fn key(&self) -> SignalId {
        self.place().1
    }
}

/// The signals and events of a page in one order, newest first.
pub(crate) fn lines(page: TimelinePage) -> Vec<TimelineLine> {
    let signals = page.entries.into_iter().map(|entry| TimelineLine::Signal(Box::new(entry)));
    let mut lines: Vec<_> =
        signals.chain(page.events.into_iter().map(|event| TimelineLine::Event(Box::new(event)))).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.place()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn signals_and_events_stand_in_one_order() {
        let entry = |at: i64| TimelineEntry { at: Millis(at), ..sample::entry() };
        let event = |at: i64| TimelineEvent { at: Millis(at), ..sample::event() };
        let page = TimelinePage { entries: vec![entry(5), entry(2)], events: vec![event(7), event(3)], next: None };
        let shown: Vec<_> = lines(page).into_iter().map(|line| (line.at().0, line.signal().is_some())).collect();
        assert_eq!(shown, [(7, false), (5, true), (3, false), (2, true)]);
    }
}
