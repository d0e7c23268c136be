//! Edits and deletions in a thread of Slack: nothing is sent, they are noted for the team.

use super::ephemeral::tell;
use super::keys::held_key;
use super::message_place::{SlackPlace, SlackTaken};
use super::thread::{Thread, is_note, to};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{Millis, NoteId};
use knock_ports::{Ledger, StoreError};

/// An edit or a deletion of a message in a thread.
#[derive(Clone, Debug)]
pub struct SlackChanged {
    /// The place; the user is unknown for a deletion.
    pub place: SlackPlace,
    /// The text after the edit; none for a deletion.
    pub text: Option<String>,
    /// The id of the internal note about it.
    pub change: NoteId,
    pub now: Millis,
}

impl Command for SlackChanged {
    type Outcome = SlackTaken;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlackTaken, StoreError> {
        let (channel, root, user) = (&self.place.channel, &self.place.thread, &self.place.user);
        let Some(thread) = Thread::load(ledger, (channel, root), user)? else {
            return Thread::unknown(ledger, channel, self.now);
        };
        let author = if self.text.is_some() { thread.author } else { thread.author.or(thread.owner) };
        let Some(member) = author else { return Ok(SlackTaken::Nothing) };
        let before = self.before(ledger, &thread)?;
        let noted = ledger.note(self.place.note)?;
        let (id, text) = match (before, noted, &self.text) {
            (Some(Before::Sent(sent)), _, Some(text)) if sent == *text => return Ok(SlackTaken::Nothing),
            (Some(Before::Sending), _, Some(text)) if text.trim().is_empty() => return Ok(SlackTaken::Nothing),
            (Some(_), _, Some(text)) => {
                self.explain(
                    ledger,
                    changes,
                    "The lead still sees the message as it was sent: chats know no edits. \
                    The change was kept as a note.",
                )?;
                (self.change, format!("Edited in Slack; the lead sees the message as it was sent. Now: {text}"))
            }
            (Some(Before::Sent(sent)), _, None) => {
                (self.change, format!("Deleted in Slack; the lead still sees it: {sent}"))
            }
            (Some(Before::Sending), _, None) => {
                (self.change, "A file was deleted in Slack before it was sent.".to_owned())
            }
            (None, Some(noted), Some(text)) if noted.text == *text => return Ok(SlackTaken::Nothing),
            (None, Some(_), Some(text)) => (self.change, format!("Note edited in Slack: {text}")),
            (None, Some(_), None) => return Ok(SlackTaken::Nothing),
            // This event came before that of the message, which is then ignored.
            (None, None, Some(text)) => {
                self.explain(
                    ledger,
                    changes,
                    "Nothing was sent: the message was edited before Knock had it. Write it \
                    again.",
                )?;
                (self.place.note, text.clone())
            }
            (None, None, None) => (self.place.note, "A message was deleted in Slack before it was sent.".to_owned()),
        };
        thread.note(ledger, changes, &self.place, (member, (id, text)), self.now)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// The result of a message in Slack before it was changed.
enum Before {
    /// Sent: the text that the lead sees.
    Sent(String),
    /// None yet: its files are being sent.
    Sending,
}

impl SlackChanged {
    /// Returns the result of the message before the change; none if there was none. Files still waiting are held if the
    /// message is a note by now, or deleted.
    fn before(&self, ledger: &mut dyn Ledger, thread: &Thread) -> Result<Option<Before>, StoreError> {
        let expected = thread.messages_at(ledger, &self.place)?;
        let mut messages = ledger.messages_after(thread.conversation, 0)?;
        messages.retain(|message| expected.contains(&message.id));
        let mark = ledger.slack_choice()?.note_mark;
        let stays_inside = self.text.as_ref().is_none_or(|text| is_note(text, &mark));
        if messages.len() < expected.len() && stays_inside {
            thread.stands(ledger, &self.place, held_key(&self.place.channel, &self.place.ts), self.now)?;
        }
        let first = messages.into_iter().next().map(|sent| {
            let files = sent.files.into_iter().map(|file| format!("[file] {}", file.name));
            let said = std::iter::once(sent.text).filter(|text| !text.is_empty()).chain(files);
            Before::Sent(said.collect::<Vec<_>>().join("\n"))
        });
        Ok(first.or_else(|| (!expected.is_empty()).then_some(Before::Sending)))
    }

    fn explain(&self, ledger: &mut dyn Ledger, changes: &mut Changes, text: &str) -> Result<(), StoreError> {
        // A repeated event is explained once.
        if ledger.note(self.change)?.is_some() {
            return Ok(());
        }
        tell(ledger, changes, to(&self.place, text), self.now)
    }
}
