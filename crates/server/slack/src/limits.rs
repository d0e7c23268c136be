//! Posts in a channel, and changes of posts in the workspace, one after the other, and none while Slack asks to wait: it
//! answers 429 with how long.

use knock_model::Millis;
use knock_slack::{Refusal, RefusalKind};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// Added to the wait that Slack asks for: clocks are corrected meanwhile, and who comes too early has to wait again.
const CORRECTION: Millis = Millis(1_000);

/// Channels that are posted in, or wait; and the method that changes posts, as one of them.
#[derive(Default)]
pub(crate) struct Limits(Mutex<BTreeMap<String, Channel>>);

struct Channel {
    /// Held by who posts.
    turn: Arc<tokio::sync::Mutex<()>>,
    /// The end of the wait that Slack asked for.
    until: Millis,
}

impl Limits {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Channel>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn to post in a channel: two posts at once could not know of each other's refusal.
    pub(crate) async fn turn(&self, channel: &str, now: Millis) -> OwnedMutexGuard<()> {
        let turn = {
            let mut channels = self.lock();
            channels.retain(|_, known| known.until > now || Arc::strong_count(&known.turn) > 1);
            let new = || Channel { turn: Arc::default(), until: Millis(0) };
            Arc::clone(&channels.entry(channel.to_owned()).or_insert_with(new).turn)
        };
        turn.lock_owned().await
    }

    /// Notes what a refused post says about the next one; by who has the turn.
    pub(crate) fn note(&self, channel: &str, refusal: &Refusal, now: Millis) {
        if let (RefusalKind::Retry(Some(wait)), Some(known)) = (&refusal.kind, self.lock().get_mut(channel)) {
            known.until = now + *wait + CORRECTION;
        }
    }

    /// # Errors
    /// While the channel waits: for how long still.
    pub(crate) fn check(&self, channel: &str, now: Millis) -> Result<(), Refusal> {
        let until = self.lock().get(channel).map(|known| known.until);
        let Some(wait) = until.map(|until| until - now).filter(|wait| *wait > Millis(0)) else { return Ok(()) };
        let words = "Slack asks to wait before the next message".to_owned();
        Err(Refusal { kind: RefusalKind::Retry(Some(wait)), code: "ratelimited".to_owned(), words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: RefusalKind) -> Refusal {
        Refusal { kind, code: String::new(), words: String::new() }
    }

    #[tokio::test]
    async fn a_channel_waits_as_long_as_slack_asks_and_others_do_not() {
        let limits = Limits::default();
        for (channel, kind) in [
            ("C1", RefusalKind::Retry(Some(Millis(30)))),
            ("C2", RefusalKind::Retry(None)),
            ("C3", RefusalKind::Rejected),
        ] {
            let _turn = limits.turn(channel, Millis(100)).await;
            limits.note(channel, &refused(kind), Millis(100));
        }
        let wait = |channel, now| limits.check(channel, Millis(now)).err().map(|refusal| refusal.kind);
        assert_eq!(wait("C1", 100), Some(RefusalKind::Retry(Some(Millis(1_030)))));
        assert_eq!(wait("C1", 1_129), Some(RefusalKind::Retry(Some(Millis(1)))));
        assert_eq!((wait("C1", 1_130), wait("C2", 100), wait("C3", 100)), (None, None, None));
        drop(limits.turn("C4", Millis(1_130)).await);
        assert_eq!(limits.lock().len(), 1, "what nobody waits for is forgotten");
    }
}
