//! Watchers of invitations and nudges: one task receives every commit notice and wakes the streams of its visitors, so
//! that idle streams cost a commit nothing. Streams are counted, so that they take no connections of chats and dashboards.

use knock_engine::Notice;
use knock_model::VisitorId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

/// The maximum of streams of one visitor: a visible page has one.
const MOST_OF_ONE: usize = 4;

/// A change channel for each visitor with an open stream.
#[derive(Clone)]
pub(crate) struct VisitWatchers {
    open: Arc<Mutex<Streams>>,
    /// The maximum of all streams; 0 is none at all.
    most: usize,
}

#[derive(Default)]
struct Streams {
    by_visitor: HashMap<VisitorId, watch::Sender<u64>>,
    count: usize,
}

/// A subscription to the changes of what is open for a visitor.
pub(crate) struct VisitWatch {
    watchers: VisitWatchers,
    visitor: VisitorId,
    changes: watch::Receiver<u64>,
}

impl VisitWatchers {
    pub(crate) fn new(most: u32) -> VisitWatchers {
        VisitWatchers { open: Arc::default(), most: usize::try_from(most).unwrap_or(usize::MAX) }
    }

    /// Notifies watchers of every commit until the writer ends.
    pub(crate) async fn run(self, mut notices: broadcast::Receiver<Arc<[Notice]>>) {
        loop {
            match notices.recv().await {
                Ok(changes) if !changes.contains(&Notice::Unheard) => {
                    changes.iter().for_each(|change| self.dispatch(change));
                }
                // Notices are missing: every watcher reads again.
                Ok(_) | Err(RecvError::Lagged(_)) => self.streams().by_visitor.values().for_each(notify),
                Err(RecvError::Closed) => return self.streams().by_visitor.clear(),
            }
        }
    }

    /// Subscribes to what is open for a visitor; none while there are as many streams as there may be.
    pub(crate) fn listen(&self, visitor: VisitorId) -> Option<VisitWatch> {
        let mut streams = self.streams();
        let own = streams.by_visitor.get(&visitor).map_or(0, watch::Sender::receiver_count);
        if streams.count >= self.most || own >= MOST_OF_ONE {
            return None;
        }
        streams.count += 1;
        let changes = streams.by_visitor.entry(visitor).or_default().subscribe();
        Some(VisitWatch { watchers: self.clone(), visitor, changes })
    }

    fn dispatch(&self, change: &Notice) {
        if let Notice::Invitation(visitor) = change {
            self.streams().by_visitor.get(visitor).into_iter().for_each(notify);
        }
    }

    fn streams(&self) -> MutexGuard<'_, Streams> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn notify(watch: &watch::Sender<u64>) {
    watch.send_modify(|changes| *changes += 1);
}

impl VisitWatch {
    /// Waits until it has changed; none once no more changes can occur.
    pub(crate) async fn changed(&mut self) -> Option<()> {
        self.changes.changed().await.ok()
    }
}

impl Drop for VisitWatch {
    fn drop(&mut self) {
        let mut streams = self.watchers.streams();
        streams.count -= 1;
        // The last watcher of the visitor removes its channel.
        if streams.by_visitor.get(&self.visitor).is_some_and(|watch| watch.receiver_count() <= 1) {
            streams.by_visitor.remove(&self.visitor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn visitor(number: u8) -> VisitorId {
        VisitorId::from_bytes([number; 16])
    }

    #[tokio::test]
    async fn a_stream_wakes_for_its_visitor_and_for_what_was_missed() {
        let watchers = VisitWatchers::new(9);
        let mut one = watchers.listen(visitor(1)).expect("a place");
        let mut other = watchers.listen(visitor(2)).expect("a place");
        let (commits, notices) = broadcast::channel(1);
        let mut notifying = Box::pin(watchers.clone().run(notices));
        commits.send(Arc::from([Notice::Invitation(visitor(1))])).expect("heard");
        assert!(notifying.as_mut().now_or_never().is_none());
        assert_eq!(one.changed().now_or_never(), Some(Some(())));
        assert_eq!(other.changed().now_or_never(), None);
        commits.send(Arc::from([Notice::Unheard])).expect("heard");
        assert!(notifying.as_mut().now_or_never().is_none());
        assert_eq!((one.changed().now_or_never(), other.changed().now_or_never()), (Some(Some(())), Some(Some(()))));
        drop(commits);
        notifying.await;
        assert_eq!(one.changed().await, None);
    }

    #[test]
    fn streams_are_counted_for_a_visitor_and_in_all() {
        let watchers = VisitWatchers::new(5);
        let own: Vec<_> = (0..MOST_OF_ONE).map(|_| watchers.listen(visitor(1)).expect("a place")).collect();
        assert!(watchers.listen(visitor(1)).is_none());
        let other = watchers.listen(visitor(2)).expect("a place");
        assert!(watchers.listen(visitor(3)).is_none());
        drop(other);
        assert!(watchers.listen(visitor(3)).is_some());
        drop(own);
        assert!(watchers.streams().by_visitor.is_empty());
        assert_eq!(watchers.streams().count, 0);
        assert!(VisitWatchers::new(0).listen(visitor(1)).is_none());
    }
}
