//! Work beside requests.

/// Starts a task that runs until it ends by itself or the process does.
#[expect(clippy::disallowed_methods, reason = "the one place that starts work beside requests")]
pub(crate) fn work(task: impl Future<Output = ()> + Send + 'static) {
    drop(tokio::spawn(task));
}
