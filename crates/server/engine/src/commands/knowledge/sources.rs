//! Pages, sitemaps and files: added, read again, deleted.

use super::{MOST_PASSAGES, MOST_SOURCES, changed, is_in_use};
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Millis, SiteId, SourceId, SourceKind, SourceState};
use knock_ports::{AuditSubject, KnowledgeSource, Ledger, Passage, StoreError, View};
use serde_json::{Value, json};

/// Adds a page or a sitemap, which is read soon.
#[derive(Clone, Debug)]
pub struct AddSource {
    pub source: KnowledgeSource,
}

/// The outcome of adding a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceAdded {
    /// The stored source.
    Added(KnowledgeSource),
    Unknown,
    /// The site has a source with this address, or this name of a file.
    Known,
    /// The site has [`MOST_SOURCES`] sources already.
    TooMany,
    /// The site would have more than [`MOST_PASSAGES`] passages.
    TooManyPassages,
}

impl Change for AddSource {
    type Outcome = SourceAdded;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(SourceAdded, Option<Note>), StoreError> {
        if let Some(refused) = refusal(ledger, &self.source)? {
            return Ok((refused, None));
        }
        ledger.save_source(&self.source)?;
        changes.push(Notice::Knowledge(self.source.site));
        let note = Note::new(AuditAction::SourceCreated, of_source(&self.source)).with(shown(&self.source));
        Ok((SourceAdded::Added(self.source.clone()), Some(note)))
    }
}

/// Adds a file that was read already.
#[derive(Clone, Debug)]
pub struct AddFile {
    pub source: KnowledgeSource,
    pub passages: Vec<Passage>,
}

impl Change for AddFile {
    type Outcome = SourceAdded;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(SourceAdded, Option<Note>), StoreError> {
        if let Some(refused) = refusal(ledger, &self.source)? {
            return Ok((refused, None));
        }
        let count = u32::try_from(self.passages.len()).unwrap_or(u32::MAX);
        if passages_of_others(ledger, &self.source)?.saturating_add(count) > MOST_PASSAGES {
            return Ok((SourceAdded::TooManyPassages, None));
        }
        let source = KnowledgeSource { passages: count, ..self.source.clone() };
        ledger.save_source(&source)?;
        ledger.save_passages(source.id, &self.passages)?;
        changed(ledger, source.site, changes)?;
        let note = Note::new(AuditAction::SourceCreated, of_source(&source)).with(shown(&source));
        Ok((SourceAdded::Added(source), Some(note)))
    }
}

/// Makes a source due now.
#[derive(Clone, Copy, Debug)]
pub struct ReadAgain {
    pub id: SourceId,
    pub now: Millis,
}

/// The outcome of making a source due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadAgainOutcome {
    /// The source is due or being read.
    Due(KnowledgeSource),
    Unknown,
    /// The source is a file, of which only the passages are stored.
    File,
}

impl Change for ReadAgain {
    type Outcome = ReadAgainOutcome;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(ReadAgainOutcome, Option<Note>), StoreError> {
        let Some(source) = ledger.source(self.id)? else { return Ok((ReadAgainOutcome::Unknown, None)) };
        if source.kind == SourceKind::File {
            return Ok((ReadAgainOutcome::File, None));
        }
        if matches!(source.state, SourceState::Waiting | SourceState::Reading) {
            return Ok((ReadAgainOutcome::Due(source), None));
        }
        let source = KnowledgeSource { state: SourceState::Waiting, due_at: Some(self.now), ..source };
        ledger.save_source(&source)?;
        changes.push(Notice::Knowledge(source.site));
        let note = Note::new(AuditAction::SourceReread, of_source(&source));
        Ok((ReadAgainOutcome::Due(source), Some(note)))
    }
}

/// Deletes a source with its passages.
#[derive(Clone, Copy, Debug)]
pub struct DropSource {
    pub id: SourceId,
}

impl Change for DropSource {
    /// Whether there was one.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(source) = ledger.source(self.id)? else { return Ok((false, None)) };
        ledger.drop_source(self.id)?;
        changed(ledger, source.site, changes)?;
        let note = Note::new(AuditAction::SourceDeleted, of_source(&source)).changed(shown(&source), json!({}));
        Ok((true, Some(note)))
    }
}

fn refusal(view: &dyn View, new: &KnowledgeSource) -> Result<Option<SourceAdded>, StoreError> {
    if !is_in_use(view, new.site)? {
        return Ok(Some(SourceAdded::Unknown));
    }
    let known = view.sources(new.site)?;
    if known.len() >= MOST_SOURCES {
        return Ok(Some(SourceAdded::TooMany));
    }
    let is_file = |source: &KnowledgeSource| source.kind == SourceKind::File;
    let is_known = known.iter().any(|other| other.name == new.name && is_file(other) == is_file(new));
    Ok(is_known.then_some(SourceAdded::Known))
}

/// Returns the number of passages of all other sources of the site.
pub(super) fn passages_of_others(view: &dyn View, source: &KnowledgeSource) -> Result<u32, StoreError> {
    let others = view.sources(source.site)?.into_iter().filter(|other| other.id != source.id);
    Ok(others.map(|other| other.passages).fold(0, u32::saturating_add))
}

fn of_source(source: &KnowledgeSource) -> AuditSubject {
    subject("knowledge_source", source.id.to_string(), &source.name)
}

fn shown(source: &KnowledgeSource) -> Value {
    let SiteId(site) = source.site;
    json!({"kind": source.kind, "name": source.name, "site": site})
}
