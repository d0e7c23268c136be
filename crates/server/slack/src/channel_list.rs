//! The channels as they were listed last.

use knock_slack::Channel;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The list.
#[derive(Default)]
pub(crate) struct Channels(Mutex<Listed>);

#[derive(Clone, Default)]
pub(crate) struct Listed {
    pub(crate) channels: Vec<Channel>,
    /// Those of the list that is being made.
    pub(crate) coming: Vec<Channel>,
    pub(crate) cursor: Option<String>,
    pub(crate) whole_at: Option<Instant>,
}

impl Channels {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Listed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the bot is in a channel by now.
    pub(crate) fn joined(&self, id: &str) {
        let mut listed = self.lock();
        let Listed { channels, coming, .. } = &mut *listed;
        for channel in channels.iter_mut().chain(coming).filter(|channel| channel.id == id) {
            channel.is_member = true;
        }
    }
}
