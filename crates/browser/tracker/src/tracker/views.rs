//! Page views: the first load, navigation by script, restored pages; visible time and abandoned forms at their end.

use crate::event::{Event, Kind};
use crate::host::{Host, What};
use crate::session::{Move, View, VisibleTime};
use crate::tracker::Tracker;
use knock_model::Millis;

/// Time for a page to set its title and to redirect before its view is counted.
const VIEW_DEBOUNCE: Millis = Millis(150);

impl Tracker {
    /// The address may have changed.
    pub(crate) fn moved(&mut self, host: &impl Host, event: &Event, how: Move) {
        // A hidden page counts no view.
        let how = if event.is_visible { how } else { Move::Replaced };
        if let Some(passed) = self.navigation.moved(how, event.number, event.at) {
            // The title may be the next page's already.
            self.count(host, passed, event, What::PassedView);
        }
        if self.navigation.waiting.is_some() {
            host.schedule(Kind::Debounced, VIEW_DEBOUNCE);
        }
    }

    /// Counts the waiting view, if the page is visible.
    pub(crate) fn count_waiting_view(&mut self, host: &impl Host, event: &Event) {
        if event.is_visible {
            self.count_seen_view(host, event);
        }
    }

    /// Counts the waiting view of a page that was visible until now.
    pub(crate) fn count_seen_view(&mut self, host: &impl Host, event: &Event) {
        if let Some(view) = self.navigation.take_waiting() {
            self.count(host, view, event, What::ShownView);
        }
    }

    /// Counts the page as it is, whether or not it was counted before.
    pub(crate) fn view_again(&mut self, host: &impl Host, event: &Event) {
        self.navigation.again(event.number, event.at);
        self.count_waiting_view(host, event);
    }

    /// The page comes back from the back/forward cache: a view of its own.
    pub(crate) fn restore(&mut self, host: &impl Host, event: &Event) {
        host.recover();
        self.view_again(host, event);
    }

    fn count(&mut self, host: &impl Host, view: View, event: &Event, what: What) {
        self.end_view(host, view.at);
        self.record(host, view.at, what, view.page.into());
        self.visible_time = VisibleTime::begin(view.at, event.is_visible);
    }

    /// Ends the page view: records its visible time and its abandoned forms.
    pub(crate) fn end_view(&mut self, host: &impl Host, at: Millis) {
        self.end_visibility(host, at);
        while let Some(form) = self.forms.abandon() {
            self.record(host, at, What::Abandoned, form.into());
        }
    }

    /// Records the visible time, if it has grown.
    pub(crate) fn end_visibility(&mut self, host: &impl Host, at: Millis) {
        if let Some(seen) = self.visible_time.close(at) {
            self.record(host, at, What::Engagement, seen.0);
        }
    }

    pub(crate) fn on_visibility(&mut self, host: &impl Host, event: &Event) {
        if event.is_visible {
            self.visible_time.open(event.at);
            if self.navigation.waiting.is_some() {
                self.view_again(host, event);
            }
            return;
        }
        self.count_seen_view(host, event);
        self.end_visibility(host, event.at);
        self.send_soon(host);
    }
}
