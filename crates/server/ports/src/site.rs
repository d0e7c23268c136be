//! Sites in the store.

use crate::StoreError;
use knock_intent::CategoryOverride;
use knock_model::{IdentifyPolicy, Millis, SiteId};

/// A site of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub id: SiteId,
    /// The public key.
    pub key: String,
    /// The name that the team gave it.
    pub name: String,
    /// The allowed origins, in the form in which browsers send them.
    pub origins: Vec<String>,
    /// The base path of its pages; empty for a whole host.
    pub base: String,
    /// Whether any loopback origin may send for it.
    pub demo: bool,
    /// The team's own categories, which come before every list.
    pub categories: Vec<CategoryOverride>,
    pub identify: IdentifyPolicy,
    /// The number of the current identify secret: 1 at first, one more with each rotation.
    pub identify_round: i64,
    /// The instant of removal: data is no longer accepted, stored data is kept. None while it is in use.
    pub removed_at: Option<Millis>,
}

impl Site {
    /// The name shown to visitors.
    pub fn title(&self) -> &str {
        if self.demo { "Tareline" } else { &self.name }
    }

    /// The address of its home page; for the demo site a path of this server, none for a site without origins.
    pub fn home(&self) -> Option<String> {
        match self.origins.first() {
            Some(origin) => Some(format!("{origin}{}/", self.base)),
            None => self.demo.then(|| format!("{}/", self.base)),
        }
    }
}

/// Writing sites.
pub trait SiteLedger {
    /// Stores a new site and returns its id.
    fn create_site(&mut self, site: &Site, now: Millis) -> Result<SiteId, StoreError>;

    /// Stores a known site; the number of its identify secret and its removal do not change.
    fn save_site(&mut self, site: &Site) -> Result<(), StoreError>;

    /// Replaces a site's identify secret by the next one.
    fn rotate_identify_secret(&mut self, site: SiteId) -> Result<(), StoreError>;

    /// Removes a site and returns whether it was in use until now; a site removed before keeps its instant.
    fn remove_site(&mut self, site: SiteId, now: Millis) -> Result<bool, StoreError>;
}

/// Reading sites.
pub trait SiteView {
    /// A site.
    fn site(&self, id: SiteId) -> Result<Option<Site>, StoreError>;

    /// Returns all sites, in the order of their creation, also removed ones.
    fn sites(&self) -> Result<Vec<Site>, StoreError>;

    /// The arrival of the newest signal of a site.
    fn last_signal_at(&self, site: SiteId) -> Result<Option<Millis>, StoreError>;
}
