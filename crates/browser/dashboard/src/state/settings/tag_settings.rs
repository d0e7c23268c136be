//! State of Settings > Tags: the list, the form, and the question before a deletion.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{TagColor, TagId};
use knock_wire::{TagChange, TagDraft, TagRow};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::rows::Drawn;
use crate::kit::whole::Whole;
use crate::state::session::{Session, use_session};

/// The id of the field that takes the focus.
pub(crate) const NAME: &str = "tag-name";

/// The shown tags and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct TagSettings {
    session: Session,
    draw: fn(TagRow, TagSettings) -> Drawn,
    /// Sorted by name.
    pub(crate) list: Whole,
    /// The tag in the form; none for a new one.
    pub(crate) editing: RwSignal<Option<TagId>>,
    pub(crate) name: RwSignal<String>,
    /// The colour, by its word.
    pub(crate) color: RwSignal<String>,
    /// The tag that is about to be deleted.
    pub(crate) deleting: RwSignal<Option<TagRow>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl TagSettings {
    /// The list; nothing is loaded yet, and lines are drawn by `draw`.
    pub(crate) fn new(draw: fn(TagRow, TagSettings) -> Drawn) -> TagSettings {
        TagSettings {
            session: use_session(),
            draw,
            list: Whole::new(),
            editing: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            color: RwSignal::new(TagColor::default().as_str().to_owned()),
            deleting: RwSignal::new(None),
            said: RwSignal::new(""),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Loads the tags, again too.
    pub(crate) fn load(self) {
        let client = self.session.client();
        let answer = async move {
            let tags = client.tags().await?.tags;
            Ok(tags.into_iter().map(|tag| (self.draw)(tag, self)).collect())
        };
        self.list.load(answer.boxed_local());
    }

    /// Puts a tag into the form.
    pub(crate) fn edit(self, row: &TagRow) {
        self.fill(Some(row.id), row.name.clone(), row.color);
        focus_later(NAME.to_owned());
    }

    /// Empties the form for a new tag.
    pub(crate) fn begin(self) {
        self.fill(None, String::new(), TagColor::default());
    }

    fn fill(self, id: Option<TagId>, name: String, color: TagColor) {
        self.failure.set(None);
        self.said.set("");
        self.editing.set(id);
        self.name.set(name);
        self.color.set(color.as_str().to_owned());
    }

    pub(crate) fn save(self) {
        let (client, id, name) = (self.session.client(), self.editing.get_untracked(), self.name.get_untracked());
        let color = self.color.with_untracked(|color| TagColor::parse(color)).unwrap_or_default();
        let work = async move {
            match id {
                Some(id) => client.change_tag(id, &TagChange { name: Some(name), color: Some(color) }).await?,
                None => client.create_tag(&TagDraft { name, color }).await.map(drop)?,
            }
            if !self.is_busy.is_disposed() {
                self.begin();
                self.said.set("Saved.");
            }
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Opens the confirmation of deleting a tag.
    pub(crate) fn ask_to_delete(self, row: TagRow) {
        self.failure.set(None);
        self.deleting.set(Some(row));
    }

    /// Deletes the confirmed tag.
    pub(crate) fn delete(self) {
        let (client, deleting) = (self.session.client(), self.deleting.get_untracked());
        let work = async move {
            let Some(TagRow { id, .. }) = deleting else { return Ok(()) };
            match client.delete_tag(id).await {
                // Already deleted by another member.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            if self.editing.try_get_untracked() == Some(Some(id)) {
                self.begin();
            }
            self.deleting.try_set(None);
            self.said.try_set("Deleted.");
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Closes the confirmation.
    pub(crate) fn keep(self) {
        self.deleting.set(None);
        self.failure.set(None);
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.load();
            }
            self.failure.set(failure);
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}
