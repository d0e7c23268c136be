//! The members who own chats, the tags, and the reasons of rejections, by which contacts are filtered.

use knock_wire::{Assignee, TagRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::session::{Session, use_session};

/// What is offered; nothing before it is loaded.
#[derive(Clone, Copy)]
pub(crate) struct Owners {
    session: Session,
    pub(crate) members: RwSignal<Vec<Assignee>>,
    pub(crate) tags: RwSignal<Vec<TagRow>>,
    /// The reasons that the workspace offers; leads can be rejected for others.
    pub(crate) reasons: RwSignal<Vec<String>>,
}

impl Owners {
    /// Nothing is requested yet.
    pub(crate) fn new() -> Owners {
        let (members, tags, reasons) = (RwSignal::default(), RwSignal::default(), RwSignal::default());
        Owners { session: use_session(), members, tags, reasons }
    }

    /// Loads all; what fails to load is not offered.
    pub(crate) fn load(self) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(list) = client.assignees().await {
                self.members.try_set(list.assignees);
            }
            if let Ok(list) = client.tags().await {
                self.tags.try_set(list.tags);
            }
            if let Ok(list) = client.reject_reasons().await {
                self.reasons.try_set(list.reasons);
            }
        });
    }
}
