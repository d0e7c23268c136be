//! Other ways to ask a known question: accepted and dismissed.

use super::MOST_WORDINGS;
use super::answers::{note_of_change, of_answer, save};
use super::repeated::repeated;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AnswerId, AuditAction, Millis};
use knock_ports::{KnownAnswer, Ledger, StoreError};

/// Adds a way to ask a known question: one that leads used, or one of the team.
#[derive(Clone, Debug)]
pub struct AddWording {
    /// The question with its answer.
    pub id: AnswerId,
    pub wording: String,
    /// The wording as it was suggested: it is suggested no more.
    pub suggested: String,
    pub now: Millis,
}

/// The outcome of adding a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordingAdded {
    /// The question has it now, or had it before.
    Added(KnownAnswer),
    /// There is no such question.
    Unknown,
    /// The question has [`MOST_WORDINGS`] of them already.
    TooMany,
}

impl Change for AddWording {
    type Outcome = WordingAdded;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(WordingAdded, Option<Note>), StoreError> {
        let Some(before) = ledger.known_answer(self.id)? else { return Ok((WordingAdded::Unknown, None)) };
        let mut after = KnownAnswer { updated_at: self.now, ..before.clone() };
        after.wordings.push(self.wording.clone());
        if repeated(&after).is_some() {
            if ledger.drop_suggested_wording(self.id, &self.suggested)? {
                changes.push(Notice::Knowledge(before.site));
            }
            return Ok((WordingAdded::Added(before), None));
        }
        if after.wordings.len() > MOST_WORDINGS {
            return Ok((WordingAdded::TooMany, None));
        }
        ledger.drop_suggested_wording(self.id, &self.suggested)?;
        save(ledger, &after, changes)?;
        let note = note_of_change(&before, &after);
        Ok((WordingAdded::Added(after), Some(note)))
    }
}

/// Dismisses a suggested wording until a lead asks like that again.
#[derive(Clone, Debug)]
pub struct DismissWording {
    /// The question with its answer.
    pub id: AnswerId,
    /// The words of the lead.
    pub text: String,
}

impl Change for DismissWording {
    /// Whether there was one.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(known) = ledger.known_answer(self.id)? else { return Ok((false, None)) };
        if !ledger.drop_suggested_wording(self.id, &self.text)? {
            return Ok((false, None));
        }
        changes.push(Notice::Knowledge(known.site));
        // Without the words: they are a lead's, and are erased with them.
        Ok((true, Some(Note::new(AuditAction::WordingDismissed, of_answer(&known)))))
    }
}
