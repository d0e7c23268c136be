//! Who waits at a conversation: each is woken by the messages of its own only, however many wait.

use crate::notice::Notice;
use crate::writer::Writer;
use knock_model::ConversationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// The bells of all conversations at which somebody waits.
#[derive(Clone, Default)]
pub struct Bells {
    hung: Arc<Mutex<HashMap<ConversationId, watch::Sender<()>>>>,
}

/// The bell of one conversation, as long as somebody waits.
pub struct Bell {
    id: ConversationId,
    rung: watch::Receiver<()>,
    bells: Bells,
}

impl Bells {
    /// Waits at a conversation from now on.
    pub fn wait_at(&self, id: ConversationId) -> Bell {
        let rung = self.hung().entry(id).or_insert_with(|| watch::Sender::new(())).subscribe();
        Bell { id, rung, bells: self.clone() }
    }

    /// Rings for every message from now on, until the writer is gone.
    pub fn run(self, writer: &Writer) -> impl Future<Output = ()> + Send + 'static {
        let mut notices = writer.watch();
        async move {
            loop {
                match notices.recv().await {
                    Ok(changes) if changes.iter().any(|change| matches!(change, Notice::Missed(_))) => self.ring_all(),
                    Ok(changes) => self.ring(&changes),
                    Err(RecvError::Lagged(_)) => self.ring_all(),
                    Err(RecvError::Closed) => return self.hung().clear(),
                }
            }
        }
    }

    /// Nobody knows for whom there are messages, so everybody looks.
    fn ring_all(&self) {
        for bell in self.hung().values() {
            bell.send_replace(());
        }
    }

    fn ring(&self, changes: &[Notice]) {
        for change in changes {
            if let Notice::Message(id) = change
                && let Some(bell) = self.hung().get(id)
            {
                bell.send_replace(());
            }
        }
    }

    fn hung(&self) -> MutexGuard<'_, HashMap<ConversationId, watch::Sender<()>>> {
        self.hung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bell {
    /// Waits until the conversation may have got messages since the last time; none when the server is stopping.
    pub async fn rung(&mut self) -> Option<()> {
        self.rung.changed().await.ok()
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        let mut hung = self.bells.hung();
        if hung.get(&self.id).is_some_and(|bell| bell.receiver_count() <= 1) {
            hung.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(number: u8) -> ConversationId {
        ConversationId::new([number; 16])
    }

    #[tokio::test]
    async fn a_bell_rings_for_its_own_conversation_and_goes_with_the_last_who_waits() {
        let bells = Bells::default();
        let (mut first, mut same, other) =
            (bells.wait_at(conversation(1)), bells.wait_at(conversation(1)), bells.wait_at(conversation(2)));
        bells.ring(&[Notice::Timer, Notice::Message(conversation(1))]);
        assert_eq!((first.rung().await, same.rung().await), (Some(()), Some(())));
        assert!(!other.rung.has_changed().expect("it hangs"));
        drop((first, other));
        assert_eq!(bells.hung().keys().copied().collect::<Vec<_>>(), [conversation(1)]);
        drop(same);
        assert!(bells.hung().is_empty());
        let mut late = bells.wait_at(conversation(2));
        bells.hung().clear();
        assert_eq!(late.rung().await, None);
    }
}
