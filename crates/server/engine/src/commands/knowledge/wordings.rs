//! Other ways to ask a known question: accepted and dismissed.

use super::MOST_WORDINGS;
use super::answers::{note_of_change, of_answer, save};
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

/// The position of the first wording that is the question, or an earlier wording, whatever its case.
pub(super) fn repeated(answer: &KnownAnswer) -> Option<usize> {
    let lower: Vec<String> =
        [&answer.question].into_iter().chain(&answer.wordings).map(|text| text.to_lowercase()).collect();
    let is_repeated = |at: &usize| lower.iter().take(at + 1).any(|earlier| Some(earlier) == lower.get(at + 1));
    (0..answer.wordings.len()).find(is_repeated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::SiteId;

    #[test]
    fn the_first_wording_that_is_there_already_is_found() {
        for (wordings, expected) in [
            (&[][..], None),
            (&["Shipping cost?", "Delivery fee?"], None),
            (&["how much is shipping?"], Some(0)),
            (&["Delivery fee?", "Postage?", "DELIVERY FEE?"], Some(2)),
        ] {
            let answer = KnownAnswer {
                id: AnswerId::new(Millis(1), &[0; 10]),
                site: SiteId(1),
                question: "How much is shipping?".into(),
                wordings: wordings.iter().map(|text| (*text).to_owned()).collect(),
                answer: "Nine euros.".into(),
                updated_at: Millis(1),
            };
            assert_eq!(repeated(&answer), expected, "{wordings:?}");
        }
    }
}
