//! Reading from the store without blocking the threads of requests.

use knock_ports::{Store, StoreError, View};
use std::sync::Arc;

/// Runs `work` on a snapshot, on a thread made for waiting.
///
/// # Errors
/// When the database fails, or `work` does.
pub async fn read<T: Send + 'static>(
    store: Arc<dyn Store>,
    work: impl FnOnce(&dyn View) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let reading = tokio::task::spawn_blocking(move || {
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
    reading.await.unwrap_or_else(|error| Err(StoreError::Broken(format!("a read did not end: {error}"))))
}
