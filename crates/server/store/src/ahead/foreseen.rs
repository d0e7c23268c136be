//! What a group of commands will ask for, each thing once.

use super::Browser;
use knock_model::{SessionId, SignalId, SignalType, ViewId};
use knock_ports::{Coming, number_in_visit};
use std::collections::{BTreeMap, BTreeSet};

/// The keys of what is to be read ahead.
#[derive(Default)]
pub(crate) struct Foreseen {
    pub(crate) browsers: BTreeSet<Browser>,
    /// Signals of which only they themselves tell whether they are there.
    pub(crate) signals: BTreeSet<(Browser, SignalId)>,
    /// Visits with their signals by number: one past all that came is new.
    pub(crate) visits: BTreeMap<(Browser, SessionId), Vec<(u32, SignalId)>>,
    /// Page views with visible time.
    pub(crate) views: BTreeSet<(Browser, ViewId)>,
}

impl Foreseen {
    /// Adds what a command will ask for.
    pub(crate) fn add(&mut self, coming: &Coming<'_>) {
        let browser = (coming.site, coming.visitor);
        self.browsers.insert(browser);
        for signal in coming.signals {
            match number_in_visit(signal.seq) {
                Some(number) => {
                    self.visits.entry((browser, signal.session)).or_default().push((number, signal.id));
                }
                None => _ = self.signals.insert((browser, signal.id)),
            }
            if let Some(view) = signal.view.filter(|_| signal.kind == SignalType::Engagement) {
                self.views.insert((browser, view));
                // The page view is a signal under the same id.
                self.signals.insert((browser, SignalId::from_bytes(*view.as_bytes())));
            }
        }
    }

    /// All numbered signals.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (Browser, SessionId, u32, SignalId)> {
        self.visits.iter().flat_map(|((browser, session), signals)| {
            signals.iter().map(|(number, id)| (*browser, *session, *number, *id))
        })
    }
}
