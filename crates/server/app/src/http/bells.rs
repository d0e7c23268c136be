//! Who waits for messages of which conversation. One listener hears of every commit and rings for those alone whom
//! it concerns: thousands of silent WebSockets cost a commit nothing.

use knock_engine::{Notice, Presence};
use knock_model::{ConversationId, RepId};
use knock_wire::Doing;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// A bell for each conversation that somebody has open.
#[derive(Clone, Default)]
pub(crate) struct Bells(Arc<Mutex<HashMap<ConversationId, watch::Sender<Rung>>>>);

/// What a bell has rung for.
#[derive(Clone, Copy, Debug, Default)]
struct Rung {
    /// How often there were messages.
    messages: u64,
    /// How often a rep wrote, and who did last.
    typing: (u64, Option<RepId>),
}

/// Why a bell rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ring {
    /// There are messages.
    Messages,
    /// This rep writes a reply.
    Typing(RepId),
}

/// Somebody's wait for messages of a conversation.
pub(crate) struct Bell {
    bells: Bells,
    conversation: ConversationId,
    rung: watch::Receiver<Rung>,
    /// What was heard of it.
    heard: Rung,
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
                Ok(_) | Err(RecvError::Lagged(_)) => self.open().values().for_each(ring),
                Err(RecvError::Closed) => return self.open().clear(),
            }
        }
    }

    /// Waits for messages of a conversation from now on.
    pub(crate) fn listen(&self, conversation: ConversationId) -> Bell {
        let rung = self.open().entry(conversation).or_default().subscribe();
        let heard = *rung.borrow();
        Bell { bells: self.clone(), conversation, rung, heard }
    }

    fn tell(&self, change: &Notice) {
        match change {
            Notice::Message(conversation) => drop(self.open().get(conversation).inspect(|bell| ring(bell))),
            Notice::Presence(Presence { conversation, member: Some(rep), doing: Doing::Writing }) => {
                if let Some(bell) = self.open().get(conversation) {
                    bell.send_modify(|rung| rung.typing = (rung.typing.0 + 1, Some(*rep)));
                }
            }
            _ => {}
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<ConversationId, watch::Sender<Rung>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// There may be messages.
fn ring(bell: &watch::Sender<Rung>) {
    bell.send_modify(|rung| rung.messages += 1);
}

impl Bell {
    /// Waits until the conversation got messages, or a rep writes in it; none when no more will come. What is written goes
    /// before who writes.
    pub(crate) async fn rings(&mut self) -> Option<Ring> {
        loop {
            let rung = *self.rung.borrow_and_update();
            if rung.messages != self.heard.messages {
                self.heard.messages = rung.messages;
                return Some(Ring::Messages);
            }
            if let (true, Some(rep)) = (rung.typing != self.heard.typing, rung.typing.1) {
                self.heard.typing = rung.typing;
                return Some(Ring::Typing(rep));
            }
            self.rung.changed().await.ok()?;
        }
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
        assert_eq!(one.rings().now_or_never(), Some(Some(Ring::Messages)));
        assert_eq!(other.rings().now_or_never(), None);
        for _ in 0..3 {
            commits.send(Arc::from([])).expect("heard");
        }
        assert!(ringing.as_mut().now_or_never().is_none());
        let both = (one.rings().now_or_never(), other.rings().now_or_never());
        assert_eq!(both, (Some(Some(Ring::Messages)), Some(Some(Ring::Messages))));
        drop(commits);
        ringing.await;
        assert_eq!(one.rings().await, None);
    }

    #[tokio::test]
    async fn a_bell_says_who_writes_after_what_is_written_and_never_that_a_lead_does() {
        let bells = Bells::default();
        let mut bell = bells.listen(conversation(1));
        let (commits, notices) = broadcast::channel(8);
        let mut ringing = Box::pin(bells.clone().run(notices));
        let rep = RepId::new([2; 16]);
        let presence = |member, doing| Notice::Presence(Presence { conversation: conversation(1), member, doing });
        let told = [
            presence(None, Doing::Writing),
            presence(Some(rep), Doing::Looking),
            presence(Some(rep), Doing::Writing),
            Notice::Message(conversation(1)),
        ];
        commits.send(Arc::from(told)).expect("heard");
        assert!(ringing.as_mut().now_or_never().is_none());
        assert_eq!(bell.rings().now_or_never(), Some(Some(Ring::Messages)));
        assert_eq!(bell.rings().now_or_never(), Some(Some(Ring::Typing(rep))));
        assert_eq!(bell.rings().now_or_never(), None);
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
