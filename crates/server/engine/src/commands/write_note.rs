//! Internal notes of members and integrations: no messages, so they do not change the chat.

use super::assign::answers_chats;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Millis, NoteId, RepId};
use knock_ports::{InternalNote, Ledger, PrefetchHint, StoreError, TeamAuthor};
use std::collections::BTreeSet;

/// An internal note.
#[derive(Clone, Debug)]
pub struct WriteNote {
    pub conversation: ConversationId,
    /// Its id, made by the member's browser.
    pub id: NoteId,
    pub author: TeamAuthor,
    pub text: String,
    /// The members whom it names.
    pub mentions: Vec<RepId>,
    pub now: Millis,
}

/// The outcome of writing a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteSaved {
    /// Stored now.
    New(InternalNote),
    /// Stored before, as it is.
    Known(InternalNote),
    /// Another conversation has a note with this id.
    Elsewhere,
    UnknownChat,
    /// The mention at this place names no member who answers chats.
    UnknownMember(usize),
}

impl Command for WriteNote {
    type Outcome = NoteSaved;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<NoteSaved, StoreError> {
        let Some(of) = ledger.conversation(self.conversation)? else { return Ok(NoteSaved::UnknownChat) };
        if let Some(known) = ledger.note(self.id)? {
            let is_here = known.conversation == self.conversation;
            return Ok(if is_here { NoteSaved::Known(known) } else { NoteSaved::Elsewhere });
        }
        for (place, mentioned) in self.mentions.iter().enumerate() {
            if !ledger.member(*mentioned)?.is_some_and(|member| answers_chats(&member)) {
                return Ok(NoteSaved::UnknownMember(place));
            }
        }
        let (id, conversation, author, at) = (self.id, self.conversation, self.author, self.now);
        // Each once, sorted as they are read back.
        let mentions: BTreeSet<RepId> =
            self.mentions.iter().copied().filter(|named| author.member() != Some(*named)).collect();
        let mentions = mentions.into_iter().collect();
        // Without NUL characters, as the note is read back.
        let note = InternalNote { id, conversation, author, text: self.text.replace('\0', ""), at, mentions };
        ledger.append_note(&note)?;
        changes.push(Notice::Note(conversation));
        changes.happened(at, Happened::ChatNoted { lead: of.lead, conversation });
        if !note.mentions.is_empty() {
            changes.happened(at, Happened::Mentioned { lead: of.lead, note: Box::new(note.clone()) });
        }
        Ok(NoteSaved::New(note))
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        None
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
