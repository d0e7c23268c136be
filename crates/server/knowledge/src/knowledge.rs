//! The search for an answer: the indexes of sites, each as of the stored version.

use crate::confidence::{self, AskedWord, Held};
use crate::excerpt::excerpt;
use crate::index::{Candidate, SiteIndex};
use crate::language::language_of_question;
use crate::words::{asked_words, words};
use knock_agent::Language;
use knock_model::{SiteId, SourceKind};
use knock_ports::{Found, FoundIn, KnownAnswer, Store, StoreError, StoredPassage, View};
use lru::LruCache;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::TantivyError;

/// The number of sites whose indexes are kept in memory: the last ones used.
const MOST_SITES: NonZeroUsize = NonZeroUsize::new(64).expect("64 is not 0");

/// The knowledge of all sites. Cheap to clone: clones share their indexes.
#[derive(Clone)]
pub struct Knowledge {
    store: Arc<dyn Store>,
    sites: Arc<Mutex<LruCache<SiteId, Arc<Place>>>>,
}

/// The index of a site with the version it was built from. Locked during a build: other callers wait for it.
type Place = Mutex<Option<(i64, Arc<SiteIndex>)>>;

impl Knowledge {
    pub fn new(store: Arc<dyn Store>) -> Knowledge {
        Knowledge { store, sites: Arc::new(Mutex::new(LruCache::new(MOST_SITES))) }
    }

    /// The best answer to a text on a site, if there is one; texts in `language` come first. Blocks: the store is read,
    /// and the index is rebuilt if the knowledge has changed since.
    ///
    /// # Errors
    /// When the store fails.
    pub fn find(&self, site: SiteId, text: &str, language: Language) -> Result<Option<Found>, StoreError> {
        let mut found = None;
        self.store.read(&mut |view| {
            found = self.find_in(view, site, text, language)?;
            Ok(())
        })?;
        Ok(found)
    }

    /// Finds an answer as of a snapshot of the store.
    ///
    /// # Errors
    /// When the store fails.
    pub fn find_in(
        &self,
        view: &dyn View,
        site: SiteId,
        text: &str,
        language: Language,
    ) -> Result<Option<Found>, StoreError> {
        let version = view.knowledge_version(site)?;
        if version == 0 {
            return Ok(None);
        }
        let index = self.index(view, site, version)?;
        let language = language_of_question(text, language);
        let Some(best) = best(&index, text, language).map_err(damaged)? else { return Ok(None) };
        Ok(Some(match best {
            Best::Answer(answer, confidence) => {
                let source = FoundIn::Question { id: answer.id, question: answer.question.clone() };
                Found { text: answer.answer.clone(), source, confidence }
            }
            Best::Passage(passage, of, confidence) => {
                let text = said(&index, passage, text, of).map_err(damaged)?;
                Found { text, source: source_of(view, passage)?, confidence }
            }
        }))
    }

    /// Whether a site has any knowledge.
    ///
    /// # Errors
    /// When the store fails.
    pub fn has_any(view: &dyn View, site: SiteId) -> Result<bool, StoreError> {
        Ok(!view.answers(site)?.is_empty() || view.sources(site)?.iter().any(|source| source.passages > 0))
    }

    fn index(&self, view: &dyn View, site: SiteId, version: i64) -> Result<Arc<SiteIndex>, StoreError> {
        let place = {
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(sites.get_or_insert(site, Arc::default))
        };
        let mut made = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, index)) = &*made
            && *of == version
        {
            return Ok(Arc::clone(index));
        }
        let index = SiteIndex::new(view.answers(site)?, view.site_passages(site)?).map_err(damaged)?;
        let index = Arc::new(index);
        // An older snapshot must not replace a newer index.
        if made.as_ref().is_none_or(|(of, _)| *of < version) {
            *made = Some((version, Arc::clone(&index)));
        }
        Ok(index)
    }
}

