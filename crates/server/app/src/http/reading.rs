//! Reading from the store for a request.

use super::problem::Problem;
use knock_ports::{Store, StoreError, View};
use std::sync::Arc;

/// Runs `work` on a snapshot, on a thread made for waiting.
pub(super) async fn read<T: Send + 'static>(
    store: Arc<dyn Store>,
    work: impl FnOnce(&dyn View) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Problem> {
    Ok(knock_context::read(store, work).await?)
}
