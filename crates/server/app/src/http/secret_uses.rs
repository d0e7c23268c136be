//! The last uses of secrets, written together after a while: requests do not wait for it.

use knock_engine::Writer;
use knock_engine::commands::NoteUses;
use knock_model::Millis;
use knock_ports::{Secret, SecretHash, StoredSecret};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Between two writes.
const INTERVAL: Duration = Duration::from_secs(2);
/// A use of a session or key this soon after the one before is not recorded.
const FRESH: Millis = Millis(60 * Millis::MINUTE.0);
/// The same of a chat token: it is valid for months.
const FRESH_TOKEN: Millis = Millis::DAY;
/// Uses that wait at most; those beyond are recorded when the secret is used again.
const WAITING: usize = 10_000;

/// Uses that are not written yet.
#[derive(Clone, Default)]
pub(crate) struct SecretUses(Arc<Mutex<HashMap<SecretHash, Millis>>>);

impl SecretUses {
    /// A valid secret was used.
    pub(super) fn note(&self, hash: SecretHash, stored: &StoredSecret, now: Millis) {
        let fresh = if matches!(stored.secret, Secret::Chat { .. }) { FRESH_TOKEN } else { FRESH };
        if stored.used_at.is_some_and(|used_at| now - used_at < fresh) {
            return;
        }
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < WAITING {
            waiting.insert(hash, now);
        }
    }

    /// Writes what waits, until the server ends.
    pub(crate) async fn run(self, writer: Writer) {
        loop {
            tokio::time::sleep(INTERVAL).await;
            let uses: Vec<_> = self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().collect();
            if !uses.is_empty() && writer.commit(NoteUses { uses }).await.is_err() {
                tracing::debug!("uses of secrets were not recorded");
            }
        }
    }
}
