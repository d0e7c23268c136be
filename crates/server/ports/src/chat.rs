//! Conversations in the store.

use crate::StoreError;
use knock_agent::Answer;
use knock_model::{
    ConversationId, IntentType, LeadId, MessageId, Millis, RepId, SessionId, SignalId, SiteId, VisitorId,
};
use knock_status::Fact;
use knock_status::chat::Event;

/// A browser's conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Whose it is.
    pub lead: LeadId,
    /// The site it came from.
    pub site: SiteId,
    /// The browser.
    pub visitor: VisitorId,
    /// The visit it was opened in.
    pub session: SessionId,
    /// The Knock Link, or `Website` for the launcher of a site.
    pub link: String,
    /// When it was opened.
    pub opened_at: Millis,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// The lead.
    Lead,
    /// The AI agent.
    AiAgent,
    /// A rep.
    Rep(RepId),
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub writer: Writer,
    /// What was written.
    pub text: String,
    /// When.
    pub at: Millis,
}

/// A fact of a chat.
pub type ChatFact = Fact<SignalId, Event>;

/// What lists of chats are filtered and sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSummary {
    /// Whose chat.
    pub lead: LeadId,
    /// Chat Status, in its one spelling.
    pub status: String,
    /// Whether the lead is marked as spam.
    pub is_spam: bool,
    /// `Knock: Intent Type`, final once they wrote.
    pub intent_type: IntentType,
    /// The last thing that happened in it.
    pub active_at: Millis,
}

/// Writing conversations.
pub trait ChatLedger {
    /// The conversations of a browser, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    fn conversations_of_visitor(&mut self, site: SiteId, visitor: VisitorId) -> Result<Vec<Conversation>, StoreError>;

    /// One conversation.
    ///
    /// # Errors
    /// When the database fails.
    fn conversation(&mut self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// Stores a new conversation.
    ///
    /// # Errors
    /// When the database fails.
    fn create_conversation(&mut self, conversation: &Conversation) -> Result<(), StoreError>;

    /// Stores a message under the next number; the number of the one that has its id already otherwise.
    ///
    /// # Errors
    /// When the database fails.
    fn append_message(
        &mut self,
        conversation: ConversationId,
        id: MessageId,
        writer: Writer,
        text: &str,
        at: Millis,
    ) -> Result<Numbered, StoreError>;

    /// All messages of a conversation, in order.
    ///
    /// # Errors
    /// When the database fails.
    fn messages(&mut self, conversation: ConversationId) -> Result<Vec<Message>, StoreError>;

    /// Stores a fact; false when its id was there before.
    ///
    /// # Errors
    /// When the database fails.
    fn append_chat_fact(&mut self, lead: LeadId, fact: &ChatFact) -> Result<bool, StoreError>;

    /// The facts of a lead's chat, in order of delivery.
    ///
    /// # Errors
    /// When the database fails.
    fn chat_facts(&mut self, lead: LeadId) -> Result<Vec<ChatFact>, StoreError>;

    /// What is kept of a lead's chat for lists.
    ///
    /// # Errors
    /// When the database fails.
    fn chat_summary(&mut self, lead: LeadId) -> Result<Option<ChatSummary>, StoreError>;

    /// Stores what lists are sorted by.
    ///
    /// # Errors
    /// When the database fails.
    fn save_chat_summary(&mut self, summary: &ChatSummary) -> Result<(), StoreError>;

    /// Gives everything of one lead to another and takes the first one away: they are one person.
    ///
    /// # Errors
    /// When the database fails.
    fn merge_leads(&mut self, from: LeadId, into: LeadId) -> Result<(), StoreError>;

    /// What the agent knows.
    ///
    /// # Errors
    /// When the database fails.
    fn answers(&mut self) -> Result<Vec<Answer>, StoreError>;

    /// Replaces what the agent knows.
    ///
    /// # Errors
    /// When the database fails.
    fn save_answers(&mut self, answers: &[Answer]) -> Result<(), StoreError>;
}

/// A message has its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// Stored now.
    New(u64),
    /// Stored before.
    Known(u64),
}

/// Reading conversations.
pub trait ChatView {
    /// A page of chats, last active first.
    ///
    /// # Errors
    /// When the database fails.
    fn chats(&self, is_spam: bool, after: Option<crate::Cursor>, limit: u32) -> Result<Vec<ChatSummary>, StoreError>;

    /// The chat of a lead.
    ///
    /// # Errors
    /// When the database fails.
    fn find_chat(&self, lead: LeadId) -> Result<Option<ChatSummary>, StoreError>;

    /// One conversation.
    ///
    /// # Errors
    /// When the database fails.
    fn find_conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// The conversations of a lead, newest first.
    ///
    /// # Errors
    /// When the database fails.
    fn conversations_of_lead(&self, lead: LeadId) -> Result<Vec<Conversation>, StoreError>;

    /// Messages after a number, in order.
    ///
    /// # Errors
    /// When the database fails.
    fn messages_after(&self, conversation: ConversationId, after: u64) -> Result<Vec<Message>, StoreError>;

    /// The last message.
    ///
    /// # Errors
    /// When the database fails.
    fn last_message(&self, conversation: ConversationId) -> Result<Option<Message>, StoreError>;

    /// The facts of a lead's chat, in order of delivery.
    ///
    /// # Errors
    /// When the database fails.
    fn find_chat_facts(&self, lead: LeadId) -> Result<Vec<ChatFact>, StoreError>;

    /// What the agent knows.
    ///
    /// # Errors
    /// When the database fails.
    fn known_answers(&self) -> Result<Vec<Answer>, StoreError>;
}
