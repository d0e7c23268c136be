//! The tags of one lead: set and taken off.

use futures_util::FutureExt;
use knock_model::LeadId;
use knock_wire::Tag;
use leptos::prelude::*;
use std::collections::VecDeque;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};

/// A tag of a lead that is set or taken off, and what follows once the server has stored it.
type Change = (LeadId, (Tag, bool), Box<dyn FnOnce()>);

/// Changes of the tags of a lead.
#[derive(Clone, Copy)]
pub(crate) struct LeadTags {
    session: Session,
    /// A tag that was created while another change was under way.
    waiting: StoredValue<VecDeque<Change>, LocalStorage>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl LeadTags {
    pub(crate) fn new() -> LeadTags {
        LeadTags {
            session: use_session(),
            waiting: StoredValue::new_local(VecDeque::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Sets a tag or takes it off, after the change that is under way; `done` once the server has stored it.
    pub(crate) fn set(self, lead: LeadId, change: (Tag, bool), done: impl FnOnce() + 'static) {
        self.waiting.update_value(|waiting| waiting.push_back((lead, change, Box::new(done))));
        if !self.is_busy.get_untracked() {
            self.next();
        }
    }

    fn next(self) {
        let Some((lead, (tag, is_set), done)) = self.waiting.try_update_value(VecDeque::pop_front).flatten() else {
            return;
        };
        let client = self.session.client();
        let work = async move { client.tag_lead(lead, tag.id, is_set).await };
        let ended = move |failure: Option<Failure>| {
            if failure.is_some() {
                // What follows would hide the failure.
                self.waiting.update_value(VecDeque::clear);
                self.failure.set(failure);
                return;
            }
            done();
            self.next();
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
