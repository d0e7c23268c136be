//! An open record and its timeline, kept up to date.

use futures_util::FutureExt;
use knock_model::{ConversationId, Millis, TimelinePart};
use knock_wire::{ContactRecord, TimelineEntry};
use leptos::prelude::*;

use crate::api::records::TimelineOf;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Paged;
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::state::records::announcer::{Announcer, use_announcer};
use crate::state::records::timeline_line::{TimelineLine, lines};
use crate::state::session::use_session;

/// The debounce after a signal: one action causes a burst of them, after which points and reasons are loaded once.
const SETTLE_MS: u64 = 500;

/// A record with its timeline.
pub(crate) struct RecordFeed<T: Clone + Send + Sync + 'static> {
    pub(crate) record: Single<T>,
    pub(crate) timeline: Paged<TimelineLine>,
    /// The shown part of the timeline of a contact; none is all.
    pub(crate) part: RwSignal<Option<TimelinePart>>,
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
        let part = RwSignal::new(None);
        let timeline = Paged::new(move |before| {
            let (client, part) = (session.client(), part.get_untracked());
            async move {
                let page = client.timeline(of, part, at, before.as_deref()).await?;
                let next = page.next.clone();
                Ok((lines(page), next))
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
        RecordFeed { record, timeline, part, settle: Debounce::new(SETTLE_MS, refresh), announcer: use_announcer() }
    }

    /// Takes a signal of this record: it is shown at once, its points follow.
    pub(crate) fn take(self, entry: &TimelineEntry) {
        let line = TimelineLine::Signal(Box::new(entry.clone()));
        let place = line.place();
        let is_older = move |other: &TimelineLine| other.place() < place;
        let is_beyond = self.timeline.has_more_untracked() && !self.timeline.rows.values().iter().any(is_older);
        let is_elsewhere = self.part.get_untracked().is_some_and(|part| entry.kind.part() != part);
        if !is_beyond && !is_elsewhere {
            self.timeline.rows.put_before(line, is_older);
            self.announcer.tell(entry);
        }
        self.settle.ask();
    }

    /// Shows a part of the timeline, or all.
    pub(crate) fn choose(self, part: Option<TimelinePart>) {
        self.part.set(part);
        self.timeline.ask_anew();
    }

    /// Loads record and timeline again: lines of before may be another contact's now.
    pub(crate) fn load_anew(self) {
        self.record.load();
        self.timeline.ask_anew();
    }

    /// Loads record and timeline again soon, after a change that they show.
    pub(crate) fn refresh_soon(self) {
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

impl RecordFeed<ContactRecord> {
    /// Whether a conversation is one of the contact.
    pub(crate) fn has_chat(self, chat: ConversationId) -> bool {
        let is_theirs = |record: &ContactRecord| record.conversations.iter().any(|known| known.id == chat);
        self.record.value.with_untracked(|record| record.as_ref().is_some_and(is_theirs))
    }
}
