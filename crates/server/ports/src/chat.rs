//! Conversations in the store.

use crate::knowledge::FoundIn;
use crate::{SecretHash, StoreError};
use knock_agent::Language;
use knock_model::{
    Bucket, CardCalendar, CardKind, ConversationId, Email, FileId, FileKind, IntegrationId, IntentType, LeadId,
    MessageChannel, MessageId, Millis, RepId, SessionId, SignalId, SiteId, VisitorId,
};
use knock_routing::{Utm, Workload};
use knock_status::Fact;
use knock_status::chat::{Event, Folder, RepOwner};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A browser's conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    pub id: ConversationId,
    pub lead: LeadId,
    /// The site it came from.
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The session it was opened in.
    pub session: SessionId,
    /// The Knock Link, or `Website` for the launcher of a site.
    pub link: String,
    pub opened_at: Millis,
    /// The SHA-256 of the secret with which the browser opens it again; none if the browser keeps no secret.
    pub secret: Option<SecretHash>,
    /// The language of the browser.
    pub language: Language,
    /// The campaign at its opening: from the address of a Knock Link, else that of the link.
    pub utm: Utm,
    /// The address by which the page identified the visitor, as the visitor's own chat last said, or that of the mail
    /// merge by which it was opened.
    pub identified: Option<Email>,
    /// The time zone of the browser, such as `Europe/Berlin`; empty if it is not known.
    pub time_zone: String,
}

/// The author of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageAuthor {
    Lead,
    AiAgent,
    Rep(RepId),
    /// A program by its own name: for the lead a message of the team, but no reply of a rep.
    Integration(IntegrationId),
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The number, from 1 without gaps.
    pub seq: u64,
    pub id: MessageId,
    pub author: MessageAuthor,
    pub text: String,
    pub at: Millis,
    /// The answers that the agent offers.
    pub choices: Vec<String>,
    /// The source of the agent's answer; none for other messages.
    pub source: Option<AnswerSource>,
    /// The subject of a question that the agent could not answer.
    pub unanswered: Option<String>,
    /// The files of the message; its text is then empty, unless it came by mail.
    pub files: Vec<MessageFile>,
    /// The card beside the text.
    pub card: Option<Card>,
    /// The channel by which it came.
    pub channel: MessageChannel,
}

/// The card of a message: what it offers, and by whose calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    pub kind: CardKind,
    /// `Mine` is that of the author of the message.
    pub calendar: CardCalendar,
}

impl Card {
    /// A card that offers a meeting by the meeting rules.
    pub const fn by_rule() -> Card {
        Card { kind: CardKind::Meeting, calendar: CardCalendar::Rule }
    }

    /// The text by which it is stored: `meeting` by the rules, `meeting:mine` by the calendar of its author.
    pub fn to_text(self) -> String {
        match self.calendar {
            CardCalendar::Rule => self.kind.as_str().to_owned(),
            CardCalendar::Mine => format!("{}:{}", self.kind.as_str(), self.calendar.as_str()),
        }
    }

    /// The card of a stored text.
    pub fn parse(text: &str) -> Option<Card> {
        let (kind, calendar) = match text.split_once(':') {
            Some((kind, calendar)) => (kind, CardCalendar::parse(calendar)?),
            None => (text, CardCalendar::Rule),
        };
        Some(Card { kind: CardKind::parse(kind)?, calendar })
    }
}

impl Message {
    /// The message as one text: that of the author, then a line with the names of the files.
    pub fn in_words(&self) -> String {
        let names = self.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        let lines: Vec<&str> = [&*self.text, &*names].into_iter().filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }
}

/// A file of a message, for display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFile {
    pub id: FileId,
    pub name: String,
    pub kind: FileKind,
    /// The length in bytes.
    pub bytes: u64,
    /// The small picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<FilePreview>,
}

/// A small picture of a file: a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePreview {
    pub id: FileId,
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
}

/// The source of an answer of the agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerSource {
    /// The question, page or file.
    pub found_in: FoundIn,
    /// The confidence that it answers the question, 0 to 100.
    pub confidence: u8,
}

/// A fact of a chat.
pub type ChatFact = Fact<SignalId, Event>;

/// The fields by which lists of chats are filtered and sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSummary {
    pub lead: LeadId,
    /// Chat Status, in its one spelling; none for a lead by form who has not chatted.
    pub status: Option<String>,
    /// Whether the lead is marked as spam.
    pub is_spam: bool,
    /// `Knock: Intent Type`, final once the lead has written.
    pub intent_type: IntentType,
    pub active_at: Millis,
    pub folder: Folder,
    /// The instant since which the lead waits for a human.
    pub waiting_since: Option<Millis>,
    /// The owner; none while unassigned.
    pub owner: Option<RepOwner>,
    /// Whether the AI agent has it only until somebody of the team can take it.
    pub is_queued: bool,
    /// The reason of the rejection that counts; empty without one.
    pub reject_reason: String,
    /// The instant of the first deal opened after the chat began.
    pub deal_at: Option<Millis>,
    /// The instant of the last message of a human of the team.
    pub replied_at: Option<Millis>,
    /// The instant of the lead's last message.
    pub wrote_at: Option<Millis>,
    /// What reports need of the chat, packed: not read with lists, which are without it.
    pub course: Vec<u8>,
}

