//! State of Settings > Saved replies: the list and the form.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{Permission, SavedReplyId};
use knock_wire::{SavedReply, SavedReplyDraft};
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::derived;
use crate::kit::rows::Drawn;
use crate::kit::whole::Whole;
use crate::state::session::{Session, use_session};
use crate::words::site::field_errors;

/// The id of the field that takes the focus.
pub(crate) const NAME: &str = "reply-name";

/// The shown saved replies and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct ReplySettings {
    session: Session,
    draw: fn(SavedReply, ReplySettings) -> Drawn,
    /// Sorted by name.
    pub(crate) list: Whole,
    /// The reply in the form; none for a new one.
    pub(crate) editing: RwSignal<Option<SavedReplyId>>,
    pub(crate) name: RwSignal<String>,
    pub(crate) text: RwSignal<String>,
    /// Its language, by its code; empty for any.
    pub(crate) language: RwSignal<String>,
    /// Its scope: `personal` or `team`.
    pub(crate) owner: RwSignal<String>,
    /// The reply that is about to be deleted.
    deleting: RwSignal<Option<SavedReplyId>>,
    /// Its name; empty for none.
    pub(crate) deleting_name: RwSignal<String>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl ReplySettings {
    /// The list; nothing is loaded yet, and lines are drawn by `draw`.
    pub(crate) fn new(draw: fn(SavedReply, ReplySettings) -> Drawn) -> ReplySettings {
        let text = || RwSignal::new(String::new());
        ReplySettings {
            session: use_session(),
            draw,
            list: Whole::new(),
            editing: RwSignal::new(None),
            name: text(),
            text: text(),
            language: text(),
            owner: RwSignal::new("personal".to_owned()),
            deleting: RwSignal::new(None),
            deleting_name: text(),
            said: RwSignal::new(""),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    pub(crate) fn may_edit_teams(self) -> bool {
        self.session.may(Permission::EditReplies)
    }

    /// Loads the replies, again too.
    pub(crate) fn load(self) {
        let client = self.session.client();
        let answer = async move {
            let replies = client.replies().await?.replies;
            Ok(replies.into_iter().map(|reply| (self.draw)(reply, self)).collect())
        };
        self.list.load(answer.boxed_local());
    }

    /// Puts a reply into the form.
    pub(crate) fn edit(self, reply: &SavedReply) {
        self.fill(Some(reply.id), reply.name.clone(), reply.text.clone());
        self.language.set(reply.language.clone().unwrap_or_default());
        self.owner.set(if reply.is_personal { "personal" } else { "team" }.to_owned());
        focus_later(NAME.to_owned());
    }

    /// Empties the form for a new reply.
    pub(crate) fn begin(self) {
        self.fill(None, String::new(), String::new());
    }

    fn fill(self, id: Option<SavedReplyId>, name: String, text: String) {
        self.failure.set(None);
        self.said.set("");
        self.editing.set(id);
        self.name.set(name);
        self.text.set(text);
    }

    pub(crate) fn save(self) {
        let (client, id) = (self.session.client(), self.editing.get_untracked());
        let draft = SavedReplyDraft {
            name: self.name.get_untracked(),
            text: self.text.get_untracked(),
            language: Some(self.language.get_untracked()).filter(|language| !language.is_empty()),
            is_personal: self.owner.with_untracked(|owner| owner == "personal"),
        };
        let work = async move {
            client.save_reply(id, &draft).await?;
            if !self.is_busy.is_disposed() {
                self.begin();
                self.said.set("Saved.");
            }
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Opens the confirmation of deleting a reply.
    pub(crate) fn ask_to_delete(self, id: SavedReplyId, name: String) {
        self.failure.set(None);
        self.deleting.set(Some(id));
        self.deleting_name.set(name);
    }

    /// Deletes the confirmed reply.
    pub(crate) fn delete(self) {
        let (client, deleting) = (self.session.client(), self.deleting.get_untracked());
        let work = async move {
            let Some(id) = deleting else { return Ok(()) };
            match client.delete_reply(id).await {
                // Already deleted by another member.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            if self.editing.try_get_untracked() == Some(Some(id)) {
                self.begin();
            }
            self.deleting_name.try_set(String::new());
            self.said.try_set("Deleted.");
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Closes the confirmation.
    pub(crate) fn keep(self) {
        self.deleting_name.set(String::new());
        self.failure.set(None);
    }

    /// The server's errors of a field.
    pub(crate) fn errors(self, field: &'static str) -> Signal<Vec<String>> {
        derived(move || match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, field),
            _ => Vec::new(),
        })
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
