//! Posts in Slack: their keys and places.

use super::keys::{is_asked, joined_key, member_of};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_ports::{Ledger, SlackAbout, SlackPost, StoreError};

/// Stores a post: before the attempt, and when its place is known.
#[derive(Clone, Debug)]
pub struct SaveSlackPost {
    pub post: SlackPost,
}

impl Command for SaveSlackPost {
    /// False if the person was erased in the meantime.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        let is_there = match self.post.about {
            SlackAbout::Chat(id) => ledger.conversation(id)?.is_some(),
            SlackAbout::Meeting(id) => ledger.meeting(id)?.is_some(),
        };
        if !is_there {
            return Ok(false);
        }
        if !self.is_joined(ledger)? {
            ledger.save_slack_post(&self.post)?;
        }
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl SaveSlackPost {
    /// Whether the post asks a member to join who has joined in the meantime: it is the first message of the member's
    /// thread by now.
    fn is_joined(&self, ledger: &dyn Ledger) -> Result<bool, StoreError> {
        let SlackAbout::Chat(conversation) = self.post.about else { return Ok(false) };
        let Some(member) = member_of(&self.post.key).filter(|_| is_asked(&self.post.key)) else { return Ok(false) };
        let key = joined_key(conversation, member);
        Ok(ledger.slack_posts(conversation)?.iter().any(|post| post.key == key))
    }
}

/// Drops a post that is gone in Slack: it is posted again.
#[derive(Clone, Debug)]
pub struct DropSlackPost {
    pub key: String,
}

impl Command for DropSlackPost {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        ledger.drop_slack_post(&self.key)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
