//! The sites and their looks in memory: an unknown site key costs no look into the database.

use knock_engine::{Notice, Writer};
use knock_ingest::Origin;
use knock_model::SiteId;
use knock_ports::{Link, Site, Store, StoreError};
use knock_wire::Look;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::broadcast::error::RecvError;

/// All sites with their looks, as they were last read.
pub(crate) struct SiteDirectory {
    store: Arc<dyn Store>,
    sites: RwLock<Arc<[Arc<Site>]>>,
    looks: RwLock<HashMap<SiteId, Arc<Look>>>,
}

impl SiteDirectory {
    /// Reads all sites.
    pub(crate) fn load(store: Arc<dyn Store>) -> Result<SiteDirectory, StoreError> {
        let directory = SiteDirectory { store, sites: RwLock::new(Arc::new([])), looks: RwLock::default() };
        directory.reload()?;
        Ok(directory)
    }

    /// Reads them again, after one changed.
    pub(crate) fn reload(&self) -> Result<(), StoreError> {
        let (mut sites, mut looks) = (Vec::new(), Vec::new());
        self.store.read(&mut |view| {
            (sites, looks) = (view.sites()?, view.looks()?);
            Ok(())
        })?;
        let looks = looks.into_iter().map(|(site, look)| (site, Arc::new(look))).collect();
        *self.looks.write().unwrap_or_else(PoisonError::into_inner) = looks;
        *self.sites.write().unwrap_or_else(PoisonError::into_inner) = sites.into_iter().map(Arc::new).collect();
        Ok(())
    }

    /// Reads them again whenever one changes, here or on another server, until the writer is gone.
    pub(crate) fn follow(self: Arc<SiteDirectory>, writer: &Writer) -> impl Future<Output = ()> + Send + use<> {
        let mut notices = writer.watch();
        async move {
            loop {
                match notices.recv().await {
                    Ok(changes) if !changes.contains(&Notice::Site) => continue,
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
                let directory = Arc::clone(&self);
                if !matches!(tokio::task::spawn_blocking(move || directory.reload()).await, Ok(Ok(()))) {
                    tracing::warn!("the sites could not be read again");
                }
            }
        }
    }

    /// The site with this key, removed or not.
    pub(crate) fn by_key(&self, key: &str) -> Option<Arc<Site>> {
        self.find(|site| site.key == key)
    }

    /// The site with this key, unless it was removed.
    pub(crate) fn in_use(&self, key: &str) -> Option<Arc<Site>> {
        self.find(|site| site.key == key && site.removed_at.is_none())
    }

    /// The site with this id, removed or not.
    pub(crate) fn by_id(&self, id: SiteId) -> Option<Arc<Site>> {
        self.find(|site| site.id == id)
    }

    /// Of the sites in use the one made first; the demo site only where there is no other.
    pub(crate) fn first(&self) -> Option<Arc<Site>> {
        let own = self.find(|site| site.removed_at.is_none() && !site.demo);
        own.or_else(|| self.demo())
    }

    /// The site that a link is of: its own while that is in use, else the first one.
    pub(crate) fn of_link(&self, link: &Link) -> Option<Arc<Site>> {
        let own = link.site.and_then(|id| self.find(|site| site.id == id && site.removed_at.is_none()));
        own.or_else(|| self.first())
    }

    /// The demo site, unless it was removed.
    pub(crate) fn demo(&self) -> Option<Arc<Site>> {
        self.find(|site| site.demo && site.removed_at.is_none())
    }

    /// Whether some site in use may be sent to from this origin.
    pub(crate) fn knows_origin(&self, origin: &Origin) -> bool {
        let text = origin.to_text();
        self.lists(&text) || (origin.is_loopback() && self.demo().is_some())
    }

    /// Whether this is an origin of some site in use, in the very form it is stored in.
    pub(crate) fn lists(&self, text: &str) -> bool {
        self.find(|site| site.removed_at.is_none() && site.origins.iter().any(|origin| origin == text)).is_some()
    }

    /// The look of a site; the default if it was never changed.
    pub(crate) fn look(&self, site: SiteId) -> Arc<Look> {
        let looks = self.looks.read().unwrap_or_else(PoisonError::into_inner);
        looks.get(&site).cloned().unwrap_or_default()
    }

    fn find(&self, is_it: impl Fn(&Site) -> bool) -> Option<Arc<Site>> {
        self.all().iter().find(|site| is_it(site)).cloned()
    }

    /// All of them, in the order they were made, removed ones too.
    pub(crate) fn all(&self) -> Arc<[Arc<Site>]> {
        Arc::clone(&self.sites.read().unwrap_or_else(PoisonError::into_inner))
    }
}
