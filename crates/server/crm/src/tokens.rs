//! The tokens of an installation, stored sealed: every server uses those that another one has renewed.

use knock_context::{Core, Seal, read};
use knock_engine::CommitError;
use knock_engine::commands::SaveCrmTokens;
use knock_model::Millis;
use knock_ports::{CrmConnection, CrmTokens, CrmVendor, StoreError, TokenFuture, TokenStore};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) struct StoredTokens {
    pub(crate) core: Core,
    pub(crate) vendor: Arc<dyn CrmVendor>,
    /// The installation.
    pub(crate) grant: String,
    /// The sentence about tokens that cannot be opened.
    pub(crate) unreadable: String,
}

/// The tokens before sealing.
#[derive(Serialize, Deserialize)]
struct Sealed {
    access: String,
    refresh: String,
    expires_at: Millis,
}

/// The text that is sealed.
pub(crate) fn written(tokens: &CrmTokens) -> String {
    let CrmTokens { access, refresh, expires_at } = tokens.clone();
    serde_json::to_string(&Sealed { access, refresh, expires_at }).expect("tokens have JSON")
}

/// The purpose that an access is sealed for: it opens for this API address alone.
pub(crate) fn seal<'s>(core: &'s Core, vendor: &'s dyn CrmVendor) -> Seal<'s> {
    Seal { key: &core.key, purpose: vendor.system().as_str(), of: vendor.endpoint().as_bytes() }
}

impl StoredTokens {
    async fn stored(&self) -> Result<CrmTokens, StoreError> {
        let system = self.vendor.system();
        let sync = read(Arc::clone(&self.core.store), move |view| view.crm_sync(system)).await?;
        let connection = sync.and_then(|sync| sync.connection);
        let has_grant = |connection: &CrmConnection| connection.app.as_ref().is_some_and(|app| app.grant == self.grant);
        let anew = || StoreError::Broken(format!("{} was connected anew", system.label()));
        let connection = connection.filter(has_grant).ok_or_else(anew)?;
        let opened = seal(&self.core, &*self.vendor).open(&connection.token);
        let sealed = opened.and_then(|text| serde_json::from_str(&text).ok());
        let Sealed { access, refresh, expires_at } =
            sealed.ok_or_else(|| StoreError::Broken(self.unreadable.clone()))?;
        Ok(CrmTokens { access, refresh, expires_at })
    }

    async fn keep(&self, tokens: CrmTokens) -> Result<(), StoreError> {
        let token = seal(&self.core, &*self.vendor).close(&written(&tokens), &*self.core.chance);
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
    fn load(&self) -> TokenFuture<'_, CrmTokens> {
        Box::pin(self.stored())
    }

    fn save(&self, tokens: CrmTokens) -> TokenFuture<'_, ()> {
        Box::pin(self.keep(tokens))
    }
}

/// The tokens of an installation that is not stored yet.
pub(crate) struct NewTokens(pub(crate) Mutex<CrmTokens>);

impl NewTokens {
    pub(crate) fn now(&self) -> CrmTokens {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl TokenStore for NewTokens {
    fn load(&self) -> TokenFuture<'_, CrmTokens> {
        Box::pin(async { Ok(self.now()) })
    }

    fn save(&self, tokens: CrmTokens) -> TokenFuture<'_, ()> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = tokens;
        Box::pin(async { Ok(()) })
    }
}