/// A chat that waits until somebody can take it, with what decides its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuedChat {
    pub lead: LeadId,
    /// The instant since which the lead waits; none once a human has answered.
    pub waiting_since: Option<Millis>,
    /// The bucket of the lead's score; none without a record.
    pub bucket: Option<Bucket>,
}

/// Writing conversations.
pub trait ChatLedger {
    /// Stores a new conversation.
    fn create_conversation(&mut self, conversation: &Conversation) -> Result<(), StoreError>;

    /// Stores the address by which the page identified the visitor, as the visitor's own chat says, or that they confirmed
    /// in it.
    fn set_identified(&mut self, conversation: ConversationId, email: &Email) -> Result<(), StoreError>;

    /// Stores a new message under its number.
    fn append_message(&mut self, conversation: ConversationId, message: &Message) -> Result<(), StoreError>;

    /// Marks a message of the lead as a question that the agent could not answer; `key` as in [`Message::unanswered`].
    fn note_unanswered(&mut self, conversation: ConversationId, seq: u64, key: &str) -> Result<(), StoreError>;

    /// Stores a fact; does nothing if its id is stored already.
    fn append_chat_fact(&mut self, lead: LeadId, fact: &ChatFact) -> Result<(), StoreError>;

    /// Stores the values for lists.
    fn save_chat_summary(&mut self, summary: &ChatSummary) -> Result<(), StoreError>;

    /// Moves all data of one lead to another and deletes the first one: they are one person.
    fn merge_leads(&mut self, from: LeadId, into: LeadId) -> Result<(), StoreError>;
}

/// How many chats a rep has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChatsOfRep {
    /// The open and the snoozed ones.
    pub open: u32,
    /// Those whose lead waits.
    pub waiting: u32,
}

/// Reading conversations.
pub trait ChatView {
    /// The conversations of a browser, oldest first.
    fn conversations_of_visitor(&self, site: SiteId, visitor: VisitorId) -> Result<Vec<Conversation>, StoreError>;

    /// One conversation.
    fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// The facts of a lead's chat, in order of delivery.
    fn chat_facts(&self, lead: LeadId) -> Result<Vec<ChatFact>, StoreError>;

    /// The stored summary of a lead's chat, for lists.
    fn chat_summary(&self, lead: LeadId) -> Result<Option<ChatSummary>, StoreError>;

    /// A page of chats, last active first.
    fn chats(&self, is_spam: bool, after: Option<crate::Cursor>, limit: u32) -> Result<Vec<ChatSummary>, StoreError>;

    /// A page of chats that ended in `Qualified` or `Rejected` and were active since an instant, last active first;
    /// those marked as spam are not among them.
    fn ended_chats(
        &self,
        since: Millis,
        after: Option<crate::Cursor>,
        limit: u32,
    ) -> Result<Vec<ChatSummary>, StoreError>;

    /// The chats of each rep that count for their capacity, or will have counted until `now` at most: see [`Workload`].
    fn workloads(&self, now: Millis) -> Result<BTreeMap<RepId, Workload>, StoreError>;

    /// The open chats that wait until somebody can take them.
    fn queued_chats(&self) -> Result<Vec<QueuedChat>, StoreError>;

    /// The open and the snoozed chats of a rep, the last active first.
    fn open_chats_of(&self, rep: RepId) -> Result<Vec<LeadId>, StoreError>;

    /// The number of the open and the snoozed chats of a rep, and of those among them whose lead waits.
    fn count_chats_of(&self, rep: RepId) -> Result<ChatsOfRep, StoreError>;

    /// The conversations of a lead, newest first.
    fn conversations_of_lead(&self, lead: LeadId) -> Result<Vec<Conversation>, StoreError>;

    /// Messages after a number, in order.
    fn messages_after(&self, conversation: ConversationId, after: u64) -> Result<Vec<Message>, StoreError>;

    /// The message with this id, if it has a card.
    fn message_with_card(&self, id: MessageId) -> Result<Option<Message>, StoreError>;

    /// The last message.
    fn last_message(&self, conversation: ConversationId) -> Result<Option<Message>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_stored_as_a_text_and_read_again() {
        let of = |calendar| Some(Card { kind: CardKind::Meeting, calendar });
        let table = [("meeting", of(CardCalendar::Rule)), ("meeting:mine", of(CardCalendar::Mine))];
        for (text, card) in table {
            assert_eq!(Card::parse(text), card, "{text}");
            assert_eq!(card.map(Card::to_text).as_deref(), Some(text));
        }
        assert_eq!(Some(Card::by_rule()), of(CardCalendar::Rule));
        for text in ["", "call", "call:mine", "meeting:", "meeting:yours"] {
            assert_eq!(Card::parse(text), None, "{text}");
        }
    }
}
