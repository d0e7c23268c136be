//! The search for an answer: the indexes of sites, each as of the stored version.

use crate::site_index::{Damaged, SiteIndex};
use knock_agent::{Language, Understood, understand};
use knock_model::SiteId;
use knock_ports::{Consulted, Store, StoreError, View};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

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

    /// What the knowledge of a site says to a message; answers in `language` come first. Blocks: the store is read.
    ///
    /// # Errors
    /// When the store fails.
    pub fn consult(&self, site: SiteId, text: &str, language: Language) -> Result<Consulted, StoreError> {
        let (understood, mut said) = (understand(text), Consulted::default());
        self.store.read(&mut |view| {
            said = self.consult_in(view, site, text, &understood, language)?;
            Ok(())
        })?;
        Ok(said)
    }

    /// What the knowledge of a site says to a message that was read, as of a snapshot of the store; answers in `language`
    /// come first. Blocks: the index is rebuilt if the knowledge has changed since.
    ///
    /// # Errors
    /// When the store fails.
    pub fn consult_in(
        &self,
        view: &dyn View,
        site: SiteId,
        text: &str,
        understood: &Understood,
        language: Language,
    ) -> Result<Consulted, StoreError> {
        match view.knowledge_version(site)? {
            0 => Ok(Consulted::default()),
            version => self.index(view, site, version)?.heard(text, understood, language).map_err(broken),
        }
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
        let index = SiteIndex::new(view.answers(site)?, view.sources(site)?, view.site_passages(site)?);
        let index = Arc::new(index.map_err(broken)?);
        // An older snapshot must not replace a newer index.
        if made.as_ref().is_none_or(|(of, _)| *of < version) {
            *made = Some((version, Arc::clone(&index)));
        }
        Ok(index)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn broken(error: Damaged) -> StoreError {
    StoreError::Broken(error.to_string())
}
