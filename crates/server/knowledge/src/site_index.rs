//! The searchable knowledge of one site, in memory: built as a whole and never changed.

use crate::language::language_of_question;
use crate::passages::{PassageIndex, best_passage, said};
use crate::taught::{Meant, Ranked, Taught};
use knock_agent::{Language, Understood, is_question};
use knock_model::{AnswerId, SourceId, SourceKind};
use knock_ports::{Consulted, Found, FoundIn, KnowledgeSource, KnownAnswer, OfferedQuestion, Scored, StoredPassage};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyError;

/// The closest questions and passages that are named with their scores.
const CLOSEST: usize = 5;

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

    /// What the knowledge says to a message that was read: nothing to talk, and no offers to who wants something else.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn heard(&self, text: &str, understood: &Understood, language: Language) -> Result<Consulted, Damaged> {
        if !understood.is_searched() {
            return Ok(Consulted::default());
        }
        let mut said = self.consult(text, language)?;
        match understood.offers_from(is_question(text)) {
            None => said.offered.clear(),
            Some(least) => {
                let close: BTreeSet<AnswerId> =
                    said.scores.iter().filter(|scored| scored.score >= least).filter_map(of_answer).collect();
                said.offered.retain(|offered| close.contains(&offered.id));
            }
        }
        Ok(said)
    }

    /// What the knowledge says to a message: taught answers before passages, and of each those in `language` first, unless
    /// the message is in another one. Questions are offered where nothing else is found.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn consult(&self, text: &str, language: Language) -> Result<Consulted, Damaged> {
        let language = language_of_question(text, language);
        let known = self.taught.languages().into_iter().chain(self.passages.languages());
        let mut languages = vec![language];
        for other in known {
            if !languages.contains(&other) {
                languages.push(other);
            }
        }
        let meant: Vec<Meant<'_>> = languages.iter().map(|of| self.taught.meant(text, *of, language)).collect();
        let mut scores: Vec<Scored> = meant.iter().flat_map(|meant| &meant.closest).map(scored).collect();
        let mut said = Consulted::default();
        if let Some(meant) = meant.iter().find(|meant| !meant.sure.is_empty()) {
            said.found = meant.sure.iter().map(found).collect();
        } else if let Some(found) = self.passage(text, &languages)? {
            let Found { source, confidence, .. } = &found;
            scores.push(Scored { source: source.clone(), score: *confidence, words: Vec::new() });
            said.found.push(found);
        } else if let Some(meant) = meant.iter().find(|meant| !meant.offered.is_empty()) {
            said.offered = meant.offered.iter().map(offered).collect();
        }
        scores.sort_by_key(|scored| Reverse(scored.score));
        scores.truncate(CLOSEST);
        said.scores = scores;
        Ok(said)
    }

    /// The best passage of the first language that has one.
    fn passage(&self, text: &str, languages: &[Language]) -> Result<Option<Found>, Damaged> {
        for language in languages {
            if let Some((passage, confidence)) = best_passage(&self.passages, text, *language)? {
                let text = said(&self.passages, passage, text, *language)?;
                return Ok(Some(Found { text, source: self.source_of(passage), confidence }));
            }
        }
        Ok(None)
    }

    fn source_of(&self, stored: &StoredPassage) -> FoundIn {
        match self.files.get(&stored.source) {
            Some(name) => FoundIn::File { name: name.clone() },
            None => FoundIn::Page { title: stored.passage.title.clone(), url: stored.passage.url.clone() },
        }
    }
}

/// The known question that a score is of.
fn of_answer(scored: &Scored) -> Option<AnswerId> {
    match scored.source {
        FoundIn::Question { id, .. } => Some(id),
        _ => None,
    }
}

fn source(ranked: &Ranked<'_>) -> FoundIn {
    FoundIn::Question { id: ranked.known.id, question: ranked.known.question.clone() }
}

fn found(ranked: &Ranked<'_>) -> Found {
    Found { text: ranked.known.answer.clone(), source: source(ranked), confidence: ranked.score() }
}

fn offered(ranked: &Ranked<'_>) -> OfferedQuestion {
    OfferedQuestion { id: ranked.known.id, question: ranked.known.question.clone() }
}

fn scored(ranked: &Ranked<'_>) -> Scored {
    Scored { source: source(ranked), score: ranked.score(), words: ranked.words.clone() }
}
