//! The channels of the bot's direct messages, by user: asked for once, since Slack limits how often that may be done.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The channels that are known.
#[derive(Default)]
pub(crate) struct Directs(Mutex<BTreeMap<String, String>>);

impl Directs {
    pub(crate) fn lock(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn forget_all(&self) {
        self.lock().clear();
    }
}
