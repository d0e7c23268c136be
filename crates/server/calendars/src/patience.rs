//! The longest wait for one answer of a provider.

use knock_ports::{CALENDAR_TIMEOUT, CalendarFailure, CalendarFuture};
use std::time::Duration;
use tokio::time::timeout;

/// The longest wait for one answer of a provider.
const PATIENCE: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());

/// An answer, if it comes in time.
pub(crate) async fn in_time<T>(asking: CalendarFuture<'_, T>) -> Result<T, CalendarFailure> {
    let silent = || CalendarFailure::Later { words: "it did not answer in time".to_owned(), after: None };
    timeout(PATIENCE, asking).await.unwrap_or_else(|_| Err(silent()))
}
