//! The rating of a chat by its visitor.

use super::record;
use crate::changes::Changes;
use crate::visitor_chat::{can_rate, rating};
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, RepId, SignalId};
use knock_ports::{Ledger, Message, MessageAuthor, PrefetchHint, StoreError, VisitorAct, VisitorFact};

/// Rates a chat.
#[derive(Clone, Debug)]
pub struct RateChat {
    pub conversation: ConversationId,
    /// An id for the fact.
    pub id: SignalId,
    /// From 1, the worst, to 5.
    pub rating: u8,
    /// Clean already; empty for none.
    pub comment: String,
    pub now: Millis,
}

/// The outcome of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatRated {
    Rated,
    UnknownConversation,
    /// The visitor has written nothing in it.
    NothingWritten,
    /// The rating is fixed by now.
    TooLate,
}

impl Command for RateChat {
    type Outcome = ChatRated;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<ChatRated, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else {
            return Ok(ChatRated::UnknownConversation);
        };
        let facts = ledger.visitor_facts(conversation.id)?;
        if rating(&facts) == Some((self.rating, &self.comment)) {
            return Ok(ChatRated::Rated);
        }
        if !can_rate(&facts, self.now) {
            return Ok(ChatRated::TooLate);
        }
        let messages = ledger.messages_after(conversation.id, 0)?;
        if messages.iter().all(|message| message.author != MessageAuthor::Lead) {
            return Ok(ChatRated::NothingWritten);
        }
        let (rating, comment, rep) = (self.rating, self.comment.clone(), last_rep(&messages));
        let what = VisitorAct::Rated { rating, comment, rep };
        let fact = VisitorFact { id: self.id, conversation: conversation.id, at: self.now, what };
        record(ledger, &conversation, &fact, changes)?;
        Ok(ChatRated::Rated)
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Chat { conversation: self.conversation, signals: [self.id; 2], at: self.now })
    }

    fn after(&self) -> After {
        After::Conversation(self.conversation)
    }
}

/// The member who wrote last.
fn last_rep(messages: &[Message]) -> Option<RepId> {
    messages.iter().rev().find_map(|message| match message.author {
        MessageAuthor::Rep(rep) => Some(rep),
        MessageAuthor::Lead | MessageAuthor::AiAgent | MessageAuthor::Integration(_) => None,
    })
}
