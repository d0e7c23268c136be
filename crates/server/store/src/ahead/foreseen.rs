//! What a group of commands will ask for, each thing once.

use super::Browser;
use knock_model::{SessionId, SignalId, SignalType, ViewId};
use knock_ports::{Coming, number_in_visit};
use std::collections::BTreeSet;

/// The keys of what is to be read ahead.
#[derive(Default)]
pub(crate) struct Foreseen {
    pub(crate) browsers: BTreeSet<Browser>,
    pub(crate) signals: BTreeSet<(Browser, SignalId)>,
    /// Page views with visible time.
    pub(crate) views: BTreeSet<(Browser, ViewId)>,
    /// Visits with numbered signals.
    pub(crate) visits: BTreeSet<(Browser, SessionId)>,
}

impl Foreseen {
    /// Adds what a command will ask for.
    pub(crate) fn add(&mut self, coming: &Coming<'_>) {
        let browser = (coming.site, coming.visitor);
        self.browsers.insert(browser);
        for signal in coming.signals {
            self.signals.insert((browser, signal.id));
            if number_in_visit(signal.seq).is_some() {
                self.visits.insert((browser, signal.session));
            }
            if let Some(view) = signal.view.filter(|_| signal.kind == SignalType::Engagement) {
                self.views.insert((browser, view));
                // The page view is a signal under the same id.
                self.signals.insert((browser, SignalId::from_bytes(*view.as_bytes())));
            }
        }
    }
}
