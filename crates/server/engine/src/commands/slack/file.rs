//! Files posted by a member in a thread in Slack: sent to the lead once their content is fetched and stored.

use super::keys::held_key;
use super::thread::Thread;
use crate::changes::Changes;
use crate::commands::{NewFile, RepMessage, RepWrote};
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Ledger, SlackFile, SlackPost, StoreError};

#[derive(Clone, Debug)]
pub struct SendSlackFile {
    /// The file, with its place in Slack.
    pub file: SlackFile,
    /// The stored content.
    pub content: NewFile,
    pub now: Millis,
}

/// The outcome of sending a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackFileSent {
    /// The file was sent to the lead.
    Sent,
    /// The file was sent before.
    Known,
    /// Its message was deleted, or became a note.
    Held,
    /// Its author is no member any more, or the chat is gone.
    Refused,
}

impl Command for SendSlackFile {
    type Outcome = SlackFileSent;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlackFileSent, StoreError> {
        let SlackFile { channel, ts, thread, user, message: id, note, .. } = &self.file;
        let thread = Thread::load(ledger, (channel, thread), user)?;
        let Some((thread, rep)) = thread.and_then(|thread| thread.author.map(|author| (thread, author))) else {
            return Ok(SlackFileSent::Refused);
        };
        let (conversation, id) = (thread.conversation, *id);
        if ledger.messages_after(conversation, 0)?.iter().any(|message| message.id == id) {
            return Ok(SlackFileSent::Known);
        }
        let held = held_key(channel, ts);
        let is_held = |post: &SlackPost| post.key == held;
        if ledger.note(*note)?.is_some() || ledger.slack_posts(conversation)?.iter().any(is_held) {
            return Ok(SlackFileSent::Held);
        }
        let (file, mail_after, now) = (Some(self.content.clone()), self.file.mail_after, self.now);
        let (text, seen, card) = (String::new(), None, None);
        let message = RepMessage { conversation, id, rep, text, seen, file, card, mail_after, now };
        let wrote = message.run(ledger, changes)?;
        Ok(if matches!(wrote, RepWrote::Numbered(Some(_))) { SlackFileSent::Sent } else { SlackFileSent::Refused })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
