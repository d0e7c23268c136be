//! The tokens of an installation, stored sealed: every server uses those that another one has renewed.

use crate::context::AppContext;
use crate::reading::read;
use crate::sealed::Seal;
use knock_engine::CommitError;
use knock_engine::commands::SaveCrmTokens;
use knock_model::Millis;
use knock_ports::{CrmTokens, StoreError, TokenFuture, TokenStore};
use knock_routing::CrmSystem;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

const SYSTEM: CrmSystem = CrmSystem::Hubspot;

pub(super) struct StoredTokens {
    pub(super) core: AppContext,
    pub(super) api_url: Url,
    /// The installation.
    pub(super) grant: String,
}

/// The tokens before sealing.
#[derive(Serialize, Deserialize)]
struct Sealed {
    access: String,
    refresh: String,
    expires_at: Millis,
}

/// The text that is sealed.
pub(super) fn written(tokens: &CrmTokens) -> String {
    let CrmTokens { access, refresh, expires_at } = tokens.clone();
    serde_json::to_string(&Sealed { access, refresh, expires_at }).expect("tokens have JSON")
}

/// The purpose that a token is sealed for: it opens for this API address alone.
pub(super) fn seal<'s>(core: &'s AppContext, api_url: &'s Url) -> Seal<'s> {
    Seal { key: &core.key, purpose: super::PURPOSE, of: api_url.as_str().as_bytes() }
}

impl StoredTokens {
    async fn stored(&self) -> Result<CrmTokens, StoreError> {
        let sync = read(Arc::clone(&self.core.store), |view| view.crm_sync(SYSTEM)).await?;
        let connection = sync.and_then(|sync| sync.connection);
        let is_of_grant = connection.as_ref().and_then(|connection| connection.app.as_ref());
        let connection = connection.as_ref().filter(|_| is_of_grant.is_some_and(|app| app.grant == self.grant));
        let connection = connection.ok_or_else(|| StoreError::Broken("HubSpot was connected anew".into()))?;
        let opened = seal(&self.core, &self.api_url).open(&connection.token);
        let sealed = opened.and_then(|text| serde_json::from_str(&text).ok());
        let Sealed { access, refresh, expires_at } =
            sealed.ok_or_else(|| StoreError::Broken(super::UNREADABLE.into()))?;
        Ok(CrmTokens { access, refresh, expires_at })
    }

    async fn keep(&self, tokens: CrmTokens) -> Result<(), StoreError> {
        let token = seal(&self.core, &self.api_url).close(&written(&tokens), &*self.core.chance);
        let command = SaveCrmTokens { system: SYSTEM, grant: self.grant.clone(), token };
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
pub(super) struct NewTokens(pub(super) Mutex<CrmTokens>);

impl NewTokens {
    pub(super) fn now(&self) -> CrmTokens {
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
