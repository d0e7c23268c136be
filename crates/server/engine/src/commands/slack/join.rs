//! Joining a chat by the owner of the lead in the CRM: the owner replies in a separate thread, and the assignee stays.

use super::keys::{asked_key, joined_key};
use crate::changes::Changes;
use crate::commands::WriteNote;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, NoteId, RepId};
use knock_ports::{Ledger, SlackPost, StoreError, TeamAuthor};

/// The note that the team reads.
const JOINED: &str = "Joined the chat from Slack.";

/// Joins a member who pressed the button.
#[derive(Clone, Debug)]
pub struct JoinSlackChat {
    pub conversation: ConversationId,
    pub member: RepId,
    /// The channel of the message with the button.
    pub channel: String,
    /// The id of the message in the channel.
    pub ts: String,
    /// The id of the internal note about it.
    pub note: NoteId,
    pub now: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackJoined {
    Joined,
    /// This member was not asked there to join.
    NotAsked,
    UnknownChat,
}

impl Command for JoinSlackChat {
    type Outcome = SlackJoined;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlackJoined, StoreError> {
        let Some(of) = ledger.conversation(self.conversation)? else { return Ok(SlackJoined::UnknownChat) };
        let posts = ledger.slack_posts(self.conversation)?;
        let key = joined_key(self.conversation, self.member);
        if posts.iter().any(|post| post.key == key) {
            return Ok(SlackJoined::Joined);
        }
        let asked = asked_key(self.conversation, self.member);
        let is_there = |post: &&SlackPost| post.channel == self.channel && (post.ts == self.ts || post.ts.is_empty());
        let Some(card) = posts.into_iter().find(|post| post.key == asked).filter(|post| is_there(&post)) else {
            return Ok(SlackJoined::NotAsked);
        };
        ledger.drop_slack_post(&asked)?;
        ledger.save_slack_post(&SlackPost { key, ts: self.ts.clone(), said: String::new(), ..card })?;
        let (conversation, member, now) = (self.conversation, self.member, self.now);
        let note = WriteNote {
            conversation,
            id: self.note,
            author: TeamAuthor::Member(member),
            text: JOINED.to_owned(),
            mentions: Vec::new(),
            now,
        };
        note.run(ledger, changes)?;
        changes.happened(now, Happened::ChatNoted { lead: of.lead, conversation });
        Ok(SlackJoined::Joined)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
