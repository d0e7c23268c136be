//! What a visitor does in a conversation beside writing, in the store. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{ConversationId, Millis, RepId, SignalId};
use serde::{Deserialize, Serialize};

/// Something that a visitor did in a conversation beside writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorFact {
    pub id: SignalId,
    pub conversation: ConversationId,
    pub at: Millis,
    pub what: VisitorAct,
}

/// The acts of a visitor beside writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitorAct {
    /// They answered the form of the chat.
    Form {
        /// The answers by the names of their fields, in the order of the form.
        values: Vec<(String, String)>,
        /// The text that they agreed to; empty for none.
        consent: String,
    },
    /// They ended the chat.
    Ended,
    /// They rated the chat.
    Rated {
        /// From 1, the worst, to 5.
        rating: u8,
        /// In their own words; empty for none.
        comment: String,
        /// The member who wrote last; none if only the AI agent did.
        rep: Option<RepId>,
    },
    /// They had the transcript mailed.
    Transcript {
        /// The address.
        to: String,
    },
}

/// Writing what visitors do.
pub trait VisitorFactLedger {
    /// Stores a fact; one with a known id stays as it is.
    fn append_visitor_fact(&mut self, fact: &VisitorFact) -> Result<(), StoreError>;
}

/// Reading what visitors do.
pub trait VisitorFactView {
    /// The facts of a conversation, oldest first.
    fn visitor_facts(&self, conversation: ConversationId) -> Result<Vec<VisitorFact>, StoreError>;
}
