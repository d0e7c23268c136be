//! Waiting for the store without holding up other tasks: it may be on another machine.

use knock_ports::StoreError;

/// Runs `work` on a thread made for waiting.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(StoreError::Broken(error.to_string())))
}
