//! The channel of the direct messages with a user.

use crate::{Credentials, Slack};
use knock_slack::{Refusal, RefusalKind};

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