/// The best answer, with its confidence.
enum Best<'i> {
    Answer(&'i KnownAnswer, u8),
    Passage(&'i StoredPassage, Language, u8),
}

/// The best answer to a text: in its language before others, an answer of the team before a passage.
fn best<'i>(index: &'i SiteIndex, text: &str, language: Language) -> Result<Option<Best<'i>>, TantivyError> {
    let others = index.languages().into_iter().filter(|other| *other != language);
    for language in [language].into_iter().chain(others) {
        if let Some((answer, confidence)) = best_answer(index.answers(text, language)?, text) {
            return Ok(Some(Best::Answer(answer, confidence)));
        }
        if let Some((passage, confidence)) = best_passage(index, text, language)? {
            return Ok(Some(Best::Passage(passage, language, confidence)));
        }
    }
    Ok(None)
}

fn best_answer<'i>(found: Vec<Candidate<'i, KnownAnswer>>, text: &str) -> Option<(&'i KnownAnswer, u8)> {
    let fitting = found.into_iter().filter_map(|candidate| {
        let of = |text: &str| words(text, candidate.language).into_iter().collect::<BTreeSet<String>>();
        let confidence = confidence::of_question(&of(&candidate.item.question), &of(text))?;
        Some((candidate, confidence))
    });
    first_of_best(fitting).map(|(candidate, confidence)| (candidate.item, confidence))
}

fn best_passage<'i>(
    index: &'i SiteIndex,
    text: &str,
    language: Language,
) -> Result<Option<(&'i StoredPassage, u8)>, TantivyError> {
    let holders = holders(index, text, language)?;
    let passages = index.count_passages(language);
    let fitting = index.passages(text, language)?.into_iter().filter_map(|candidate| {
        let passage = &candidate.item.passage;
        let of = |text: &str| words(text, language).into_iter().collect::<BTreeSet<String>>();
        let (heading, text) = (of(&passage.heading), of(&format!("{}\n{}", passage.title, passage.text)));
        let held = |word: &String| match (heading.contains(word), text.contains(word)) {
            (true, _) => Held::InHeading,
            (false, true) => Held::InText,
            (false, false) => Held::Nowhere,
        };
        let asked = holders.iter().map(|(word, holders)| AskedWord { holders: *holders, held: held(word) });
        let asked: Vec<AskedWord> = asked.collect();
        Some((candidate, confidence::of_passage(&asked, passages)?))
    });
    Ok(first_of_best(fitting).map(|(candidate, confidence)| (candidate.item, confidence)))
}

/// Returns the one with the highest confidence; of several the one with the highest score, then the first.
fn first_of_best<'i, T>(found: impl Iterator<Item = (Candidate<'i, T>, u8)>) -> Option<(Candidate<'i, T>, u8)> {
    found.reduce(|best, next| {
        let order = next.1.cmp(&best.1).then(next.0.score.total_cmp(&best.0.score));
        if order.is_gt() { next } else { best }
    })
}

/// Returns the asked words with the number of passages that contain each.
fn holders(index: &SiteIndex, text: &str, language: Language) -> Result<BTreeMap<String, u64>, TantivyError> {
    let asked = asked_words(text, language).into_iter();
    asked.map(|word| index.holders(&word, language).map(|holders| (word, holders))).collect()
}

/// The answer of a passage to a text.
fn said(index: &SiteIndex, passage: &StoredPassage, text: &str, language: Language) -> Result<String, TantivyError> {
    let passages = index.count_passages(language);
    let rarities = holders(index, text, language)?.into_iter();
    let rarities = rarities.map(|(word, holders)| (word, confidence::rarity(holders, passages))).collect();
    Ok(excerpt(&passage.passage.text, &rarities, language))
}

fn source_of(view: &dyn View, passage: &StoredPassage) -> Result<FoundIn, StoreError> {
    let source = view.source(passage.source)?;
    Ok(match source {
        Some(source) if source.kind == SourceKind::File => FoundIn::File { name: source.name },
        _ => FoundIn::Page { title: passage.passage.title.clone(), url: passage.passage.url.clone() },
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn damaged(error: TantivyError) -> StoreError {
    StoreError::Broken(format!("the index of what is known: {error}"))
}
