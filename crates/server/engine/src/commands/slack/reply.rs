//! A rep's message in a thread in Slack: a reply to the lead with its files, or an internal note.

use super::ephemeral::tell;
use super::keys::{is_asked, message_key};
use super::message_place::{SlackPlace, SlackTaken};
use super::thread::{Thread, is_note, to};
use super::words::{composed, unreached};
use crate::changes::Changes;
use crate::commands::{RepMessage, RepWrote};
use crate::effects::enqueue_slack;
use crate::recipient::is_out_of_reach;
use crate::writer::{After, Command};
use knock_model::message::MessageText;
use knock_model::{Millis, RepId};
use knock_ports::{Ledger, SlackFile, StoreError};

/// The hint to who writes where no lead reads.
pub const UNSENT: &str = "This did not reach a lead. To answer one, choose Reply in thread at the card of their chat, and \
                          write there.";
const UNJOINED: &str = "This did not reach the lead: you have not joined the chat. Press Join on the card above, then \
                        write it again here.";

/// A message written in a thread.
#[derive(Clone, Debug)]
pub struct SlackWritten {
    pub place: SlackPlace,
    /// The text, as a person reads it.
    pub text: String,
    /// The texts of the messages that it forwards, likewise; empty for one without words.
    pub forwarded: Vec<String>,
    /// The files that came with it.
    pub files: Vec<SlackFile>,
    /// The same as in [`RepMessage`].
    pub mail_after: Option<Millis>,
    pub now: Millis,
}

impl Command for SlackWritten {
    type Outcome = SlackTaken;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlackTaken, StoreError> {
        let (channel, root, user) = (&self.place.channel, &self.place.thread, &self.place.user);
        let Some(thread) = Thread::load(ledger, (channel, root), user)? else {
            return match Thread::unknown(ledger, channel, self.now)? {
                SlackTaken::Nothing if self.place.is_direct => self.tell_unsent(ledger, changes),
                other => Ok(other),
            };
        };
        // A note has this id also where the event of an edit or a deletion came first.
        if ledger.note(self.place.note)?.is_some() {
            return Ok(SlackTaken::Nothing);
        }
        let Some(author) = thread.author else {
            return self.tell(
                ledger,
                changes,
                "Nothing was sent: no member of Knock who answers chats has the e-mail \
                address of your Slack account. An admin can invite you under Settings > Team.",
            );
        };
        if self.is_note(&ledger.slack_choice()?.note_mark) {
            let note = (self.place.note, self.inside());
            return thread.note(ledger, changes, &self.place, (author, note), self.now);
        }
        let Some(conversation) = ledger.conversation(thread.conversation)? else { return Ok(SlackTaken::Nothing) };
        let messages = ledger.messages_after(conversation.id, 0)?;
        let is_known = messages.iter().any(|message| message.id == self.place.message);
        if !is_known && is_out_of_reach(ledger, &conversation, &messages)? {
            let hint = unreached(ledger.lead(conversation.lead)?.as_ref());
            return self.tell(ledger, changes, &hint);
        }
        let words = composed(&self.text, &self.forwarded, conversation.language);
        if words.is_empty() {
            let has_nothing = self.files.is_empty() && !self.forwarded.is_empty();
            return match has_nothing {
                true => self.tell(ledger, changes, "Nothing was sent: the message that you forwarded has no text."),
                false => self.send_files(ledger, changes, &thread),
            };
        }
        let Ok(text) = MessageText::parse(&words) else {
            return self.tell(ledger, changes, "Nothing was sent: the message is too long. Send it in parts.");
        };
        self.send(ledger, changes, &thread, author, text.into_text())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl SlackWritten {
    /// Whether the message is an internal note: by its text, or by the name or title of one of its files.
    fn is_note(&self, mark: &str) -> bool {
        is_note(&self.text, mark)
            || self.forwarded.iter().any(|words| is_note(words, mark))
            || self.files.iter().any(|file| is_note(&file.name, mark) || is_note(&file.title, mark))
    }

    /// The text for the team: the files themselves stay in Slack.
    fn inside(&self) -> String {
        let files = self.files.iter().map(|file| format!("[file in Slack] {}", file.name));
        let texts = std::iter::once(&self.text).chain(&self.forwarded).filter(|text| !text.trim().is_empty());
        let lines = texts.cloned().chain(files);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Enqueues the files to be fetched and sent, one message each.
    fn send_files(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        thread: &Thread,
    ) -> Result<SlackTaken, StoreError> {
        let Some(conversation) = ledger.conversation(thread.conversation)? else { return Ok(SlackTaken::Nothing) };
        let known = thread.messages_at(ledger, &self.place)?;
        // In the order of the message, and apart from updates of the chat, which need not wait for a file.
        let ordering_key = self.place.note.as_bytes().map(|byte| !byte);
        let mut taken = SlackTaken::Nothing;
        for file in self.files.iter().filter(|file| !known.contains(&file.message)) {
            thread.stands(ledger, &self.place, message_key(&thread.key, file.message), self.now)?;
            let effect = (SlackFile::KIND, file);
            enqueue_slack(ledger, changes, effect, Some(conversation.lead), (ordering_key, self.now, self.now))?;
            taken = SlackTaken::Sent;
        }
        Ok(taken)
    }

    fn send(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
        thread: &Thread,
        rep: RepId,
        text: String,
    ) -> Result<SlackTaken, StoreError> {
        let (conversation, id) = (thread.conversation, self.place.message);
        let known = ledger.messages_after(conversation, 0)?.iter().any(|message| message.id == id);
        if known {
            return Ok(SlackTaken::Nothing);
        }
        let key = message_key(&thread.key, id);
        thread.stands(ledger, &self.place, key, self.now)?;
        let (mail_after, now) = (self.mail_after, self.now);
        let message = RepMessage { conversation, id, rep, text, seen: None, file: None, card: None, mail_after, now };
        if !matches!(message.run(ledger, changes)?, RepWrote::Numbered(Some(_))) {
            return Ok(SlackTaken::Nothing);
        }
        self.send_files(ledger, changes, thread)?;
        Ok(SlackTaken::Sent)
    }

    /// Tells the author of a message in no thread with a lead that none got it, and how one gets it.
    fn tell_unsent(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<SlackTaken, StoreError> {
        let asked = ledger.slack_post_at(&self.place.channel, &self.place.thread)?;
        let hint = if asked.is_some_and(|post| is_asked(&post.key)) { UNJOINED } else { UNSENT };
        self.tell(ledger, changes, hint)
    }

    fn tell(&self, ledger: &mut dyn Ledger, changes: &mut Changes, text: &str) -> Result<SlackTaken, StoreError> {
        tell(ledger, changes, to(&self.place, text), self.now)?;
        Ok(SlackTaken::Explained)
    }
}
