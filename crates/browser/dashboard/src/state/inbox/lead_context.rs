//! What is known of the lead of an open conversation: their record and their last signals, for the details.

use futures_util::FutureExt;
use knock_model::{LeadId, Permission, TimelinePart};
use knock_wire::{ContactRecord, LiveEvent, TimelinePage};
use leptos::prelude::*;

use crate::api::Failure;
use crate::api::records::TimelineOf;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Phase;
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::state::session::use_session;

/// The debounce of a reload: a visitor who acts causes a burst of signals.
const SETTLE_MS: u64 = 1_000;

/// The record and the newest signals of a lead.
#[derive(Clone, Copy)]
pub(crate) struct LeadContext {
    pub(crate) record: Single<ContactRecord>,
    /// The newest page of what the lead did on the website.
    pub(crate) timeline: Single<TimelinePage>,
    may_see: bool,
    is_open: StoredValue<bool>,
    settle: Debounce,
}

impl LeadContext {
    /// Follows a lead once it is opened; nothing is requested before.
    pub(crate) fn start(lead: LeadId) -> LeadContext {
        let session = use_session();
        let record = Single::new(move || {
            let client = session.client();
            async move { client.contact(lead, None).await }.boxed_local()
        });
        let timeline = Single::new(move || {
            let client = session.client();
            let (of, part) = (TimelineOf::Contact(lead), Some(TimelinePart::Website));
            async move { client.timeline(of, part, None, None).await }.boxed_local()
        });
        let reload = move || {
            record.load();
            timeline.load();
        };
        let context = LeadContext {
            record,
            timeline,
            may_see: session.may(Permission::SeeRecords),
            is_open: StoredValue::new(false),
            settle: Debounce::new(SETTLE_MS, reload),
        };
        use_live().after_gap(move || context.changed());
        use_live().listen(move |event| match event {
            LiveEvent::Signal(entry) if entry.contact.as_ref().is_some_and(|contact| contact.id == lead) => {
                context.changed();
            }
            LiveEvent::Contact(row) if row.id == lead => context.changed(),
            _ => {}
        });
        context
    }

    /// Loads it, the first time.
    pub(crate) fn open(self) {
        if self.may_see && !self.is_open.get_value() {
            self.is_open.set_value(true);
            self.record.load();
            self.timeline.load();
        }
    }

    /// Loads it again soon, after a change of the chat or of the lead.
    pub(crate) fn changed(self) {
        if self.is_open.get_value() {
            self.settle.ask();
        }
    }

    /// Why the record is not shown; an erased lead has none.
    pub(crate) fn failure(self) -> Option<Failure> {
        self.record.phase.with(|phase| match phase {
            Phase::Failed(failure) if *failure != Failure::NotFound => Some(failure.clone()),
            _ => None,
        })
    }
}
