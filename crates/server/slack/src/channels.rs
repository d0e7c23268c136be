//! The channels of the workspace: listed page by page, since Slack slows down who asks for long lists.

use crate::Slack;
use crate::channel_list::Listed;
use knock_slack::{Channel, Refusal, Token};
use std::time::{Duration, Instant};

/// Pages that one look asks for.
const PAGES: usize = 4;
/// The validity of a complete list.
const FRESH: Duration = Duration::from_secs(60);

/// The channels as they are shown.
pub struct Shown {
    pub channels: Vec<Channel>,
    pub is_complete: bool,
    pub problem: Option<Refusal>,
}

impl Slack {
    /// The channels that people write in, listed anew where the list is old.
    pub async fn channels(&self, token: &Token) -> Shown {
        let mut listed = self.channels.lock().clone();
        let mut problem = None;
        if listed.whole_at.is_none_or(|at| at.elapsed() > FRESH) {
            problem = self.list(token, &mut listed).await.err();
            *self.channels.lock() = listed.clone();
        }
        let is_complete = listed.whole_at.is_some() && listed.cursor.is_none();
        let mut channels = if listed.channels.is_empty() { listed.coming } else { listed.channels };
        channels.retain(|channel| !channel.is_archived);
        channels.sort_by(|one, other| one.name.cmp(&other.name));
        Shown { channels, is_complete, problem }
    }

    /// Forgets the list, and the channels of direct messages: they are another workspace's.
    pub fn forget_channels(&self) {
        *self.channels.lock() = Listed::default();
        self.directs.forget_all();
    }

    /// Goes on with the list from where it stopped.
    async fn list(&self, token: &Token, listed: &mut Listed) -> Result<(), Refusal> {
        for _ in 0..PAGES {
            let page = self.client.conversations(token, listed.cursor.as_deref()).await?;
            listed.coming.extend(page.items);
            listed.cursor = page.next;
            if listed.cursor.is_none() {
                listed.channels = std::mem::take(&mut listed.coming);
                listed.whole_at = Some(now());
                return Ok(());
            }
        }
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "how old the list is has nothing to do with the clock of the workspace")]
fn now() -> Instant {
    Instant::now()
}
