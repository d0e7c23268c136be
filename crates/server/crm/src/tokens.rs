//! The tokens of an installation, stored sealed: every server uses those that another one has renewed.

use knock_context::{Core, Seal, read, tokens_of, tokens_text};
use knock_engine::CommitError;
use knock_engine::commands::SaveCrmTokens;
use knock_ports::{CrmConnection, CrmVendor, OauthTokens, StoreError, TokenFuture, TokenStore};
use std::sync::Arc;

pub(crate) struct StoredTokens {
    pub(crate) core: Core,
    pub(crate) vendor: Arc<dyn CrmVendor>,
    /// The installation.
    pub(crate) grant: String,
    /// The sentence about tokens that cannot be opened.
    pub(crate) unreadable: String,
}

/// The purpose that an access is sealed for: it opens for this API address alone.
pub(crate) fn seal<'s>(core: &'s Core, vendor: &'s dyn CrmVendor) -> Seal<'s> {
    Seal { key: &core.key, purpose: vendor.system().as_str(), of: vendor.endpoint().as_bytes() }
}

impl StoredTokens {
    async fn stored(&self) -> Result<OauthTokens, StoreError> {
        let system = self.vendor.system();
        let sync = read(Arc::clone(&self.core.store), move |view| view.crm_sync(system)).await?;
        let connection = sync.and_then(|sync| sync.connection);
        let has_grant = |connection: &CrmConnection| connection.app.as_ref().is_some_and(|app| app.grant == self.grant);
        let anew = || StoreError::Broken(format!("{} was connected anew", system.label()));
        let connection = connection.filter(has_grant).ok_or_else(anew)?;
        let opened = seal(&self.core, &*self.vendor).open(&connection.token);
        let tokens = opened.and_then(|text| tokens_of(&text));
        tokens.ok_or_else(|| StoreError::Broken(self.unreadable.clone()))
    }

    async fn keep(&self, tokens: OauthTokens) -> Result<(), StoreError> {
        let token = seal(&self.core, &*self.vendor).close(&tokens_text(&tokens), &*self.core.chance);
        let command = SaveCrmTokens { system: self.vendor.system(), grant: self.grant.clone(), token };
        match self.core.writer.commit(command).await {
            // Nothing is stored if another installation is connected by now.
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
            Err(error) => Err(StoreError::Broken(error.to_string())),
        }
    }
}

impl TokenStore for StoredTokens {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        Box::pin(self.stored())
    }

    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()> {
        Box::pin(self.keep(tokens))
    }
}
