//! Internal notes in the store. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{ConversationId, Millis, NoteId, RepId};

/// What a member wrote to the team in a conversation. No message: nothing that reaches a lead takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalNote {
    /// Its id.
    pub id: NoteId,
    /// Where it was written.
    pub conversation: ConversationId,
    /// Who wrote it.
    pub member: RepId,
    /// What was written.
    pub text: String,
    /// When.
    pub at: Millis,
}

/// Writing internal notes.
pub trait NoteLedger {
    /// Stores a note; false when one with its id was there before.
    fn append_note(&mut self, note: &InternalNote) -> Result<bool, StoreError>;
}

/// Reading internal notes.
pub trait NoteView {
    /// One note.
    fn note(&self, id: NoteId) -> Result<Option<InternalNote>, StoreError>;

    /// The notes of a conversation, oldest first.
    fn notes_of(&self, conversation: ConversationId) -> Result<Vec<InternalNote>, StoreError>;
}
