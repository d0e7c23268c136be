//! What was posted to Slack, and where it stands.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_ports::{Ledger, SlackAbout, SlackPost, StoreError};

/// Keeps a post: before it is tried, and when it is known where it stands.
#[derive(Clone, Debug)]
pub struct SaveSlackPost {
    /// The post.
    pub post: SlackPost,
}

impl Command for SaveSlackPost {
    /// False when the person was erased meanwhile.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let is_there = match self.post.about {
            SlackAbout::Chat(id) => ledger.conversation(id)?.is_some(),
            SlackAbout::Meeting(id) => ledger.meeting(id)?.is_some(),
        };
        if !is_there {
            return Ok(false);
        }
        ledger.save_slack_post(&self.post)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Forgets a post, which is gone in Slack: it is posted again.
#[derive(Clone, Debug)]
pub struct DropSlackPost {
    /// Which.
    pub key: String,
}

impl Command for DropSlackPost {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(), StoreError> {
        ledger.drop_slack_post(&self.key)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
