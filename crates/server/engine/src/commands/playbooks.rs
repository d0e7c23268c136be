//! Saves playbooks, and dismisses unanswered questions.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_agent::{Language, Playbook};
use knock_model::{AuditAction, Millis, SiteId};
use knock_ports::{Ledger, PlaybookVersion, QuestionHash, StoreError};
use knock_routing::AgentKind;
use serde_json::{Map, Value, json};

/// Saves the next version of a playbook.
#[derive(Clone, Debug)]
pub struct SavePlaybook {
    pub kind: AgentKind,
    pub language: Language,
    /// The texts; none restores the built-in ones.
    pub playbook: Option<Playbook>,
    /// The edited version; 0 is the built-in one.
    pub from: u32,
    pub now: Millis,
}

/// The outcome of saving a playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaybookSaved {
    /// The saved version; none if the playbook was never changed.
    Saved(Option<PlaybookVersion>),
    /// Another version was saved meanwhile: its number.
    ChangedMeanwhile(u32),
}

impl Change for SavePlaybook {
    type Outcome = PlaybookSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(PlaybookSaved, Option<Note>), StoreError> {
        let last = ledger.playbook_versions(self.kind, self.language)?.into_iter().next();
        let number = last.as_ref().map_or(0, |last| last.version);
        if number != self.from {
            return Ok((PlaybookSaved::ChangedMeanwhile(number), None));
        }
        let before = last.as_ref().and_then(|last| last.playbook.as_ref());
        if before == self.playbook.as_ref() {
            return Ok((PlaybookSaved::Saved(last), None));
        }
        let (kind, language, playbook) = (self.kind, self.language, self.playbook.clone());
        let next = PlaybookVersion { kind, language, version: number + 1, saved_at: self.now, playbook };
        ledger.append_playbook(&next)?;
        let name = format!("{} {}", kind.as_str(), language.as_str());
        let (before, after) = changed(
            &before.cloned().unwrap_or_else(|| Playbook::shipped(kind, language)),
            &self.playbook.clone().unwrap_or_else(|| Playbook::shipped(kind, language)),
        );
        let note = Note::new(AuditAction::PlaybookSaved, subject("playbook", &name, &name)).changed(before, after);
        Ok((PlaybookSaved::Saved(Some(next)), Some(note)))
    }
}

/// Returns the steps with different texts, before and after.
fn changed(before: &Playbook, after: &Playbook) -> (Value, Value) {
    let steps = |of: &Playbook, other: &Playbook| {
        let differs = |(step, texts): &(knock_agent::Step, &[String])| {
            !other.steps().any(|(known, others)| known == *step && others == *texts)
        };
        let steps = of.steps().filter(differs).map(|(step, texts)| (step.as_str().to_owned(), json!(texts)));
        Value::Object(steps.collect::<Map<_, _>>())
    };
    (steps(before, after), steps(after, before))
}

/// Dismisses an unanswered question until it is asked again.
#[derive(Clone, Debug)]
pub struct SettleQuestion {
    pub site: SiteId,
    pub question: QuestionHash,
    pub now: Millis,
}

impl Change for SettleQuestion {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        ledger.settle_question(self.site, self.question, self.now)?;
        let name = ledger.site(self.site)?.map_or_else(String::new, |site| site.title().to_owned());
        let note = Note::new(AuditAction::QuestionSettled, subject("site", self.site.0.to_string(), name));
        Ok(((), Some(note)))
    }
}
