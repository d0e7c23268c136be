//! Notices that reach the watchers late, in their order.

use crate::notice::Notice;
use crate::peer_notice;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, WeakSender};
use tokio::time::{Instant, sleep_until};

/// Passes each batch on after its delay, and not before an earlier one.
pub(super) async fn relay(
    mut notices: Receiver<Arc<[Notice]>>,
    watched: WeakSender<Arc<[Notice]>>,
    delay: fn() -> Duration,
) {
    let mut waiting: VecDeque<(Instant, Arc<[Notice]>)> = VecDeque::new();
    loop {
        let due = waiting.front().map(|(due, _)| *due);
        tokio::select! {
            next = notices.recv() => {
                let batch = match next {
                    Ok(batch) => batch,
                    Err(RecvError::Lagged(_)) => peer_notice::resync().into(),
                    Err(RecvError::Closed) => return,
                };
                let earliest = waiting.back().map(|(due, _)| *due);
                let due = Instant::now() + delay();
                waiting.push_back((earliest.map_or(due, |earliest| due.max(earliest)), batch));
            }
            () = async { sleep_until(due.unwrap_or_else(Instant::now)).await }, if due.is_some() => {
                let Some(watched) = watched.upgrade() else { return };
                // No watcher is fine.
                drop(waiting.pop_front().map(|(_, batch)| watched.send(batch)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::broadcast::channel;

    #[tokio::test(start_paused = true)]
    async fn batches_are_late_and_keep_their_order() {
        let ((notices, heard), (watched, mut watcher)) = (channel(8), channel(8));
        let begun = Instant::now();
        let relay = relay(heard, watched.downgrade(), || Duration::from_millis(40));
        let watch = async {
            for batch in [[Notice::Timer], [Notice::Site], [Notice::Access]] {
                notices.send(batch.into()).expect("the relay");
            }
            for expected in [Notice::Timer, Notice::Site, Notice::Access] {
                assert_eq!(*watcher.recv().await.expect("a batch"), [expected]);
                assert!(begun.elapsed() >= Duration::from_millis(40));
            }
            drop((notices, watched));
            assert_eq!(watcher.recv().await, Err(RecvError::Closed));
        };
        tokio::join!(relay, watch);
    }
}
