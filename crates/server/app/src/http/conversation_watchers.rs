//! Watchers of conversations: one task receives every commit notice and wakes the watchers of its conversations, so
//! that idle WebSockets cost a commit nothing.

use knock_engine::{Notice, Presence};
use knock_model::{ConversationId, RepId};
use knock_wire::Doing;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// A change channel for each open conversation.
#[derive(Clone, Default)]
pub(crate) struct ConversationWatchers(Arc<Mutex<HashMap<ConversationId, watch::Sender<Changes>>>>);

/// Change counters of a conversation.
#[derive(Clone, Copy, Debug, Default)]
struct Changes {
    /// Number of message changes.
    messages: u64,
    /// Number of typing changes, and the rep of the last.
    typing: (u64, Option<RepId>),
}

/// A change of a watched conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConversationChange {
    /// New messages.
    Messages,
    /// A rep is typing.
    Typing(RepId),
}

/// A subscription to the changes of a conversation.
pub(crate) struct ConversationWatch {
    watchers: ConversationWatchers,
    conversation: ConversationId,
    changes: watch::Receiver<Changes>,
    /// The counters already reported.
    seen: Changes,
}

impl ConversationWatchers {
    /// Notifies watchers of every commit until the writer ends.
    pub(crate) async fn run(self, mut notices: broadcast::Receiver<Arc<[Notice]>>) {
        loop {
            match notices.recv().await {
                Ok(changes) if !changes.contains(&Notice::Unheard) => {
                    changes.iter().for_each(|change| self.dispatch(change));
                }
                // Notices are missing: every watcher reads again.
                Ok(_) | Err(RecvError::Lagged(_)) => self.open().values().for_each(notify),
                Err(RecvError::Closed) => return self.open().clear(),
            }
        }
    }

    pub(crate) fn listen(&self, conversation: ConversationId) -> ConversationWatch {
        let changes = self.open().entry(conversation).or_default().subscribe();
        let seen = *changes.borrow();
        ConversationWatch { watchers: self.clone(), conversation, changes, seen }
    }

    fn dispatch(&self, change: &Notice) {
        match change {
            Notice::Message(conversation) => drop(self.open().get(conversation).inspect(|watch| notify(watch))),
            Notice::Presence(Presence { conversation, member: Some(rep), doing: Doing::Writing }) => {
                if let Some(watch) = self.open().get(conversation) {
                    watch.send_modify(|changes| changes.typing = (changes.typing.0 + 1, Some(*rep)));
                }
            }
            _ => {}
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<ConversationId, watch::Sender<Changes>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reports new messages.
fn notify(watch: &watch::Sender<Changes>) {
    watch.send_modify(|changes| changes.messages += 1);
}

impl ConversationWatch {
    /// Waits until the conversation has new messages, or a rep types in it; none once no more changes can occur.
    /// Messages are reported before typing.
    pub(crate) async fn changed(&mut self) -> Option<ConversationChange> {
        loop {
            let changes = *self.changes.borrow_and_update();
            if changes.messages != self.seen.messages {
                self.seen.messages = changes.messages;
                return Some(ConversationChange::Messages);
            }
            if let (true, Some(rep)) = (changes.typing != self.seen.typing, changes.typing.1) {
                self.seen.typing = changes.typing;
                return Some(ConversationChange::Typing(rep));
            }
            self.changes.changed().await.ok()?;
        }
    }
}

impl Drop for ConversationWatch {
    fn drop(&mut self) {
        let mut open = self.watchers.open();
        // The last watcher of the conversation removes its channel.
        if open.get(&self.conversation).is_some_and(|watch| watch.receiver_count() <= 1) {
            open.remove(&self.conversation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn conversation(number: u8) -> ConversationId {
        ConversationId::new([number; 16])
    }

    #[tokio::test]
    async fn a_bell_rings_for_its_conversation_and_for_what_was_missed() {
        let watchers = ConversationWatchers::default();
        let (mut one, mut other) = (watchers.listen(conversation(1)), watchers.listen(conversation(2)));
        let (commits, notices) = broadcast::channel(1);
        let mut notifying = Box::pin(watchers.clone().run(notices));
        commits.send(Arc::from([Notice::Message(conversation(1))])).expect("heard");
        assert!(notifying.as_mut().now_or_never().is_none());
        assert_eq!(one.changed().now_or_never(), Some(Some(ConversationChange::Messages)));
        assert_eq!(other.changed().now_or_never(), None);
        for _ in 0..3 {
            commits.send(Arc::from([])).expect("heard");
        }
        assert!(notifying.as_mut().now_or_never().is_none());
        let both = (one.changed().now_or_never(), other.changed().now_or_never());
        assert_eq!(both, (Some(Some(ConversationChange::Messages)), Some(Some(ConversationChange::Messages))));
        drop(commits);
        notifying.await;
        assert_eq!(one.changed().await, None);
    }

    #[tokio::test]
    async fn a_bell_says_who_writes_after_what_is_written_and_never_that_a_lead_does() {
        let watchers = ConversationWatchers::default();
        let mut watch = watchers.listen(conversation(1));
        let (commits, notices) = broadcast::channel(8);
        let mut notifying = Box::pin(watchers.clone().run(notices));
        let rep = RepId::new([2; 16]);
        let presence = |member, doing| Notice::Presence(Presence { conversation: conversation(1), member, doing });
        let sent = [
            presence(None, Doing::Writing),
            presence(Some(rep), Doing::Looking),
            presence(Some(rep), Doing::Writing),
            Notice::Message(conversation(1)),
        ];
        commits.send(Arc::from(sent)).expect("heard");
        assert!(notifying.as_mut().now_or_never().is_none());
        assert_eq!(watch.changed().now_or_never(), Some(Some(ConversationChange::Messages)));
        assert_eq!(watch.changed().now_or_never(), Some(Some(ConversationChange::Typing(rep))));
        assert_eq!(watch.changed().now_or_never(), None);
    }

    #[tokio::test]
    async fn a_conversation_without_listeners_is_forgotten() {
        let watchers = ConversationWatchers::default();
        let (first, second) = (watchers.listen(conversation(1)), watchers.listen(conversation(1)));
        drop(first);
        assert_eq!(watchers.open().len(), 1);
        drop(second);
        assert!(watchers.open().is_empty());
    }
}
