//! Runs blocking store calls on the blocking thread pool: the store may be on another machine.

use knock_ports::StoreError;

/// Runs `work` on the blocking thread pool.
pub(crate) async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(StoreError::Broken(error.to_string())))
}
