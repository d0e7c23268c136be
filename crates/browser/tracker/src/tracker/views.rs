//! Page views: the first load, navigation by script, pages seen late and pages restored.

use crate::host::Host;
use crate::outbox::Facts;
use crate::privacy::{label, scrub};
use crate::tracker::{Moment, Tracker};
use crate::visit::{Move, View};
use knock_model::{Millis, SignalType};

/// How long a page gets to set its title and to redirect.
const SETTLING: Millis = Millis(50);
const TITLE_MAX: usize = 200;

impl Tracker {
    /// The address may have changed.
    pub(crate) fn moved(&mut self, host: &dyn Host, moment: &Moment<'_>, how: Move) {
        // What nobody saw was passed without a view.
        let how = if moment.is_visible { how } else { Move::Instead };
        if let Some(passed) = self.navigation.moved(how, moment.url, moment.at) {
            // The title may be the next page's already.
            self.count(host, &passed, "");
        }
        if self.navigation.waiting.is_some() {
            host.wake("settle", SETTLING);
        }
    }

    /// Counts the view that waits, if somebody sees the page.
    pub(crate) fn settle(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        if moment.is_visible {
            self.settle_seen(host, moment);
        }
    }

    /// The same for a page that was seen until just now.
    pub(crate) fn settle_seen(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        if let Some(view) = self.navigation.settle() {
            self.count(host, &view, moment.title);
        }
    }

    /// Counts the page as it is, whether or not it was counted before.
    pub(crate) fn view_again(&mut self, host: &dyn Host, moment: &Moment<'_>) {
        self.navigation.again(moment.url, moment.at);
        self.settle(host, moment);
    }

    fn count(&mut self, host: &dyn Host, view: &View, title: &str) {
        let referrer = core::mem::take(&mut self.referrer);
        let url = scrub(&view.url);
        let title = label(title, TITLE_MAX);
        let mut facts = Facts::at(&url);
        facts.title = &title;
        facts.referrer = &referrer;
        self.record(host, SignalType::PageView, view.at, &facts);
    }
}
