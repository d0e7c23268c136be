//! Drafts of a reply and of a note in an open conversation.

use knock_model::message::{Room, room};
use knock_model::{CardCalendar, MessageId, places};
use knock_wire::{Assignee, MailBounceShown, SavedReply};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::drafts::Begun;
use super::mentions::Mentions;
use super::present::Present;
use super::replies::{Replies, with_reply};
use super::team::use_team;
use super::thread::Thread;
use super::unsent::{Draft, Mode};
use super::writing::{Writing, use_writing};
use crate::kit::browser;
use crate::kit::browser::files::{self, File};
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::effect;
use crate::state::session::{Session, use_session};
use crate::words::reach::Reach;

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
    /// Members to pick from, in notes.
    pub(crate) mentions: Mentions,
    pub(crate) present: Present,
    /// The unfilled placeholder of a saved reply that keeps the text from being sent.
    pub(crate) unfilled: RwSignal<String>,
    /// The colleague who answered since the reply was begun, while sending it is asked about; empty otherwise.
    pub(crate) answered: RwSignal<String>,
    /// The number of the last message on the page when the text was begun.
    since: StoredValue<Option<u64>>,
    session: Session,
    writing: Writing,
    clock: ServerClock,
}

impl Composing {
    /// Restores the draft: that of a reply first.
    pub(crate) fn start(thread: Thread) -> Composing {
        let writing = use_writing();
        let begun_as = writing.mode_begun(thread.id);
        let Begun { text, since } = writing.begun(thread.id, begun_as);
        let (text, since) = (RwSignal::new(text), StoredValue::new(since));
        let (mode, field) = (RwSignal::new(begun_as), NodeRef::new());
        let composing = Composing {
            thread,
            mode,
            text,
            field,
            replies: Replies::new(),
            mentions: Mentions::new(),
            present: Present::start(thread),
            unfilled: RwSignal::new(String::new()),
            answered: RwSignal::new(String::new()),
            since,
            session: use_session(),
            writing,
            clock: use_clock(),
        };
        let team = use_team();
        effect(move || writing.know_team(team.assignees.get()));
        effect(move || {
            text.track();
            composing.keep();
        });
        effect(move || {
            if let Some((mode, text)) = thread.returned.get() {
                thread.returned.set(None);
                composing.put_back(mode, &text);
            }
        });
        composing
    }

    /// Where a reply goes.
    pub(crate) fn reach(self) -> Reach {
        self.thread.record.value.with(|record| record.as_ref().map_or(Reach::Chat(None), Reach::of))
    }

    /// The return of a mail to the lead's address.
    pub(crate) fn returned(self) -> Option<MailBounceShown> {
        self.thread.record.value.with(|record| record.as_ref()?.bounce.as_deref().cloned())
    }

    /// Whether what is written arrives: a note always does, a reply not at a lead by form without mail.
    pub(crate) fn is_open(self) -> bool {
        self.mode.get() == Mode::Note || self.reach().is_open()
    }

    /// Sends files to the lead; notes take none.
    pub(crate) fn attach(self, files: Vec<File>) {
        if self.mode.get_untracked() == Mode::Note || !untrack(|| self.is_open()) {
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
            self.keep();
            let Begun { text, since } = self.writing.begun(self.thread.id, mode);
            self.answered.set(String::new());
            self.since.set_value(since);
            self.mode.set(mode);
            self.text.set(text);
        }
        self.focus();
    }

    fn keep(self) {
        let (text, since) = (self.text.get_untracked(), self.since.get_value());
        self.writing.keep(self.thread.id, self.mode.get_untracked(), Begun { text, since });
    }

    /// Notes what is on the page when a text is begun.
    fn begin(self) {
        if self.text.with_untracked(|text| text.trim().is_empty()) {
            self.since.set_value(self.thread.last_seq());
        }
    }

