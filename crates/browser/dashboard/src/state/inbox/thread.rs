//! The conversation store: the record, and the member's pending messages.

use futures_util::FutureExt;
use knock_model::{ConversationId, LeadId, MessageId};
use knock_wire::{AnswerSource, Author, ConversationRecord, ConversationRow, LiveEvent, MailShown, Message};
use leptos::prelude::*;

use super::lines::{Line, id_of, lines};
use super::unsent::Mode;
use super::writing::{Journey, Outgoing, Writing, use_writing};
use crate::kit::debounce::Debounce;
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::state::session::use_session;
use crate::words::message::author_words;

/// The debounce of a reload: a message, a reply and their change of status come together and are loaded once.
const SETTLE_MS: u64 = 300;

/// A conversation on the page.
#[derive(Clone, Copy)]
pub(crate) struct Thread {
    pub(crate) id: ConversationId,
    /// Its record on the server.
    pub(crate) record: Single<ConversationRecord>,
    /// The kind and the text of a message that was taken back, until the composer has them.
    pub(crate) returned: RwSignal<Option<(Mode, String)>>,
    writing: Writing,
    settle: Debounce,
}

impl Thread {
    /// Loads a conversation and follows it.
    pub(crate) fn start(id: ConversationId) -> Thread {
        let session = use_session();
        let record = Single::new(move || {
            let client = session.client();
            async move { client.conversation(id).await }.boxed_local()
        });
        let (returned, settle) = (RwSignal::new(None), Debounce::new(SETTLE_MS, move || record.load()));
        let thread = Thread { id, record, returned, writing: use_writing(), settle };
        record.load();
        use_live().after_gap(move || record.load());
        use_live().listen(move |event| match event {
            LiveEvent::Conversation(row) if row.id == id => thread.take(row),
            LiveEvent::Note(of) if *of == id => thread.changed(),
            // A booking changes the contact, not the conversation.
            LiveEvent::Contact(row) if thread.has_card_of(row.id) => thread.changed(),
            _ => {}
        });
        thread.follow_own();
        thread
    }

    /// All messages, those on their way last.
    pub(crate) fn lines(self) -> Vec<Line> {
        let outgoing = self.writing.outgoing(self.id);
        self.record.value.with(|record| lines(record.as_ref(), outgoing))
    }

    /// The source of the AI agent's answer in the message with this number.
    pub(crate) fn source_of(self, seq: u64) -> Option<AnswerSource> {
        self.record.value.with(|record| record.as_ref()?.sources.iter().find(|source| source.seq == seq).cloned())
    }

    /// The mail that is the message with this number.
    pub(crate) fn mail_of(self, seq: u64) -> Option<MailShown> {
        let is_its = |mail: &&MailShown| mail.seq == Some(seq);
        self.record.value.with(|record| record.as_ref()?.mails.iter().find(is_its).cloned())
    }

    /// Whether the lead has written after the message with this number.
    pub(crate) fn is_answered(self, seq: u64) -> bool {
        let is_answer = |message: &Message| message.seq > seq && message.author == Author::Lead;
        self.record.value.with(|record| record.as_ref().is_some_and(|record| record.messages.iter().any(is_answer)))
    }

    /// The number of the last message on the page.
    pub(crate) fn last_seq(self) -> Option<u64> {
        self.record.value.with_untracked(|record| Some(record.as_ref()?.messages.last().map_or(0, |last| last.seq)))
    }

    /// The name of the colleague whose message is the last one after this number, if there is one; `me` is the name of
    /// the member.
    pub(crate) fn answered_since(self, seq: u64, me: &str) -> Option<String> {
        self.record.value.with_untracked(|record| answered_since(&record.as_ref()?.messages, seq, me))
    }

    /// Takes a held message back into the composer; a file or card is only removed.
    pub(crate) fn take_back(self, id: MessageId) {
        if let Some(message) = self.writing.take_back(id) {
            let text = if message.file.is_some() { String::new() } else { message.text };
            self.returned.set(Some((message.mode, text)));
        }
    }

    /// Loads the record again soon, after a change.
    pub(crate) fn changed(self) {
        self.settle.ask();
    }

    fn has_card_of(self, lead: LeadId) -> bool {
        self.record.value.with_untracked(|record| {
            record.as_ref().is_some_and(|record| {
                record.conversation.lead == lead && record.messages.iter().any(|message| message.card.is_some())
            })
        })
    }

    fn take(self, row: &ConversationRow) {
        let mut is_incomplete = None;
        self.record.value.update(|record| is_incomplete = record.as_mut().map(|record| apply_row(record, row)));
        if is_incomplete == Some(true) {
            // An older response would hide the message or the owner until the next one.
            self.record.outdate();
        }
        if is_incomplete.unwrap_or(true) {
            self.changed();
        }
    }

