//! What a rep writes in their thread in Slack: a reply to the lead, or a note that stays inside. An edit or a deletion
//! sends nothing: it is noted for the team.

use super::tell::tell;
use super::who::slack_member;
use crate::commands::{NoteWritten, RepMessage, RepWrote, WriteNote};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::message::MessageText;
use knock_model::{ConversationId, MessageId, Millis, NoteId, RepId};
use knock_ports::{Ledger, SlackAbout, SlackPost, SlackTell, StoreError};

/// Formatting marks that may stand before a note mark: a note in bold is a note.
const FORMATTING: [char; 7] = ['*', '_', '~', '`', '>', '\u{200b}', '\u{feff}'];

/// Where something was written in Slack, and by whom. Ids are made of the place, so that the same is told only once.
#[derive(Clone, Debug)]
pub struct SlackPlace {
    /// The channel.
    pub channel: String,
    /// The message.
    pub ts: String,
    /// The first message of its thread.
    pub thread: String,
    /// Who wrote it.
    pub user: String,
    /// The id of the reply that it is.
    pub message: MessageId,
    /// The id of the note that it is.
    pub note: NoteId,
}

/// A message was written in a thread.
#[derive(Clone, Debug)]
pub struct SlackWritten {
    /// Where.
    pub place: SlackPlace,
    /// What, as a person reads it.
    pub text: String,
    /// Whether files came with it, which are not sent.
    pub has_files: bool,
    /// As in [`RepMessage`].
    pub mail_after: Option<Millis>,
    /// The instant now.
    pub now: Millis,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackTaken {
    /// It went to the lead.
    Sent,
    /// It stays inside.
    Noted,
    /// It is none of a thread with a lead, or was taken before.
    Nothing,
    /// Its writer was told why nothing was done.
    Told,
}

/// Whose thread it is, and who wrote in it.
struct Thread {
    conversation: ConversationId,
    /// The key of the first message.
    key: String,
    writer: Option<RepId>,
    /// Whose thread it is.
    owner: Option<RepId>,
}

impl Thread {
    /// None where nobody is answered: only threads under direct messages to a rep are with a lead.
    fn load(ledger: &dyn Ledger, place: &SlackPlace) -> Result<Option<Thread>, StoreError> {
        let Some(post) = ledger.slack_post_at(&place.channel, &place.thread)? else { return Ok(None) };
        let SlackPost { key, about, .. } = post;
        let SlackAbout::Chat(conversation) = about else { return Ok(None) };
        let Some(rest) = key.strip_prefix("dm:") else { return Ok(None) };
        let owner = rest.rsplit_once(':').and_then(|(_, member)| RepId::parse(member).ok());
        let members = ledger.members()?;
        let person = ledger.slack_person(&place.user)?;
        let writer = person.and_then(|person| slack_member(&person, &members).map(|member| member.id));
        Ok(Some(Thread { conversation, key, writer, owner }))
    }
}

impl Command for SlackWritten {
    type Outcome = SlackTaken;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<SlackTaken, StoreError> {
        let Some(thread) = Thread::load(ledger, &self.place)? else { return Ok(SlackTaken::Nothing) };
        // A note stands under this id also where an edit or the deletion was told first.
        if ledger.note(self.place.note)?.is_some() {
            return Ok(SlackTaken::Nothing);
        }
        let Some(writer) = thread.writer else {
            return self.tell(
                ledger,
                notices,
                "Nothing was sent: no member of Knock who answers chats has the e-mail \
                address of your Slack account. An admin can invite you under Settings > Team.",
            );
        };
        if is_note(&self.text, &ledger.slack_choice()?.note_mark) {
            return self.keep_note(ledger, notices, &thread, writer);
        }
        if self.text.trim().is_empty() {
            return self.tell(
                ledger,
                notices,
                "Nothing was sent: files are not taken over from Slack. Send them from the \
                Inbox of Knock.",
            );
        }
        let Ok(text) = MessageText::parse(&self.text) else {
            return self.tell(ledger, notices, "Nothing was sent: the message is too long. Send it in parts.");
        };
        self.send(ledger, notices, &thread, writer, text.into_text())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl SlackWritten {
    fn keep_note(
        &self,
        ledger: &mut dyn Ledger,
        notices: &mut Vec<Notice>,
        thread: &Thread,
        writer: RepId,
    ) -> Result<SlackTaken, StoreError> {
        let (conversation, id, text, now) = (thread.conversation, self.place.note, self.text.clone(), self.now);
        let written = WriteNote { conversation, id, member: writer, text, now }.run(ledger, notices)?;
        Ok(if matches!(written, NoteWritten::New(_)) { SlackTaken::Noted } else { SlackTaken::Nothing })
    }

    fn send(
        &self,
        ledger: &mut dyn Ledger,
        notices: &mut Vec<Notice>,
        thread: &Thread,
        rep: RepId,
        text: String,
    ) -> Result<SlackTaken, StoreError> {
        let (conversation, id) = (thread.conversation, self.place.message);
        let known = ledger.messages_after(conversation, 0)?.iter().any(|message| message.id == id);
        if known {
            return Ok(SlackTaken::Nothing);
        }
        // It stands in the thread already: it is not posted there once more.
        let key = message_key(&thread.key, id);
        let (channel, ts, said) = (self.place.channel.clone(), self.place.ts.clone(), String::new());
        let about = SlackAbout::Chat(conversation);
        ledger.save_slack_post(&SlackPost { key, about, channel, ts, said, tried_at: self.now })?;
        let (mail_after, now) = (self.mail_after, self.now);
        let message = RepMessage { conversation, id, rep, text, seen: None, file: None, card: None, mail_after, now };
        if !matches!(message.run(ledger, notices)?, RepWrote::Numbered(Some(_))) {
            return Ok(SlackTaken::Nothing);
        }
        if self.has_files {
            let why = "The text was sent without its files: files are not taken over from Slack. Send them from the \
                       Inbox of Knock.";
            self.tell(ledger, notices, why)?;
        }
        Ok(SlackTaken::Sent)
    }

    fn tell(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>, text: &str) -> Result<SlackTaken, StoreError> {
        tell(ledger, notices, to(&self.place, text), self.now)?;
        Ok(SlackTaken::Told)
    }
}

/// What is told to who wrote there.
fn to(place: &SlackPlace, text: &str) -> SlackTell {
    let (channel, thread, user) = (place.channel.clone(), place.thread.clone(), place.user.clone());
    SlackTell { channel, thread, user, text: text.to_owned() }
}

/// Which of our posts a message is, in the thread under this one.
pub fn message_key(thread: &str, message: MessageId) -> String {
    format!("msg:{}:{message}", thread.trim_start_matches("dm:"))
}

/// Whether a text stays inside. Formatting marks before the note mark do not send it.
pub(super) fn is_note(text: &str, mark: &str) -> bool {
    let plain = text.trim_start();
    let bare = plain.trim_start_matches(|character: char| FORMATTING.contains(&character) || character.is_whitespace());
    plain.starts_with(mark) || bare.starts_with(mark)
}

/// A message in a thread was changed, or deleted.
#[derive(Clone, Debug)]
pub struct SlackChanged {
    /// Where; of a deletion the user is not known.
    pub place: SlackPlace,
    /// What it says now; none where it was deleted.
    pub text: Option<String>,
    /// An id for the note that tells of it.
    pub change: NoteId,
    /// The instant now.
    pub now: Millis,
}

impl Command for SlackChanged {
    type Outcome = SlackTaken;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<SlackTaken, StoreError> {
        let Some(thread) = Thread::load(ledger, &self.place)? else { return Ok(SlackTaken::Nothing) };
        let writer = if self.text.is_some() { thread.writer } else { thread.writer.or(thread.owner) };
        let Some(member) = writer else { return Ok(SlackTaken::Nothing) };
        let messages = ledger.messages_after(thread.conversation, 0)?;
        let sent = messages.iter().find(|message| message.id == self.place.message);
        let noted = ledger.note(self.place.note)?;
        let (id, text) = match (sent, noted, &self.text) {
            (Some(sent), _, Some(text)) if sent.text == *text => return Ok(SlackTaken::Nothing),
            (Some(_), _, Some(text)) => {
                self.explain(
                    ledger,
                    notices,
                    "The lead still sees the message as it was sent: chats know no edits. \
                    The change was kept as a note.",
                )?;
                (self.change, format!("Edited in Slack; the lead sees the message as it was sent. Now: {text}"))
            }
            (Some(sent), _, None) => (self.change, format!("Deleted in Slack; the lead still sees it: {}", sent.text)),
            (None, Some(noted), Some(text)) if noted.text == *text => return Ok(SlackTaken::Nothing),
            (None, Some(_), Some(text)) => (self.change, format!("Note edited in Slack: {text}")),
            (None, Some(_), None) => return Ok(SlackTaken::Nothing),
            // Told before the message itself, which is taken no more when it comes.
            (None, None, Some(text)) => {
                self.explain(
                    ledger,
                    notices,
                    "Nothing was sent: the message was edited before Knock had it. Write it \
                    again.",
                )?;
                (self.place.note, text.clone())
            }
            (None, None, None) => (self.place.note, "A message was deleted in Slack before it was sent.".to_owned()),
        };
        let (conversation, now) = (thread.conversation, self.now);
        let written = WriteNote { conversation, id, member, text, now }.run(ledger, notices)?;
        Ok(if matches!(written, NoteWritten::New(_)) { SlackTaken::Noted } else { SlackTaken::Nothing })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl SlackChanged {
    fn explain(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>, text: &str) -> Result<(), StoreError> {
        // Told again, it is explained once.
        if ledger.note(self.change)?.is_some() {
            return Ok(());
        }
        tell(ledger, notices, to(&self.place, text), self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::is_note;

    #[test]
    fn a_note_is_one_however_it_is_formatted() {
        for text in ["// a", "//", "  //a", "\n// a", "*// a*", "_*//a*_", "> // a", "`// a`", "\u{200b}// a"] {
            assert!(is_note(text, "//"), "{text:?}");
        }
        for text in ["a // b", "/ a", "see https://x.example", "", "a\n// b"] {
            assert!(!is_note(text, "//"), "{text:?}");
        }
        assert!(is_note("*** a", "***") && is_note("> a", ">"));
    }
}
