//! The account of HubSpot that leads are synced with: its credentials, and its one client.

mod install;
mod resync;
mod tokens;
mod worker;

pub(crate) use install::App;
pub(crate) use worker::CrmWorker;

use crate::config;
use crate::context::AppContext;
use crate::reading::read;
use anyhow::Context;
use knock_engine::commands::NoteCrmState;
use knock_hubspot::{Access, HubSpot, PRIVATE_APP, Settings};
use knock_outbound::Outbound;
use knock_ports::{Crm, CrmAccount, CrmAccountName, CrmSync, Refusal, StoreError};
use knock_routing::CrmSystem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

const PURPOSE: &str = "hubspot";
const NOT_CONNECTED: &str = "HubSpot is not connected";
const UNREADABLE: &str = "the token cannot be read with the secret.key of this server: connect HubSpot again";
/// The longest that a person waits for HubSpot.
const PATIENCE: Duration = Duration::from_secs(15);

/// The connected account.
pub(crate) struct HubSpotAccount {
    pub(crate) core: AppContext,
    outbound: Outbound,
    config: config::HubSpot,
    api_url: Url,
    /// The page on which HubSpot installs an app.
    authorize_page: Url,
    /// The client with its token or its installation. It tracks the limits of the account, so there is only one.
    known: Mutex<Option<(String, Arc<HubSpot>)>>,
}

impl HubSpotAccount {
    /// The account; no request is made yet.
    pub(crate) fn new(
        core: AppContext,
        outbound: Outbound,
        config: config::HubSpot,
    ) -> anyhow::Result<Arc<HubSpotAccount>> {
        let api_url = Url::parse(&config.api_url).context("`hubspot.api_url` is no address")?;
        let authorize_page = Url::parse(&config.authorize_url).context("`hubspot.authorize_url` is no address")?;
        config.check()?;
        Ok(Arc::new(HubSpotAccount { core, outbound, config, api_url, authorize_page, known: Mutex::default() }))
    }

    /// Whether the configuration has the token.
    pub(crate) fn is_configured(&self) -> bool {
        !self.config.token.is_empty()
    }

    /// Whether there is a token.
    pub(crate) fn is_connected(&self, sync: &CrmSync) -> bool {
        self.is_configured() || sync.connection.as_ref().is_some_and(|connection| !connection.token.is_empty())
    }

    /// A token for storage: it can be opened for the address of the API alone.
    pub(crate) fn sealed(&self, token: &str) -> String {
        tokens::seal(&self.core, &self.api_url).close(token, &*self.core.chance)
    }

    /// The client with this access, created if the access has changed.
    fn cached(&self, access: &str, make: impl FnOnce() -> Result<HubSpot, String>) -> Result<Arc<HubSpot>, String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, hubspot)) = &*known
            && of == access
        {
            return Ok(Arc::clone(hubspot));
        }
        let hubspot = Arc::new(make()?);
        *known = Some((access.to_owned(), Arc::clone(&hubspot)));
        Ok(hubspot)
    }

    /// The client with this token.
    fn with(&self, token: &str) -> Result<Arc<HubSpot>, String> {
        self.cached(token, || {
            let access = Access::PrivateApp { token: token.to_owned() };
            let settings = Settings { api_url: self.api_url.clone(), access, limits: PRIVATE_APP };
            Ok(HubSpot::new(self.outbound.clone(), Arc::clone(&self.core.clock), settings))
        })
    }

    /// The client of the account that this sync is connected to.
    ///
    /// # Errors
    /// The reason why there is no client.
    pub(crate) fn of(&self, sync: &CrmSync) -> Result<Arc<HubSpot>, String> {
        if self.is_configured() {
            return self.with(self.config.token.reveal());
        }
        let connection = sync.connection.as_ref().filter(|connection| !connection.token.is_empty());
        let connection = connection.ok_or(NOT_CONNECTED)?;
        if let Some(app) = &connection.app {
            return self.installed(app);
        }
        let token = tokens::seal(&self.core, &self.api_url).open(&connection.token).ok_or(UNREADABLE)?;
        self.with(&token)
    }

    /// The client of the account that is connected now.
    ///
    /// # Errors
    /// The reason why there is no client.
    pub(crate) async fn connected(&self) -> Result<Arc<HubSpot>, String> {
        let sync = self.sync().await.map_err(|error| error.to_string())?;
        self.of(&sync)
    }

    /// The settings of CRM Sync.
    pub(crate) async fn sync(&self) -> Result<CrmSync, StoreError> {
        let found = read(Arc::clone(&self.core.store), |view| view.crm_sync(CrmSystem::Hubspot)).await?;
        Ok(found.unwrap_or_default())
    }

    /// The settings of CRM Sync, and the cursor for the polling of changes.
    async fn cursor(&self) -> Option<(CrmSync, Option<String>)> {
        let found = read(Arc::clone(&self.core.store), |view| {
            let sync = view.crm_sync(CrmSystem::Hubspot)?;
            Ok(sync.zip(Some(view.crm_state(CrmSystem::Hubspot)?.cursor)))
        });
        found.await.ok().flatten()
    }

    /// Whether the configuration has a token whose account is not known yet.
    async fn is_unknown(&self) -> bool {
        self.is_configured() && self.sync().await.is_ok_and(|sync| sync.connection.is_none())
    }

    /// Requests the name of the account of a token.
    pub(crate) async fn account_of(&self, token: &str) -> Result<CrmAccountName, Refusal> {
        let hubspot = self.with(token).map_err(|words| Refusal::Rejected { words })?;
        asked(hubspot.account()).await.map(named)
    }

    /// Stores the account of the token in the configuration, which no member connects.
    pub(crate) async fn know_configured(&self) {
        if !self.is_configured() {
            return;
        }
        let (account, problem) = match self.account_of(self.config.token.reveal()).await {
            Ok(account) => (Some(account), String::new()),
            Err(refusal) => (None, refusal.to_string()),
        };
        let note = NoteCrmState { system: CrmSystem::Hubspot, problem, account, now: self.core.clock.now() };
        if let Err(error) = self.core.writer.commit(note).await {
            tracing::warn!(%error, "the account of HubSpot could not be recorded");
        }
    }
}

/// The response of HubSpot, if it comes in time.
pub(crate) async fn asked<T>(asking: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    let late = || Refusal::Retry { after: None, words: "HubSpot did not answer in time".to_owned() };
    timeout(PATIENCE, asking).await.unwrap_or_else(|_| Err(late()))
}

fn named(account: CrmAccount) -> CrmAccountName {
    CrmAccountName { id: account.id, name: account.name, missing_scopes: account.missing_scopes }
}