    /// Takes the typed text.
    pub(crate) fn typed(self, text: String) {
        self.begin();
        self.answered.set(String::new());
        let is_reply = self.mode.get_untracked() == Mode::Reply;
        if is_reply {
            self.replies.typed(&text);
        } else {
            let field = self.field.get_untracked();
            self.mentions.typed(&text, field.and_then(|field| field.selection_start().ok().flatten()));
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
        let rep = self.session.name.get_untracked();
        self.begin();
        let text = with_reply(&self.text.get_untracked(), &reply.text, &places.unwrap_or_default(), &rep);
        self.replies.close();
        self.text.set(text);
        self.focus();
    }

    /// Puts a member into the note.
    pub(crate) fn mention(self, member: &Assignee) {
        let (text, caret) = self.mentions.insert(&self.text.get_untracked(), member);
        self.text.set(text);
        self.focus();
        // Once the field has the text: a change of its value moves the caret to its end.
        request_animation_frame(move || {
            if let Some(field) = self.field.try_get_untracked().flatten() {
                drop(field.set_selection_range(caret, caret));
            }
        });
    }

    /// Puts a text that was taken back before what was typed since.
    fn put_back(self, mode: Mode, text: &str) {
        if text.is_empty() {
            return self.focus();
        }
        self.choose(mode);
        self.begin();
        self.unfilled.set(String::new());
        self.text.update(|typed| *typed = joined(text, typed));
    }

    /// Takes the held message of this conversation back, unless something was typed since; returns whether it did.
    pub(crate) fn take_back(self) -> bool {
        let is_empty = self.text.with_untracked(String::is_empty);
        let held = self.writing.held(self.thread.id).filter(|_| is_empty);
        held.map(|id| self.thread.take_back(id)).is_some()
    }

    /// Sends the text; without one, a held message goes at once. A reply with an unfilled placeholder is not sent, one
    /// that a colleague has answered since it was begun only the second time.
    pub(crate) fn send(self) {
        if !untrack(|| self.is_open()) {
            return self.focus();
        }
        let text = self.text.get_untracked();
        let mode = self.mode.get_untracked();
        let unfilled = places(&text).next().filter(|_| mode == Mode::Reply).map(|place| place.text.to_owned());
        if let Some(place) = unfilled {
            self.unfilled.set(place);
        } else if room(&text).is_sendable() {
            if mode == Mode::Reply && self.asks() {
                return self.focus();
            }
            let id = MessageId::new(self.clock.instant(), &browser::random());
            let seen = self.since.get_value().or_else(|| self.thread.last_seq());
            let (to, seen) = (self.thread.id, seen.filter(|_| mode == Mode::Reply));
            self.writing.send(Draft { to, id, text: text.trim().to_owned(), mode, seen });
            self.answered.set(String::new());
            self.text.set(String::new());
            self.present.wrote();
        } else if let Some(id) = self.writing.held(self.thread.id).filter(|_| text.trim().is_empty()) {
            self.writing.send_now(id);
        }
        self.focus();
    }

    /// Asks before a reply is sent if a colleague has answered since it was begun; returns whether it does. Each answer
    /// is asked about once.
    fn asks(self) -> bool {
        let me = self.session.shown_name();
        let answered = self.since.get_value().and_then(|since| self.thread.answered_since(since, &me));
        let Some(name) = answered else { return false };
        self.since.set_value(self.thread.last_seq());
        self.answered.set(name);
        true
    }

    /// Whether the picker of saved replies is open, which notes do not have.
    pub(crate) fn is_picking(self) -> bool {
        self.mode.get() == Mode::Reply && self.text.with(|text| self.replies.is_open(text))
    }

    /// Closes the picker of saved replies or the question; if none is open, leaves the field, so that keys are
    /// shortcuts again.
    pub(crate) fn leave(self) {
        if untrack(|| self.is_picking()) {
            self.replies.close();
        } else if self.answered.with_untracked(|name| !name.is_empty()) {
            self.answered.set(String::new());
        } else if let Some(field) = self.field.get_untracked() {
            browser::blur(&field);
        }
    }

    /// Offers a meeting to the lead, by the calendar of the member or those of the team; the draft stays.
    pub(crate) fn send_card(self, calendar: CardCalendar) {
        if !untrack(|| self.reach().is_open()) {
            return;
        }
        self.writing.send_card(self.thread.id, calendar, self.clock.instant(), self.thread.last_seq());
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

/// A text that was taken back, and what was typed since.
fn joined(returned: &str, typed: &str) -> String {
    if typed.trim().is_empty() { returned.to_owned() } else { format!("{returned}\n\n{typed}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_text_that_was_taken_back_stands_before_what_was_typed_since() {
        assert_eq!(joined("Hello", ""), "Hello");
        assert_eq!(joined("Hello", " \n"), "Hello");
        assert_eq!(joined("Hello\nAnn", "And then"), "Hello\nAnn\n\nAnd then");
    }
}
