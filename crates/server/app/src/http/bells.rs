//! Who waits for messages of which conversation. One listener hears of every commit and rings for those alone whom
//! it concerns: thousands of silent WebSockets cost a commit nothing.

use knock_engine::Notice;
use knock_model::ConversationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// A bell for each conversation that somebody has open.
#[derive(Clone, Default)]
pub(crate) struct Bells(Arc<Mutex<HashMap<ConversationId, watch::Sender<()>>>>);

/// Somebody's wait for messages of a conversation.
pub(crate) struct Bell {
    bells: Bells,
    conversation: ConversationId,
    rung: watch::Receiver<()>,
}

impl Bells {
    /// Rings for what commits change, as long as there are any.
    pub(crate) async fn run(self, mut notices: broadcast::Receiver<Arc<[Notice]>>) {
        loop {
            match notices.recv().await {
                Ok(changes) if !changes.contains(&Notice::Unheard) => {
                    changes.iter().for_each(|change| self.tell(change));
                }
                // Nobody knows what was missed: all look.
                Ok(_) | Err(RecvError::Lagged(_)) => self.open().values().for_each(|bell| bell.send_replace(())),
                Err(RecvError::Closed) => return self.open().clear(),
            }
        }
    }

    /// Waits for messages of a conversation from now on.
    pub(crate) fn listen(&self, conversation: ConversationId) -> Bell {
        let rung = self.open().entry(conversation).or_default().subscribe();
        Bell { bells: self.clone(), conversation, rung }
    }

    fn tell(&self, change: &Notice) {
        if let Notice::Message(conversation) = change
            && let Some(bell) = self.open().get(conversation)
        {
            bell.send_replace(());
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<ConversationId, watch::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bell {
    /// Waits until the conversation got messages; none when no more will come.
    pub(crate) async fn rings(&mut self) -> Option<()> {
        self.rung.changed().await.ok()
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        let mut open = self.bells.open();
        // The last of the conversation takes the bell along.
        if open.get(&self.conversation).is_some_and(|bell| bell.receiver_count() <= 1) {
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
        let bells = Bells::default();
        let (mut one, mut other) = (bells.listen(conversation(1)), bells.listen(conversation(2)));
        let (commits, notices) = broadcast::channel(1);
        let mut ringing = Box::pin(bells.clone().run(notices));
        commits.send(Arc::from([Notice::Message(conversation(1))])).expect("heard");
        assert!(ringing.as_mut().now_or_never().is_none());
        assert_eq!(one.rings().now_or_never(), Some(Some(())));
        assert_eq!(other.rings().now_or_never(), None);
        for _ in 0..3 {
            commits.send(Arc::from([])).expect("heard");
        }
        assert!(ringing.as_mut().now_or_never().is_none());
        assert_eq!((one.rings().now_or_never(), other.rings().now_or_never()), (Some(Some(())), Some(Some(()))));
        drop(commits);
        ringing.await;
        assert_eq!(one.rings().await, None);
    }

    #[tokio::test]
    async fn whom_nobody_waits_for_is_forgotten() {
        let bells = Bells::default();
        let (first, second) = (bells.listen(conversation(1)), bells.listen(conversation(1)));
        drop(first);
        assert_eq!(bells.open().len(), 1);
        drop(second);
        assert!(bells.open().is_empty());
    }
}
