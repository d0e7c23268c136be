//! Page views: the first load, navigation by script, pages seen late and pages restored; and what ends with them.

use crate::event::{Event, Kind};
use crate::host::{Host, What};
use crate::tracker::Tracker;
use crate::visit::{Gaze, Move, View};
use knock_model::Millis;

/// How long a page gets to set its title and to redirect.
const SETTLING: Millis = Millis(150);

impl Tracker {
    /// The address may have changed.
    pub(crate) fn moved(&mut self, host: &impl Host, event: &Event, how: Move) {
        // A hidden page was passed without a view.
        let how = if event.is_visible { how } else { Move::Instead };
        if let Some(passed) = self.navigation.moved(how, event.number, event.at) {
            // The title may be the next page's already.
            self.count(host, passed, event, What::PassedView);
        }
        if self.navigation.waiting.is_some() {
            host.wake(Kind::Settle, SETTLING);
        }
    }

    /// Counts the view that waits, if somebody sees the page.
    pub(crate) fn settle(&mut self, host: &impl Host, event: &Event) {
        if event.is_visible {
            self.settle_seen(host, event);
        }
    }

    /// The same for a page that was seen until just now.
    pub(crate) fn settle_seen(&mut self, host: &impl Host, event: &Event) {
        if let Some(view) = self.navigation.settle() {
            self.count(host, view, event, What::ShownView);
        }
    }

    /// Counts the page as it is, whether or not it was counted before.
    pub(crate) fn view_again(&mut self, host: &impl Host, event: &Event) {
        self.navigation.again(event.number, event.at);
        self.settle(host, event);
    }

    /// The page comes back from the back/forward cache: a view of its own.
    pub(crate) fn restore(&mut self, host: &impl Host, event: &Event) {
        host.recover();
        self.view_again(host, event);
    }

    fn count(&mut self, host: &impl Host, view: View, event: &Event, what: What) {
        self.end_view(host, view.at);
        self.record(host, view.at, what, view.page.into());
        self.gaze = Gaze::begin(view.at, event.is_visible);
    }

    /// The page view has ended: its visible time, and the forms that were begun in vain.
    pub(crate) fn end_view(&mut self, host: &impl Host, at: Millis) {
        self.blink(host, at);
        while let Some(form) = self.forms.abandon() {
            self.record(host, at, What::Abandoned, form.into());
        }
    }

    /// The page is hidden.
    pub(crate) fn blink(&mut self, host: &impl Host, at: Millis) {
        if let Some(seen) = self.gaze.close(at) {
            self.record(host, at, What::Engagement, seen.0);
        }
    }

    pub(crate) fn on_visibility(&mut self, host: &impl Host, event: &Event) {
        if event.is_visible {
            self.gaze.open(event.at);
            if self.navigation.waiting.is_some() {
                self.view_again(host, event);
            }
            return;
        }
        self.settle_seen(host, event);
        self.blink(host, event.at);
        self.send_soon(host);
    }
}
