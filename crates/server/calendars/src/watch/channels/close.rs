//! The end of channels at their provider.

use crate::patience::in_time;
use futures_util::future::join_all;
use knock_ports::{CalendarChannel, CalendarFailure, CalendarPush};

/// Closes a channel; false if it may be closed later. One of which the provider has said nothing cannot be closed.
pub(super) async fn close(push: &dyn CalendarPush, channel: &CalendarChannel) -> bool {
    if channel.remote.is_empty() {
        return true;
    }
    match in_time(push.close(channel)).await {
        Ok(()) => true,
        Err(CalendarFailure::Later { words, .. }) => {
            tracing::debug!("a channel could not be closed now: {words}");
            false
        }
        Err(failure) => {
            tracing::warn!(%failure, "a channel could not be closed at its provider; it ends by itself");
            true
        }
    }
}

/// Closes all channels of an account that is gone here, as far as its provider answers in time.
pub(crate) async fn close_all(push: &dyn CalendarPush, channels: &[CalendarChannel]) {
    join_all(channels.iter().map(|channel| close(push, channel))).await;
}
