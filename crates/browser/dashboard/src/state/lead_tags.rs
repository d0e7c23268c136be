//! The tags of one lead: set and taken off.

use futures_util::FutureExt;
use knock_model::LeadId;
use knock_wire::Tag;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};

/// Changes of the tags of a lead.
#[derive(Clone, Copy)]
pub(crate) struct LeadTags {
    session: Session,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl LeadTags {
    pub(crate) fn new() -> LeadTags {
        LeadTags { session: use_session(), is_busy: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Sets a tag or takes it off; `done` once the server has stored it.
    pub(crate) fn set(self, lead: LeadId, (tag, is_set): (Tag, bool), done: impl FnOnce() + 'static) {
        let client = self.session.client();
        let work = async move { client.tag_lead(lead, tag.id, is_set).await };
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                done();
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
