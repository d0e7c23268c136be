//! The places of running readers: a few of each kind, and a bounded wait for one.

use crate::format::Lane;
use crate::lost::Lost;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The places of all lanes.
#[derive(Clone)]
pub(crate) struct Places(Arc<[Semaphores; Lane::ALL.len()]>);

type Semaphores = (Lane, Arc<Semaphore>);

impl Default for Places {
    fn default() -> Places {
        Places(Arc::new(Lane::ALL.map(|lane| (lane, Arc::new(Semaphore::new(lane.places()))))))
    }
}

impl Places {
    /// Waits for a place, in the order of requests; it is free again when the permit is dropped.
    pub(crate) async fn take(&self, lane: Lane) -> Result<OwnedSemaphorePermit, Lost> {
        let (_, places) = self.0.iter().find(|(other, _)| *other == lane).ok_or(Lost::Busy)?;
        let place = timeout(lane.patience(), Arc::clone(places).acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(Lost::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_lane_takes_no_place_of_another_and_waits_for_some_time() {
        let places = Places::default();
        let mut files = Vec::new();
        for _ in 0..Lane::Files.places() {
            files.push(places.take(Lane::Files).await.expect("a place"));
        }
        assert_eq!(places.take(Lane::Files).await.err(), Some(Lost::Busy));
        for lane in [Lane::Pages, Lane::Calendars, Lane::Attachments, Lane::Mails] {
            assert!(places.take(lane).await.is_ok(), "{lane:?}");
        }
        files.pop();
        assert!(places.take(Lane::Files).await.is_ok());
    }
}
