//! Drafts of a reply and of a note in an open conversation.

use knock_model::message::{Room, room};
use knock_model::{MessageId, places};
use knock_wire::SavedReply;
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::present::Present;
use super::replies::{Replies, with_reply};
use super::thread::Thread;
use super::unsent::{Draft, Mode};
use super::writing::{Writing, use_writing};
use crate::kit::browser::files::{self, File};
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::effect;
use crate::kit::{browser, letters};
use crate::state::session::{Session, use_session};

/// The composer of a conversation.
#[derive(Clone, Copy)]
pub(crate) struct Composing {
    pub(crate) thread: Thread,
    /// Whether a reply or a note is written.
    pub(crate) mode: RwSignal<Mode>,
    pub(crate) text: RwSignal<String>,
    pub(crate) field: NodeRef<Textarea>,
    /// Saved replies to pick from.
    pub(crate) replies: Replies,
    pub(crate) present: Present,
    /// The unfilled placeholder of a saved reply that keeps the text from being sent.
    pub(crate) unfilled: RwSignal<String>,
    session: Session,
    writing: Writing,
    clock: ServerClock,
}

impl Composing {
    /// Restores the draft of the reply.
    pub(crate) fn start(thread: Thread) -> Composing {
        let writing = use_writing();
        let text = RwSignal::new(writing.begun(thread.id, Mode::Reply));
        let (mode, field) = (RwSignal::new(Mode::Reply), NodeRef::new());
        let composing = Composing {
            thread,
            mode,
            text,
            field,
            replies: Replies::new(),
            present: Present::start(thread),
            unfilled: RwSignal::new(String::new()),
            session: use_session(),
            writing,
            clock: use_clock(),
        };
        effect(move || writing.keep(thread.id, mode.get_untracked(), text.get()));
        composing
    }

    /// The effect of a reply on a lead who has left.
    pub(crate) fn mail_words(self) -> String {
        self.thread.record.value.with(|record| match record.as_ref().and_then(|record| record.mail_to.as_deref()) {
            Some(email) => format!("If they have left, it is mailed to {email}. "),
            None => "It is shown in the chat only. ".to_owned(),
        })
    }

    /// Sends files to the lead; notes take none.
    pub(crate) fn attach(self, files: Vec<File>) {
        if self.mode.get_untracked() == Mode::Note {
            return;
        }
        let (writing, to, at) = (self.writing, self.thread.id, self.clock.instant());
        spawn_local(async move {
            for file in files {
                if let Some(content) = files::content_of(&file).await {
                    writing.send_file(to, (file.name(), content), at);
                }
            }
        });
    }

    /// The remaining length of the text.
    pub(crate) fn room(self) -> Room {
        self.text.with(|text| room(text))
    }

    /// Switches to the other mode: its own draft is shown, and this one is kept.
    pub(crate) fn choose(self, mode: Mode) {
        if self.mode.get_untracked() != mode {
            // The last typed text may not be kept yet.
            self.writing.keep(self.thread.id, self.mode.get_untracked(), self.text.get_untracked());
            self.mode.set(mode);
            self.text.set(self.writing.begun(self.thread.id, mode));
        }
        self.focus();
    }

    /// Takes the typed text.
    pub(crate) fn typed(self, text: String) {
        let is_reply = self.mode.get_untracked() == Mode::Reply;
        if is_reply {
            self.replies.typed(&text);
        }
        // A search for a saved reply is not a reply.
        if is_reply && !text.is_empty() && !text.starts_with('/') {
            self.present.write();
        }
        self.unfilled.set(String::new());
        self.text.set(text);
    }

    /// Puts a saved reply into the text.
    pub(crate) fn insert(self, reply: &SavedReply) {
        let places = self.thread.record.value.with_untracked(|record| record.as_ref()?.places.clone());
        let rep = name_of(&untrack(|| self.session.email()));
        let text = with_reply(&self.text.get_untracked(), &reply.text, &places.unwrap_or_default(), &rep);
        self.replies.close();
        self.text.set(text);
        self.focus();
    }

    /// Sends the text, unless it is empty. A reply with an unfilled placeholder is not sent.
    pub(crate) fn send(self) {
        let text = self.text.get_untracked();
        let mode = self.mode.get_untracked();
        let unfilled = places(&text).next().filter(|_| mode == Mode::Reply).map(|place| place.text.to_owned());
        if let Some(place) = unfilled {
            self.unfilled.set(place);
        } else if room(&text).is_sendable() {
            let id = MessageId::new(self.clock.instant(), &browser::random());
            let (to, seen) = (self.thread.id, self.thread.last_seq().filter(|_| mode == Mode::Reply));
            self.writing.send(Draft { to, id, text: text.trim().to_owned(), mode, seen });
            self.text.set(String::new());
            self.present.wrote();
        }
        self.focus();
    }

    /// Offers a meeting to the lead; the draft stays.
    pub(crate) fn send_card(self) {
        self.writing.send_card(self.thread.id, self.clock.instant(), self.thread.last_seq());
        self.present.wrote();
        self.focus();
    }

    /// Moves the keyboard focus into the text field.
    pub(crate) fn focus(self) {
        if let Some(field) = self.field.get_untracked() {
            browser::focus(&field);
        }
    }
}

/// The name of a member as leads see it: the part of the address before the `@`, with a capital.
fn name_of(email: &str) -> String {
    letters::capitalized(email.split('@').next().unwrap_or_default())
}
