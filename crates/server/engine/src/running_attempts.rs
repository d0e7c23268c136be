//! The attempts at deliveries that this server makes at the moment.

use crate::commands::outbox::CLAIM;
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

/// The time for which an attempt counts as running, whatever the wall clock shows. One that takes longer hangs: its
/// delivery may be claimed again.
const RUNNING: Duration = Duration::from_millis(CLAIM.0.unsigned_abs());

/// Attempts that have not ended, each by the number of its delivery and of the attempt, and with its start.
#[derive(Default)]
pub(crate) struct RunningAttempts {
    tasks: JoinSet<()>,
    attempts: BTreeMap<Id, ((i64, u32), Instant)>,
}

impl RunningAttempts {
    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }

    pub(crate) fn spawn(&mut self, attempt: (i64, u32), work: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(work).id();
        self.attempts.insert(task, (attempt, Instant::now()));
    }

    /// Waits for the end of an attempt; forever when there is none.
    pub(crate) async fn next_end(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(ended) => self.forget(&ended),
            None => std::future::pending().await,
        }
    }

    /// Returns the attempts that still run.
    pub(crate) fn running(&mut self) -> Vec<(i64, u32)> {
        self.running_at(Instant::now())
    }

    fn running_at(&mut self, now: Instant) -> Vec<(i64, u32)> {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(&ended);
        }
        let running = self.attempts.values().filter(|(_, start)| now.duration_since(*start) < RUNNING);
        running.map(|(attempt, _)| *attempt).collect()
    }

    fn forget(&mut self, ended: &Result<(Id, ()), JoinError>) {
        let task = ended.as_ref().map_or_else(JoinError::id, |(task, ())| *task);
        self.attempts.remove(&task);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_attempt_runs_until_it_ends_panics_or_hangs() {
        let mut attempts = RunningAttempts::default();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        attempts.spawn((1, 1), async { drop(ended.await) });
        attempts.spawn((2, 3), async { panic!("a fault of a connector") });
        attempts.spawn((3, 1), std::future::pending());
        assert_eq!(sorted(attempts.running()), [(1, 1), (2, 3), (3, 1)]);
        attempts.next_end().await;
        assert_eq!((sorted(attempts.running()), attempts.len()), (vec![(1, 1), (3, 1)], 2));
        end.send(()).expect("it waits");
        attempts.next_end().await;
        assert_eq!(attempts.running(), [(3, 1)]);
        assert_eq!((attempts.running_at(Instant::now() + RUNNING), attempts.len()), (Vec::new(), 1));
    }

    fn sorted(mut attempts: Vec<(i64, u32)>) -> Vec<(i64, u32)> {
        attempts.sort_unstable();
        attempts
    }
}
