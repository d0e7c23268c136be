//! The claims of this server's readings.

use knock_model::SourceId;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The claims of readings under way; none after the stop, from when on no source is claimed.
#[derive(Debug)]
pub struct ReadingClaims(Mutex<Option<BTreeMap<SourceId, i64>>>);

impl Default for ReadingClaims {
    fn default() -> Self {
        ReadingClaims(Mutex::new(Some(BTreeMap::new())))
    }
}

impl ReadingClaims {
    fn claims(&self) -> MutexGuard<'_, Option<BTreeMap<SourceId, i64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, source: SourceId, claim: i64) {
        if let Some(claims) = self.claims().as_mut() {
            claims.insert(source, claim);
        }
    }

    pub(super) fn end(&self, source: SourceId) {
        if let Some(claims) = self.claims().as_mut() {
            claims.remove(&source);
        }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.claims().is_none()
    }

    /// Ends the record; returns the claims of the readings that are under way.
    pub(super) fn stop(&self) -> Vec<(SourceId, i64)> {
        self.claims().take().into_iter().flatten().collect()
    }
}
