//! Edits and deletions in a thread of Slack. The lead gets the correction of a reply; everything else is noted for the
//! team.

use super::ephemeral::tell;
use super::keys::{held_key, message_key};
use super::message_place::{SlackPlace, SlackTaken};
use super::thread::{Thread, is_note, to};
use super::words::{composed, corrected, says_the_same};
use crate::changes::Changes;
use crate::commands::{RepMessage, RepWrote};
use crate::writer::{After, Command};
use knock_model::message::MessageText;
use knock_model::{MessageId, Millis, NoteId, RepId};
use knock_ports::{Ledger, StoreError};

/// An edit or a deletion of a message in a thread.
#[derive(Clone, Debug)]
pub struct SlackChanged {
    /// The place; the user is unknown for a deletion.
    pub place: SlackPlace,
    /// The message after the edit; none for a deletion.
    pub edit: Option<SlackEdit>,
    /// The id of the internal note about it.
    pub change: NoteId,
    pub now: Millis,
}

/// A message after an edit.
#[derive(Clone, Debug)]
pub struct SlackEdit {
    /// The text, as a person reads it.
    pub text: String,
    /// The texts of the messages that it forwards, likewise.
    pub forwarded: Vec<String>,
    /// The id of the correction that the lead gets, with the instant of the edit.
    pub correction: MessageId,
    /// The same as in [`RepMessage`].
    pub mail_after: Option<Millis>,
}

impl Command for SlackChanged {
    type Outcome = SlackTaken;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlackTaken, StoreError> {
        let (channel, root, user) = (&self.place.channel, &self.place.thread, &self.place.user);
        let Some(thread) = Thread::load(ledger, (channel, root), user)? else {
            return Thread::unknown(ledger, channel, self.now);
        };
        let author = if self.edit.is_some() { thread.author } else { thread.author.or(thread.owner) };
        let Some(member) = author else { return Ok(SlackTaken::Nothing) };
        match &self.edit {
            Some(edit) => self.edited(ledger, changes, (&thread, member), edit),
            None => self.deleted(ledger, changes, (&thread, member)),
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl SlackChanged {
    fn edited(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        (thread, member): (&Thread, RepId),
        edit: &SlackEdit,
    ) -> Result<SlackTaken, StoreError> {
        let text = &edit.text;
        let mark = ledger.slack_choice()?.note_mark;
        let is_inside = is_note(text, &mark) || edit.forwarded.iter().any(|words| is_note(words, &mark));
        let before = self.before(ledger, thread)?;
        let noted = ledger.note(self.place.note)?;
        let (id, text) = match (before, noted) {
            (Some(Before::Sending), _) if text.trim().is_empty() => return Ok(SlackTaken::Nothing),
            (Some(Before::Sent(_)), _) if !is_inside && !text.trim().is_empty() => {
                return self.correct(ledger, changes, (thread, member), edit);
            }
            (Some(_), _) => {
                let hint = "The lead still sees the message as it was sent. The change was kept as a note.";
                self.explain(ledger, changes, hint)?;
                (self.change, format!("Edited in Slack; the lead sees the message as it was sent. Now: {text}"))
            }
            (None, Some(noted)) if noted.text == *text => return Ok(SlackTaken::Nothing),
            (None, Some(_)) => (self.change, format!("Note edited in Slack: {text}")),
            // This event came before that of the message, which is then ignored.
            (None, None) => {
                let hint = "Nothing was sent: the message was edited before Knock had it. Write it again.";
                self.explain(ledger, changes, hint)?;
                (self.place.note, text.clone())
            }
        };
        thread.note(ledger, changes, &self.place, (member, (id, text)), self.now)
    }

    fn deleted(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        (thread, member): (&Thread, RepId),
    ) -> Result<SlackTaken, StoreError> {
        let before = self.before(ledger, thread)?;
        let noted = ledger.note(self.place.note)?;
        let (id, text) = match (before, noted) {
            (Some(Before::Sent(sent)), _) => (self.change, format!("Deleted in Slack; the lead still sees it: {sent}")),
            (Some(Before::Sending), _) => (self.change, "A file was deleted in Slack before it was sent.".to_owned()),
            (None, Some(_)) => return Ok(SlackTaken::Nothing),
            (None, None) => (self.place.note, "A message was deleted in Slack before it was sent.".to_owned()),
        };
        thread.note(ledger, changes, &self.place, (member, (id, text)), self.now)
    }

    /// Sends the lead the correction of what they read, once: not for an edit that is older than the last one, nor for
    /// one that changes no word.
    fn correct(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        (thread, rep): (&Thread, RepId),
        edit: &SlackEdit,
    ) -> Result<SlackTaken, StoreError> {
        let Some(of) = ledger.conversation(thread.conversation)? else { return Ok(SlackTaken::Nothing) };
        let words = composed(&edit.text, &edit.forwarded, of.language);
        let (here, id) = (thread.messages_at(ledger, &self.place)?, edit.correction);
        let mut sent = ledger.messages_after(of.id, 0)?;
        let is_known = sent.iter().any(|message| message.id == id);
        sent.retain(|message| here.contains(&message.id) && !message.text.is_empty());
        let is_old = sent.iter().any(|known| known.id != self.place.message && known.id.at() > id.at());
        let text = MessageText::parse(&corrected(&words, of.language)).map(MessageText::into_text);
        let is_same = sent.last().is_some_and(|last| {
            let corrected = text.as_ref().is_ok_and(|text| says_the_same(&last.text, text));
            corrected || says_the_same(&last.text, &words)
        });
        if is_known || is_old || is_same {
            return Ok(SlackTaken::Nothing);
        }
        let Ok(text) = text else {
            tell(ledger, changes, to(&self.place, "The lead did not get the change: it is too long."), self.now)?;
            return Ok(SlackTaken::Explained);
        };
        thread.stands(ledger, &self.place, message_key(&thread.key, id), self.now)?;
        let (conversation, mail_after, now) = (of.id, edit.mail_after, self.now);
        let message = RepMessage { conversation, id, rep, text, seen: None, file: None, card: None, mail_after, now };
        let is_sent = matches!(message.run(ledger, changes)?, RepWrote::Numbered(Some(_)));
        Ok(if is_sent { SlackTaken::Sent } else { SlackTaken::Nothing })
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
        let stays_inside = self.edit.as_ref().is_none_or(|edit| is_note(&edit.text, &mark));
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
