//! Reading from the store without holding up other requests.

use super::problem::Problem;
use knock_ports::{Store, StoreError, View};
use std::sync::Arc;

/// Runs `work` on a snapshot, on a thread made for waiting.
pub(super) async fn read<T: Send + 'static>(
    store: Arc<dyn Store>,
    work: impl FnOnce(&dyn View) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Problem> {
    let read = tokio::task::spawn_blocking(move || {
        let mut work = Some(work);
        let mut found = None;
        store.read(&mut |view| {
            if let Some(work) = work.take() {
                found = Some(work(view)?);
            }
            Ok(())
        })?;
        found.ok_or_else(|| StoreError::Broken("a read found nothing".into()))
    });
    match read.await {
        Ok(found) => Ok(found?),
        Err(error) => {
            tracing::error!(%error, "a read did not end");
            Err(Problem::internal())
        }
    }
}
