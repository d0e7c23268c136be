//! The read marker of an open conversation: advances while the page is visible and focused.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::list::Inbox;
use super::thread::Thread;
use crate::kit::browser;
use crate::kit::reactive::memo;

/// The last message and the number of notes.
type Seen = (u64, usize);

/// The read marker of an open conversation.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    thread: Thread,
    inbox: Inbox,
    /// The number of the last message that the server knows as read, and the number of notes by then: they may mention
    /// the member.
    noted: StoredValue<Seen>,
    /// Whether it was marked as unread: then it stays unread until the lead writes.
    is_kept_unread: StoredValue<bool>,
}

impl Reading {
    /// Follows a conversation.
    pub(crate) fn start(thread: Thread, inbox: Inbox) -> Reading {
        let (noted, is_kept_unread) = (StoredValue::new((0, 0)), StoredValue::new(false));
        let reading = Reading { thread, inbox, noted, is_kept_unread };
        let last = memo(move || (reading.last(), reading.notes()));
        let has_focus = browser::focus_of_page();
        Effect::new(move |before: Option<Seen>| {
            let (last, has_focus) = (last.get(), has_focus.get());
            if before.is_some_and(|before| before.0 < last.0) {
                is_kept_unread.set_value(false);
            }
            let is_news = noted.with_value(|noted| noted.0 < last.0 || noted.1 < last.1);
            if has_focus && !is_kept_unread.get_value() && is_news {
                reading.note(last);
            }
            last
        });
        reading
    }

    /// Whether there is a message to mark as unread.
    pub(crate) fn has_messages(self) -> bool {
        self.last_of_lead().is_some()
    }

    /// Marks the lead's last message as unread, and does `then` once the server has stored it.
    pub(crate) fn mark_unread(self, then: impl Fn() + 'static) {
        let Some(seq) = untrack(|| self.last_of_lead()) else { return };
        self.is_kept_unread.set_value(true);
        spawn_local(async move {
            if self.inbox.read(self.thread.id, seq.saturating_sub(1)).await.is_ok() {
                then();
            }
        });
    }

    fn note(self, seen: Seen) {
        self.noted.set_value(seen);
        spawn_local(async move {
            if self.inbox.read(self.thread.id, seen.0).await.is_err() {
                // Retried with the next message, or when the page gets the focus.
                self.noted.try_set_value((0, 0));
            }
        });
    }

    fn last(self) -> u64 {
        self.seqs(|_| true)
    }

    fn notes(self) -> usize {
        self.thread.record.value.with(|record| record.as_ref().map_or(0, |record| record.notes.len()))
    }

    fn last_of_lead(self) -> Option<u64> {
        Some(self.seqs(|message| message.author == knock_wire::Author::Lead)).filter(|seq| *seq > 0)
    }

    fn seqs(self, is_meant: impl Fn(&knock_wire::Message) -> bool) -> u64 {
        self.thread.record.value.with(|record| {
            let messages = record.iter().flat_map(|record| &record.messages);
            messages.filter(|message| is_meant(message)).map(|message| message.seq).max().unwrap_or_default()
        })
    }
}
