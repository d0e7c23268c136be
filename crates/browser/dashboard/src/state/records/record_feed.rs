//! An open record and its timeline, kept up to date.

use futures_util::FutureExt;
use knock_model::Millis;
use knock_wire::TimelineEntry;
use leptos::prelude::*;

use crate::api::records::TimelineOf;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Paged;
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::state::records::announcer::{Announcer, use_announcer};
use crate::state::session::use_session;

/// The debounce after a signal: one action causes a burst of them, after which points and reasons are loaded once.
const SETTLE_MS: u64 = 500;

/// A record with its timeline.
pub(crate) struct RecordFeed<T: Clone + Send + Sync + 'static> {
    pub(crate) record: Single<T>,
    pub(crate) timeline: Paged<TimelineEntry>,
    settle: Debounce,
    announcer: Announcer,
}

impl<T: Clone + Send + Sync + 'static> Clone for RecordFeed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + 'static> Copy for RecordFeed<T> {}

impl<T: Clone + Send + Sync + 'static> RecordFeed<T> {
    /// Loads the record and its timeline, and again after each gap of the live feed; the past does not change.
    pub(crate) fn start(of: TimelineOf, at: Option<Millis>, record: Single<T>) -> RecordFeed<T> {
        let session = use_session();
        let timeline = Paged::new(move |before| {
            let client = session.client();
            async move {
                let page = client.timeline(of, at, before.as_deref()).await?;
                Ok((page.entries, page.next))
            }
            .boxed_local()
        });
        let refresh = move || {
            record.load();
            timeline.refresh();
        };
        record.load();
        timeline.start();
        if at.is_none() {
            use_live().after_gap(refresh);
        }
        RecordFeed { record, timeline, settle: Debounce::new(SETTLE_MS, refresh), announcer: use_announcer() }
    }

    /// Takes a signal of this record: it is shown at once, its points follow.
    pub(crate) fn take(self, entry: &TimelineEntry) {
        let is_older = |other: &TimelineEntry| (other.at, other.id) < (entry.at, entry.id);
        let is_beyond = self.timeline.has_more_untracked() && !self.timeline.rows.values().iter().any(is_older);
        if !is_beyond {
            self.timeline.rows.put_before(entry.clone(), is_older);
            self.announcer.tell(entry);
        }
        self.settle.ask();
    }

    /// Takes a change of the record.
    pub(crate) fn changed(self, change: impl FnOnce(&mut T)) {
        self.record.value.update(|value| {
            if let Some(value) = value {
                change(value);
            }
        });
        self.settle.ask();
    }
}
