//! The messages of a conversation, each with its number.

use crate::changes::Changes;
use crate::happened::Happened;
use crate::language::language_of_chat;
use crate::recipient::{is_out_of_reach, recipient};
use knock_agent::Language;
use knock_model::{ConversationId, LeadId, MessageChannel, MessageId, Millis, RepId};
use knock_ports::{
    AnswerSource, Card, Conversation, Lead, Ledger, Message, MessageAuthor, MessageFile, StoreError, View,
};

/// The number of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// Stored now.
    New(u64),
    /// Stored before.
    Known(u64),
}

/// A conversation with its messages, and those that are not stored yet.
pub(in crate::commands) struct Thread {
    conversation: ConversationId,
    messages: Vec<Message>,
    /// The number of stored messages.
    stored: usize,
}

impl Thread {
    pub(in crate::commands) fn load(view: &dyn View, conversation: &Conversation) -> Result<Thread, StoreError> {
        let messages = view.messages_after(conversation.id, 0)?;
        Ok(Thread { conversation: conversation.id, stored: messages.len(), messages })
    }

    /// The thread of a conversation without messages.
    pub(in crate::commands) fn new(conversation: ConversationId) -> Thread {
        Thread { conversation, messages: Vec::new(), stored: 0 }
    }

    /// Appends a message with the next number; a message with a known id keeps its number.
    pub(in crate::commands) fn append(&mut self, message: Unnumbered<'_>) -> Numbered {
        let Unnumbered { id, author, text, at, choices, source, files, card, channel } = message;
        if let Some(known) = self.messages.iter().find(|known| known.id == id) {
            return Numbered::Known(known.seq);
        }
        let seq = 1 + self.messages.last().map_or(0, |last| last.seq);
        // Without NUL characters, as the message is read back.
        let text = text.replace('\0', "");
        let (choices, files, unanswered) = (choices.to_vec(), files.to_vec(), None);
        self.messages.push(Message { seq, id, author, text, at, choices, source, unanswered, files, card, channel });
        Numbered::New(seq)
    }

    pub(in crate::commands) fn has(&self, id: MessageId) -> bool {
        self.messages.iter().any(|known| known.id == id)
    }

    /// Whether a message with a new id would arrive nowhere.
    pub(in crate::commands) fn is_out_of_reach(
        &self,
        view: &dyn View,
        conversation: &Conversation,
        id: MessageId,
    ) -> Result<bool, StoreError> {
        Ok(!self.has(id) && is_out_of_reach(view, conversation, &self.messages)?)
    }

    /// Returns the other rep who wrote last after a message number, if any.
    pub(in crate::commands) fn answered_after(&self, seq: u64, rep: RepId) -> Option<RepId> {
        let later = self.messages.iter().rev().take_while(|message| message.seq > seq);
        let mut authors = later.filter_map(|message| match message.author {
            MessageAuthor::Rep(other) => Some(other),
            MessageAuthor::Lead | MessageAuthor::AiAgent | MessageAuthor::Integration(_) => None,
        });
        authors.find(|other| *other != rep)
    }

    /// The texts of the lead, oldest first.
    pub(in crate::commands) fn written_by_lead(&self) -> Vec<&str> {
        let written = self.messages.iter().filter(|message| message.author == MessageAuthor::Lead);
        written.map(|message| message.text.as_str()).collect()
    }

    /// The earlier messages of the AI agent.
    pub(in crate::commands) fn said_by_agent(&self) -> Vec<&str> {
        self.said_by_agent_since(Millis(0))
    }

    /// The texts of the agent from an instant on, oldest first.
    pub(in crate::commands) fn said_by_agent_since(&self, since: Millis) -> Vec<&str> {
        let is_said = |message: &&Message| message.author == MessageAuthor::AiAgent && message.at >= since;
        self.messages.iter().filter(is_said).map(|message| message.text.as_str()).collect()
    }

    /// Whether a card has offered a meeting, by any calendar.
    pub(in crate::commands) fn has_offer(&self) -> bool {
        self.messages.iter().any(|message| message.card.is_some())
    }

    /// The messages of the lead before the last one, the latest first, with their instants.
    pub(in crate::commands) fn earlier_of_lead(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev().filter(|message| message.author == MessageAuthor::Lead).skip(1)
    }

