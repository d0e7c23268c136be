//! Posts in Slack: their keys and places.

use super::keys::{is_asked, joined_key, member_of};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::MeetingId;
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
            SlackAbout::Lead(id) => ledger.lead(id)?.is_some(),
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

/// Makes the post about a lead who asked for a meeting the one of the meeting that they booked: one card shows both.
#[derive(Clone, Debug)]
pub struct AdoptSlackPost {
    pub meeting: MeetingId,
    /// The key of the post by then.
    pub key: String,
}

impl Command for AdoptSlackPost {
    /// The post; none if there is none, or if the meeting has one.
    type Outcome = Option<SlackPost>;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<Option<SlackPost>, StoreError> {
        let Some(meeting) = ledger.meeting(self.meeting)? else { return Ok(None) };
        let has_one = ledger.slack_meeting_posts(meeting.id)?.iter().any(|post| post.key == self.key);
        let is_card = |post: &SlackPost| !post.ts.is_empty() && !post.is_of_workflow();
        let known = ledger.slack_lead_posts(meeting.lead)?.into_iter().find(is_card);
        let Some(known) = known.filter(|_| !has_one) else { return Ok(None) };
        ledger.drop_slack_post(&known.key)?;
        let (about, said) = (SlackAbout::Meeting(meeting.id), String::new());
        let post = SlackPost { key: self.key.clone(), about, said, ..known };
        ledger.save_slack_post(&post)?;
        Ok(Some(post))
    }

    fn after(&self) -> After {
        After::Nothing
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
