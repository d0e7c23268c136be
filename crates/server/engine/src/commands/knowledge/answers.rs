//! Questions with answers: added, changed, deleted.

use super::repeated::repeated;
use super::{MOST_ANSWERS, changed, is_in_use};
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_model::{AnswerId, AuditAction, Millis};
use knock_ports::{AuditSubject, KnownAnswer, Ledger, StoreError};
use serde_json::{Value, json};

/// Adds a question with its answer.
#[derive(Clone, Debug)]
pub struct AddAnswer {
    /// The question with its answer.
    pub answer: KnownAnswer,
}

/// The outcome of adding or changing a question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerSaved {
    Saved(KnownAnswer),
    /// There is no such site, or no such question.
    Unknown,
    /// The site has [`MOST_ANSWERS`] of them already.
    TooMany,
    /// The wording at this position, from 0, is the question or an earlier wording.
    Repeated(usize),
}

impl Change for AddAnswer {
    type Outcome = AnswerSaved;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(AnswerSaved, Option<Note>), StoreError> {
        let site = self.answer.site;
        if !is_in_use(ledger, site)? {
            return Ok((AnswerSaved::Unknown, None));
        }
        if ledger.answers(site)?.len() >= MOST_ANSWERS {
            return Ok((AnswerSaved::TooMany, None));
        }
        if let Some(position) = repeated(&self.answer) {
            return Ok((AnswerSaved::Repeated(position), None));
        }
        save(ledger, &self.answer, changes)?;
        let note = Note::new(AuditAction::AnswerCreated, of_answer(&self.answer)).with(shown(&self.answer));
        Ok((AnswerSaved::Saved(self.answer.clone()), Some(note)))
    }
}

/// Changes a question, its wordings, its answer, or several of them.
#[derive(Clone, Debug)]
pub struct ChangeAnswer {
    pub id: AnswerId,
    /// The new question; none keeps the old one.
    pub question: Option<String>,
    /// All other ways to ask it; none keeps the old ones.
    pub wordings: Option<Vec<String>>,
    /// The new answer; none keeps the old one.
    pub answer: Option<String>,
    pub now: Millis,
}

impl Change for ChangeAnswer {
    type Outcome = AnswerSaved;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(AnswerSaved, Option<Note>), StoreError> {
        let Some(before) = ledger.known_answer(self.id)? else { return Ok((AnswerSaved::Unknown, None)) };
        let question = self.question.clone().unwrap_or_else(|| before.question.clone());
        let wordings = self.wordings.clone().unwrap_or_else(|| before.wordings.clone());
        let answer = self.answer.clone().unwrap_or_else(|| before.answer.clone());
        if (&question, &wordings, &answer) == (&before.question, &before.wordings, &before.answer) {
            return Ok((AnswerSaved::Saved(before), None));
        }
        let after = KnownAnswer { question, wordings, answer, updated_at: self.now, ..before.clone() };
        if let Some(position) = repeated(&after) {
            return Ok((AnswerSaved::Repeated(position), None));
        }
        save(ledger, &after, changes)?;
        let note = note_of_change(&before, &after);
        Ok((AnswerSaved::Saved(after), Some(note)))
    }
}

/// Deletes a question with its answer.
#[derive(Clone, Copy, Debug)]
pub struct DropAnswer {
    pub id: AnswerId,
}

impl Change for DropAnswer {
    /// Whether there was one.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(before) = ledger.known_answer(self.id)? else { return Ok((false, None)) };
        ledger.drop_answer(self.id)?;
        changed(ledger, before.site, changes)?;
        let note = Note::new(AuditAction::AnswerDeleted, of_answer(&before)).changed(shown(&before), json!({}));
        Ok((true, Some(note)))
    }
}

/// Stores a question with its answer. A suggested wording that it has now is suggested no more.
pub(super) fn save(ledger: &mut dyn Ledger, answer: &KnownAnswer, changes: &mut Changes) -> Result<(), StoreError> {
    ledger.save_answer(answer)?;
    for wording in &answer.wordings {
        ledger.drop_suggested_wording(answer.id, wording)?;
    }
    changed(ledger, answer.site, changes)
}

pub(super) fn note_of_change(before: &KnownAnswer, after: &KnownAnswer) -> Note {
    Note::new(AuditAction::AnswerChanged, of_answer(after)).changed(shown(before), shown(after))
}

pub(super) fn of_answer(answer: &KnownAnswer) -> AuditSubject {
    subject("answer", answer.id.to_string(), &answer.question)
}

fn shown(answer: &KnownAnswer) -> Value {
    json!({"question": answer.question, "wordings": answer.wordings, "answer": answer.answer})
}