    /// The messages of the agent right before the last message, the latest first.
    pub(in crate::commands) fn last_of_agent(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev().skip(1).take_while(|message| message.author == MessageAuthor::AiAgent)
    }

    /// The same as texts with their choices.
    pub(in crate::commands) fn last_asked(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.last_of_agent().map(|message| (message.text.as_str(), message.choices.as_slice()))
    }

    /// The messages of the lead that the agent answered.
    pub(in crate::commands) fn answered_by_agent(&self) -> impl Iterator<Item = &Message> {
        let pairs = self
            .messages
            .windows(2)
            .filter_map(|pair| if let [asked, answer] = pair { Some((asked, answer)) } else { None });
        let answered = pairs.filter(|(_, answer)| answer.author == MessageAuthor::AiAgent);
        answered.map(|(asked, _)| asked).filter(|asked| asked.author == MessageAuthor::Lead)
    }

    /// Whether the lead asked for a person in any message.
    pub(in crate::commands) fn asks_for_human(&self) -> bool {
        let mut of_lead = self.messages.iter().filter(|message| message.author == MessageAuthor::Lead);
        of_lead.any(|message| knock_agent::wants_human(&message.text))
    }

    /// Marks the new message of the lead as a question that the agent cannot answer.
    pub(in crate::commands) fn note_unanswered(&mut self, key: String) {
        let mut new = self.messages.iter_mut().skip(self.stored);
        if let Some(message) = new.find(|message| message.author == MessageAuthor::Lead) {
            message.unanswered = Some(key);
        }
    }

    /// Returns the address that the conversation can be mailed to, as text.
    pub(in crate::commands) fn recipient(
        &self,
        view: &dyn View,
        conversation: &Conversation,
        lead: &Lead,
    ) -> Result<Option<String>, StoreError> {
        Ok(recipient(view, conversation, &self.messages, lead)?.map(|email| email.to_text()))
    }

    /// Returns the language of the lead's messages, else that of the browser.
    pub(in crate::commands) fn language(&self, browser: Language) -> Language {
        language_of_chat(&self.messages, browser)
    }

    /// Stores the new messages of the conversation with a lead.
    pub(in crate::commands) fn apply(
        self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let conversation = self.conversation;
        for message in self.messages.into_iter().skip(self.stored) {
            ledger.append_message(conversation, &message)?;
            let (now, message) = (message.at, Box::new(message));
            changes.happened(now, Happened::MessageStored { lead, conversation, message });
        }
        Ok(())
    }
}

/// A message before it has its number.
pub(in crate::commands) struct Unnumbered<'m> {
    pub(in crate::commands) id: MessageId,
    pub(in crate::commands) author: MessageAuthor,
    pub(in crate::commands) text: &'m str,
    pub(in crate::commands) at: Millis,
    /// The answers that the agent offers.
    pub(in crate::commands) choices: &'m [String],
    /// The source of the answer; none for other messages.
    pub(in crate::commands) source: Option<AnswerSource>,
    /// The files; the text is then empty, unless they came by mail.
    pub(in crate::commands) files: &'m [MessageFile],
    /// The card beside the text.
    pub(in crate::commands) card: Option<Card>,
    /// The channel by which it came.
    pub(in crate::commands) channel: MessageChannel,
}

impl<'m> Unnumbered<'m> {
    /// Returns a message with a text only.
    pub(in crate::commands) const fn text(
        id: MessageId,
        author: MessageAuthor,
        text: &'m str,
        at: Millis,
    ) -> Unnumbered<'m> {
        Unnumbered {
            id,
            author,
            text,
            at,
            choices: &[],
            source: None,
            files: &[],
            card: None,
            channel: MessageChannel::Chat,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gets_the_next_number_and_keeps_it_when_it_comes_again() {
        let mut thread = Thread::new(ConversationId::new([1; 16]));
        let mut say = |number: u8, author| {
            let id = MessageId::new(Millis(1), &[number; 10]);
            thread.append(Unnumbered::text(id, author, "hi", Millis(1)))
        };
        assert_eq!(say(1, MessageAuthor::AiAgent), Numbered::New(1));
        assert_eq!(say(2, MessageAuthor::Lead), Numbered::New(2));
        assert_eq!(say(1, MessageAuthor::AiAgent), Numbered::Known(1));
        assert_eq!(thread.said_by_agent(), ["hi"]);
    }
}
