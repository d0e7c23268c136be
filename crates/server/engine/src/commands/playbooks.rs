//! Saves playbooks, and dismisses unanswered questions.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use knock_agent::{Language, Playbook};
use knock_model::{AuditAction, Millis, SiteId};
use knock_ports::{AuditSubject, Ledger, PlaybookVersion, QuestionHash, Site, StoreError};
use knock_routing::AgentKind;
use serde_json::{Map, Value, json};

/// Saves the next version of a playbook.
#[derive(Clone, Debug)]
pub struct SavePlaybook {
    /// The site that it is for; none for all sites.
    pub site: Option<SiteId>,
    pub kind: AgentKind,
    pub language: Language,
    /// The texts; none restores those of all sites, for all sites the built-in ones.
    pub playbook: Option<Playbook>,
    /// The edited version; 0 before any was saved.
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
    /// The site was removed meanwhile.
    SiteRemoved,
}

impl Change for SavePlaybook {
    type Outcome = PlaybookSaved;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(PlaybookSaved, Option<Note>), StoreError> {
        let site = self.site.map(|id| ledger.site(id)).transpose()?.flatten();
        if self.site.is_some() && site.as_ref().is_none_or(|site| site.removed_at.is_some()) {
            return Ok((PlaybookSaved::SiteRemoved, None));
        }
        let last = newest(ledger, self, self.site)?;
        let number = last.as_ref().map_or(0, |last| last.version);
        if number != self.from {
            return Ok((PlaybookSaved::ChangedMeanwhile(number), None));
        }
        let before = last.as_ref().and_then(|last| last.playbook.as_ref());
        if before == self.playbook.as_ref() {
            return Ok((PlaybookSaved::Saved(last), None));
        }
        let beneath = self.beneath(ledger)?;
        let (before, after) = changed(before.unwrap_or(&beneath), self.playbook.as_ref().unwrap_or(&beneath));
        let next = PlaybookVersion {
            site: self.site,
            kind: self.kind,
            language: self.language,
            version: number + 1,
            saved_at: self.now,
            playbook: self.playbook.clone(),
        };
        ledger.append_playbook(&next)?;
        let note = Note::new(AuditAction::PlaybookSaved, self.subject(site.as_ref())).changed(before, after);
        Ok((PlaybookSaved::Saved(Some(next)), Some(note)))
    }
}

impl SavePlaybook {
    /// The playbook in use where there is no own one: that of all sites for a site, else the built-in one.
    fn beneath(&self, ledger: &dyn Ledger) -> Result<Playbook, StoreError> {
        let of_all = if self.site.is_some() { newest(ledger, self, None)? } else { None };
        let saved = of_all.and_then(|version| version.playbook);
        Ok(saved.unwrap_or_else(|| Playbook::shipped(self.kind, self.language)))
    }

    /// The playbook in the audit log: `support en`, and the site that it is for.
    fn subject(&self, site: Option<&Site>) -> AuditSubject {
        let name = format!("{} {}", self.kind.as_str(), self.language.as_str());
        match site {
            Some(site) => subject("playbook", format!("{name} {}", site.key), format!("{name} ({})", site.title())),
            None => subject("playbook", &name, &name),
        }
    }
}

/// The newest version of the saved playbook for a site, or for all sites.
fn newest(ledger: &dyn Ledger, of: &SavePlaybook, site: Option<SiteId>) -> Result<Option<PlaybookVersion>, StoreError> {
    Ok(ledger.playbook_versions(site, of.kind, of.language)?.into_iter().next())
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
