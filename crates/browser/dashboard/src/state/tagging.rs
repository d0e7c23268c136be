//! A menu of tags: the list of the workspace, what is typed to find one, and a new one.

use futures_util::FutureExt;
use knock_model::TagColor;
use knock_wire::{Tag, TagDraft, TagRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};
use crate::words::tag::{matching_tags, new_tag};

/// The state of one menu.
#[derive(Clone, Copy)]
pub(crate) struct Tagging {
    session: Session,
    all: RwSignal<Vec<TagRow>>,
    /// Whether the list was loaded once.
    pub(crate) is_loaded: RwSignal<bool>,
    /// What is typed to find a tag.
    pub(crate) typed: RwSignal<String>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Tagging {
    /// Nothing is loaded yet.
    pub(crate) fn new() -> Tagging {
        Tagging {
            session: use_session(),
            all: RwSignal::new(Vec::new()),
            is_loaded: RwSignal::new(false),
            typed: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Loads the tags: colleagues may have changed them.
    pub(crate) fn load(self) {
        self.typed.set(String::new());
        self.failure.set(None);
        let client = self.session.client();
        spawn_local(async move {
            match client.tags().await {
                Ok(list) => {
                    self.all.try_set(list.tags);
                    self.is_loaded.try_set(true);
                }
                Err(reason) => drop(self.failure.try_set(Some(reason))),
            }
        });
    }

    /// The tags that what is typed finds.
    pub(crate) fn found(self) -> Vec<Tag> {
        self.all.with(|all| self.typed.with(|typed| matching_tags(all, typed)))
    }

    /// The name of a tag that can be created by what is typed.
    pub(crate) fn creatable(self) -> Option<String> {
        let name = self.all.with(|all| self.typed.with(|typed| new_tag(all, typed)));
        name.filter(|_| self.is_loaded.get())
    }

    /// Creates a tag; `then` gets it.
    pub(crate) fn create(self, name: String, then: Callback<Tag>) {
        let client = self.session.client();
        let work = async move {
            let tag = client.create_tag(&TagDraft { name, color: TagColor::default() }).await?;
            if !self.is_busy.is_disposed() {
                let Tag { id, name, color } = tag.clone();
                self.all.update(|all| all.push(TagRow { id, name, color, leads: 0 }));
                self.typed.set(String::new());
                then.run(tag);
            }
            Ok(())
        };
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
