//! Sites, and the signals of them that were refused.

use knock_wire::{RefusedList, Site, SiteDraft, SiteList};

use super::{Client, Failure, Method, encode, json};

impl Client {
    /// All sites.
    pub(crate) async fn sites(&self) -> Result<SiteList, Failure> {
        self.get("/api/v1/sites".to_owned()).await
    }

    /// Makes a site.
    pub(crate) async fn add_site(&self, draft: &SiteDraft) -> Result<Site, Failure> {
        self.ask(Method::Post, "/api/v1/sites".to_owned(), Some(json(draft)?)).await
    }

    /// Replaces what a site says.
    pub(crate) async fn change_site(&self, key: &str, draft: &SiteDraft) -> Result<Site, Failure> {
        self.ask(Method::Put, format!("/api/v1/sites/{}", encode(key)), Some(json(draft)?)).await
    }

    /// Signals of a site that were not stored.
    pub(crate) async fn refused(&self, key: &str) -> Result<RefusedList, Failure> {
        self.get(format!("/api/v1/sites/{}/refused", encode(key))).await
    }
}
