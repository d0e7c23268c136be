//! The enrichment provider.

use knock_wire::{EnrichmentDraft, EnrichmentSettings, EnrichmentTest, EnrichmentTested};

use super::{Client, Failure, Method, json};

const PATH: &str = "/api/v1/settings/enrichment";

impl Client {
    /// The settings and the health of the provider.
    pub(crate) async fn enrichment(&self) -> Result<EnrichmentSettings, Failure> {
        self.get(PATH.to_owned()).await
    }

    /// Sets the provider up, or changes its settings.
    pub(crate) async fn set_up_enrichment(&self, draft: &EnrichmentDraft) -> Result<EnrichmentSettings, Failure> {
        self.ask(Method::Put, PATH.to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn remove_enrichment(&self) -> Result<(), Failure> {
        self.done(Method::Delete, PATH.to_owned(), None).await
    }

    /// Requests the data of an address from the provider now.
    pub(crate) async fn test_enrichment(&self, ask: &EnrichmentTest) -> Result<EnrichmentTested, Failure> {
        self.ask(Method::Post, format!("{PATH}/test"), Some(json(ask)?)).await
    }
}
