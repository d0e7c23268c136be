//! The channels of the bot's direct messages, by user: asked for once, since Slack limits how often that may be done.

use crate::{Credentials, Slack};
use knock_slack::{Refusal, RefusalKind};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The channels that are known.
#[derive(Default)]
pub(crate) struct Directs(Mutex<BTreeMap<String, String>>);

impl Directs {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn forget_all(&self) {
        self.lock().clear();
    }
}

impl Slack {
    /// The channel of the direct messages with a user.
    ///
    /// # Errors
    /// When Slack does not open it.
    pub(crate) async fn direct(&self, credentials: &Credentials, user: &str) -> Result<String, Refusal> {
        let known = self.directs.lock().get(user).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let opened = self.client.open_dm(&credentials.token, user).await?;
        self.directs.lock().insert(user.to_owned(), opened.clone());
        Ok(opened)
    }

    /// A refusal in the direct messages with a user: a channel that Slack does not know any more is asked for again by
    /// the next attempt.
    pub(crate) fn anew(&self, user: &str, refusal: Refusal) -> Refusal {
        if refusal.code != "channel_not_found" || self.directs.lock().remove(user).is_none() {
            return refusal;
        }
        let words = "the direct messages are opened anew".to_owned();
        Refusal { kind: RefusalKind::Retry(None), code: String::new(), words }
    }
}
