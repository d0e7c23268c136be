//! Saved replies: texts that members insert. Every method fails only when the database does.

use crate::StoreError;
use knock_agent::Language;
use knock_model::{RepId, SavedReplyId};

/// A saved reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedReply {
    pub id: SavedReplyId,
    /// The member who owns it; none for those of the team.
    pub member: Option<RepId>,
    pub name: String,
    /// The text, with its placeholders.
    pub text: String,
    /// The language of the text; none for any.
    pub language: Option<Language>,
}

/// Writing saved replies.
pub trait SavedReplyLedger {
    /// Stores a saved reply, new or known.
    fn save_reply(&mut self, reply: &SavedReply) -> Result<(), StoreError>;

    /// Deletes a saved reply.
    fn drop_reply(&mut self, id: SavedReplyId) -> Result<(), StoreError>;
}

/// Reading saved replies.
pub trait SavedReplyView {
    /// Returns the replies of the team, and those of a member if one is given, by name.
    fn saved_replies(&self, of: Option<RepId>) -> Result<Vec<SavedReply>, StoreError>;
}