    /// Removes own messages from those on their way once the record has them; the live feed may be down.
    fn follow_own(self) {
        let stored = memo(move || {
            let is_stored = |message: &&Outgoing| message.journey == Journey::Stored;
            self.writing.outgoing(self.id).iter().filter(is_stored).count()
        });
        effect(move || {
            if stored.get() > 0 {
                self.changed();
            }
        });
        effect(move || {
            self.record.value.with(|record| {
                if let Some(record) = record {
                    let notes = record.notes.iter().map(id_of);
                    let ids: Vec<MessageId> = record.messages.iter().map(|message| message.id).chain(notes).collect();
                    self.writing.forget(&ids);
                }
            });
        });
    }
}

/// Applies a change from the live feed; returns whether the record is incomplete after it.
fn apply_row(record: &mut ConversationRecord, row: &ConversationRow) -> bool {
    if row.intent.at < record.conversation.intent.at {
        // The record is newer.
        return false;
    }
    let shown = record.messages.last().map_or(0, |message| message.seq);
    let news = row.last.as_ref().filter(|last| last.seq > shown);
    if let Some(next) = news.filter(|last| last.seq == shown + 1) {
        record.messages.push(next.clone());
    }
    let known = &record.conversation;
    let is_moved = row.folder != known.folder || row.snoozed_until != known.snoozed_until;
    // The row has the last form only.
    let is_sent = row.form.is_some() && row.form != known.form;
    let is_incomplete = news.is_some() || row.state != known.state || is_moved || is_sent;
    record.conversation = row.clone();
    is_incomplete
}

fn answered_since(messages: &[Message], seq: u64, me: &str) -> Option<String> {
    let is_of_rep = |message: &&Message| message.author == Author::Rep && !message.is_integration;
    let is_answer = |message: &&Message| message.seq > seq && is_of_rep(message) && message.name != me;
    messages.iter().rev().find(is_answer).map(author_words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, sample_form};
    use knock_model::Millis;
    use knock_status::chat::ChatStatus;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn row_after(seq: u64) -> ConversationRow {
        let mut row = sample::conversation();
        row.last = Some(sample::message(seq));
        row.intent.at = row.intent.at + Millis(1);
        row
    }

    fn check(row: &ConversationRow, seqs: &[u64], is_incomplete: bool) {
        let mut record = sample::record();
        assert_eq!(apply_row(&mut record, row), is_incomplete);
        let found: Vec<u64> = record.messages.iter().map(|message| message.seq).collect();
        assert_eq!(found, seqs);
    }

    #[wasm_bindgen_test]
    fn the_next_message_is_shown_at_once_and_the_record_is_asked_for() {
        check(&row_after(2), &[1, 2], true);
    }

    #[wasm_bindgen_test]
    fn a_message_beyond_a_gap_waits_for_the_record() {
        check(&row_after(4), &[1], true);
    }

    #[wasm_bindgen_test]
    fn a_row_that_says_nothing_new_asks_for_nothing() {
        check(&row_after(1), &[1], false);
    }

    #[wasm_bindgen_test]
    fn a_row_from_before_the_record_changes_nothing() {
        let mut row = row_after(2);
        row.intent.at = Millis(0);
        row.state.status = ChatStatus::New.into();
        check(&row, &[1], false);
    }

    #[wasm_bindgen_test]
    fn another_status_asks_for_the_history() {
        let mut row = row_after(1);
        row.state.status = ChatStatus::RepReplyNeeded.into();
        check(&row, &[1], true);
    }

    #[wasm_bindgen_test]
    fn another_folder_asks_who_moved_it() {
        let mut row = row_after(1);
        row.folder = Some(knock_status::chat::Folder::Done.into());
        check(&row, &[1], true);
    }

    #[wasm_bindgen_test]
    fn another_form_asks_for_all_of_them() {
        let mut row = row_after(1);
        row.form = Some(Box::new(sample_form::form()));
        check(&row, &[1], true);
    }

    #[wasm_bindgen_test]
    fn only_a_later_message_of_a_colleague_is_an_answer() {
        let by = |seq, author, name: &str| Message { author, name: name.to_owned(), ..sample::message(seq) };
        let messages = [
            by(1, Author::Rep, "Lena"),
            by(2, Author::Rep, "Bo"),
            by(3, Author::Lead, ""),
            by(4, Author::AiAgent, ""),
            by(5, Author::Rep, "Ann"),
        ];
        for (seq, expected) in [(0, Some("Bo")), (1, Some("Bo")), (2, None), (5, None)] {
            assert_eq!(answered_since(&messages, seq, "Ann").as_deref(), expected, "{seq}");
        }
    }
}
