//! Sites and their refused signals.

use knock_wire::{RefusedList, Site, SiteDraft, SiteList};

use super::{Client, Failure, Method, encode, json};

impl Client {
    pub(crate) async fn sites(&self) -> Result<SiteList, Failure> {
        self.get("/api/v1/sites".to_owned()).await
    }

    pub(crate) async fn add_site(&self, draft: &SiteDraft) -> Result<Site, Failure> {
        self.ask(Method::Post, "/api/v1/sites".to_owned(), Some(json(draft)?)).await
    }

    /// Replaces the settings of a site.
    pub(crate) async fn change_site(&self, key: &str, draft: &SiteDraft) -> Result<Site, Failure> {
        self.ask(Method::Put, format!("/api/v1/sites/{}", encode(key)), Some(json(draft)?)).await
    }

    pub(crate) async fn rotate_identify_secret(&self, key: &str) -> Result<Site, Failure> {
        let path = format!("/api/v1/sites/{}/identify-secret", encode(key));
        self.ask(Method::Post, path, None).await
    }

    pub(crate) async fn remove_site(&self, key: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/sites/{}", encode(key)), None).await
    }

    /// Keeps the demo site beside a site of the team's own.
    pub(crate) async fn keep_demo(&self, key: &str) -> Result<(), Failure> {
        self.done(Method::Post, format!("/api/v1/sites/{}/keep", encode(key)), None).await
    }

    /// The refused signals of a site.
    pub(crate) async fn refused(&self, key: &str) -> Result<RefusedList, Failure> {
        self.get(format!("/api/v1/sites/{}/refused", encode(key))).await
    }
}
