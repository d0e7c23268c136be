//! The searchable knowledge of one site, in memory: built as a whole and never changed.

use crate::language::language_of_question;
use crate::passages::{PassageIndex, best_passage, said};
use crate::taught::Taught;
use knock_agent::Language;
use knock_model::{SourceId, SourceKind};
use knock_ports::{Consulted, Found, FoundIn, KnowledgeSource, KnownAnswer, StoredPassage};
use std::collections::BTreeMap;
use tantivy::TantivyError;

/// The knowledge of a site.
pub struct SiteIndex {
    taught: Taught,
    passages: PassageIndex,
    /// The names of uploaded files.
    files: BTreeMap<SourceId, String>,
}

/// The index is damaged, which cannot happen in memory.
#[derive(Debug, thiserror::Error)]
#[error("the index of what is known: {0}")]
pub struct Damaged(#[from] TantivyError);

impl SiteIndex {
    /// Indexes the answers of a team, and the passages of their sources.
    ///
    /// # Errors
    /// When the index cannot be built.
    pub fn new(
        answers: Vec<KnownAnswer>,
        sources: Vec<KnowledgeSource>,
        passages: Vec<StoredPassage>,
    ) -> Result<SiteIndex, Damaged> {
        let files = sources.into_iter().filter(|source| source.kind == SourceKind::File);
        let files = files.map(|source| (source.id, source.name)).collect();
        Ok(SiteIndex { taught: Taught::new(answers), passages: PassageIndex::new(passages)?, files })
    }

    /// What the knowledge says to a message; texts in `language` come first, unless the message is in another one.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn consult(&self, text: &str, language: Language) -> Result<Consulted, Damaged> {
        let language = language_of_question(text, language);
        let known = self.taught.languages().into_iter().chain(self.passages.languages());
        let others = known.filter(|other| *other != language);
        for language in [language].into_iter().chain(others) {
            if let Some(found) = self.best(text, language)? {
                return Ok(Consulted { found: vec![found], ..Consulted::default() });
            }
        }
        Ok(Consulted::default())
    }

    /// The best answer in a language: one of the team before a passage.
    fn best(&self, text: &str, language: Language) -> Result<Option<Found>, Damaged> {
        if let Some((answer, confidence)) = self.taught.best(text, language) {
            let source = FoundIn::Question { id: answer.id, question: answer.question.clone() };
            return Ok(Some(Found { text: answer.answer.clone(), source, confidence }));
        }
        let Some((passage, confidence)) = best_passage(&self.passages, text, language)? else { return Ok(None) };
        let text = said(&self.passages, passage, text, language)?;
        Ok(Some(Found { text, source: self.source_of(passage), confidence }))
    }

    fn source_of(&self, stored: &StoredPassage) -> FoundIn {
        match self.files.get(&stored.source) {
            Some(name) => FoundIn::File { name: name.clone() },
            None => FoundIn::Page { title: stored.passage.title.clone(), url: stored.passage.url.clone() },
        }
    }
}
