//! Internal notes in the store. Every method fails only when the database does.

use crate::{StoreError, TeamAuthor};
use knock_model::{ConversationId, LeadId, Millis, NoteId, RepId};

/// A note for the team in a conversation. It is no message: nothing that reaches a lead accepts one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalNote {
    pub id: NoteId,
    pub conversation: ConversationId,
    pub author: TeamAuthor,
    pub text: String,
    pub at: Millis,
    /// The members whom it names, other than the author.
    pub mentions: Vec<RepId>,
}

/// Writing internal notes.
pub trait NoteLedger {
    /// Stores a note, with its mentions; false if its id is stored already.
    fn append_note(&mut self, note: &InternalNote) -> Result<bool, StoreError>;

    /// Stores that a member has seen all mentions of them in the conversations of a lead; false if there were none.
    fn see_mentions(&mut self, lead: LeadId, member: RepId) -> Result<bool, StoreError>;
}

/// Reading internal notes.
pub trait NoteView {
    /// One note.
    fn note(&self, id: NoteId) -> Result<Option<InternalNote>, StoreError>;

    /// The notes of a conversation, oldest first.
    fn notes_of(&self, conversation: ConversationId) -> Result<Vec<InternalNote>, StoreError>;
}
