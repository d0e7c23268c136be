//! A CRM with the account that leads are synced with: its credentials, and its one client.

use crate::configured::Configured;
use crate::owners::OwnerBook;
use crate::tokens::seal;
use knock_context::{Core, credentials_of, credentials_text, read};
use knock_engine::commands::NoteCrmState;
use knock_model::CrmSystem;
use knock_ports::{
    Credentials, Crm, CrmAccount, CrmAccountName, CrmConnection, CrmSync, CrmVendor, Refusal, StoreError,
};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// The longest that a person waits for a CRM.
const PATIENCE: Duration = Duration::from_secs(15);

/// A CRM with its account, if one is connected.
pub struct SyncedCrm {
    pub core: Core,
    pub vendor: Arc<dyn CrmVendor>,
    pub(crate) configured: Configured,
    /// The client with its credentials or its installation. It tracks the limits of the account, so there is only one.
    known: Mutex<Option<(String, Arc<dyn Crm>)>>,
    pub(crate) owners: OwnerBook,
}

impl SyncedCrm {
    /// The CRM; no request is made yet.
    pub fn new(core: Core, vendor: Arc<dyn CrmVendor>, configured: Configured) -> Arc<SyncedCrm> {
        Arc::new(SyncedCrm { core, vendor, configured, known: Mutex::default(), owners: OwnerBook::default() })
    }

    /// The CRM of the vendor.
    pub fn system(&self) -> CrmSystem {
        self.vendor.system()
    }

    /// The display name.
    pub fn label(&self) -> &'static str {
        self.system().label()
    }

    /// Whether the configuration has the credentials.
    pub fn is_configured(&self) -> bool {
        !self.configured.credentials.is_empty()
    }

    /// The sentence about credentials that stand in the configuration.
    pub fn configured_words(&self) -> String {
        format!("stands in the configuration of the server ({}): change it there", self.configured.setting)
    }

    /// Whether there is an access.
    pub fn is_connected(&self, sync: &CrmSync) -> bool {
        self.is_configured() || sync.connection.as_ref().is_some_and(|connection| !connection.token.is_empty())
    }

    /// A text for storage: it can be opened for the address of the API alone.
    pub(crate) fn sealed(&self, text: &str) -> String {
        seal(&self.core, &*self.vendor).close(text, &*self.core.chance)
    }

    pub(crate) fn opened(&self, sealed: &str) -> Result<String, String> {
        seal(&self.core, &*self.vendor).open(sealed).ok_or_else(|| self.unreadable())
    }

    pub(crate) fn unreadable(&self) -> String {
        let label = self.label();
        format!("the access cannot be read with the secret.key of this server: connect {label} again")
    }

    /// The client with this access, created if the access has changed.
    pub(crate) fn cached(
        &self,
        access: &str,
        make: impl FnOnce() -> Result<Arc<dyn Crm>, String>,
    ) -> Result<Arc<dyn Crm>, String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, crm)) = &*known
            && of == access
        {
            return Ok(Arc::clone(crm));
        }
        let crm = make()?;
        *known = Some((access.to_owned(), Arc::clone(&crm)));
        Ok(crm)
    }

    /// The client with these credentials.
    fn with(&self, credentials: &Credentials) -> Result<Arc<dyn Crm>, String> {
        self.cached(&credentials_text(credentials), || self.vendor.connect(credentials))
    }

    /// The client of the account that this sync is connected to.
    ///
    /// # Errors
    /// The reason why there is no client.
    pub fn of(&self, sync: &CrmSync) -> Result<Arc<dyn Crm>, String> {
        if self.is_configured() {
            return self.with(&self.configured.credentials);
        }
        let connection = sync.connection.as_ref().filter(|connection| !connection.token.is_empty());
        let connection = connection.ok_or_else(|| format!("{} is not connected", self.label()))?;
        if let Some(app) = &connection.app {
            return self.installed(app);
        }
        let form = self.vendor.credentials().ok_or_else(|| self.unreadable())?;
        let alone = form.fields.first().map_or("", |field| field.name);
        self.with(&credentials_of(self.opened(&connection.token)?, alone))
    }

    /// The client of the account that is connected now.
    ///
    /// # Errors
    /// The reason why there is no client.
    pub async fn connected(&self) -> Result<Arc<dyn Crm>, String> {
        let sync = self.sync().await.map_err(|error| error.to_string())?;
        self.of(&sync)
    }

    /// The settings of CRM Sync.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sync(&self) -> Result<CrmSync, StoreError> {
        let system = self.system();
        let found = read(Arc::clone(&self.core.store), move |view| view.crm_sync(system)).await?;
        Ok(found.unwrap_or_default())
    }

    /// The settings of CRM Sync, and the cursor for the polling of changes.
    pub(crate) async fn cursor(&self) -> Option<(CrmSync, Option<String>)> {
        let system = self.system();
        let found = read(Arc::clone(&self.core.store), move |view| {
            let sync = view.crm_sync(system)?;
            Ok(sync.zip(Some(view.crm_state(system)?.cursor)))
        });
        found.await.ok().flatten()
    }

    /// Whether the configuration has credentials whose account is not known yet.
    pub(crate) async fn is_unknown(&self) -> bool {
        self.is_configured() && self.sync().await.is_ok_and(|sync| sync.connection.is_none())
    }

    /// Connects the account of these credentials: the vendor is asked for its name, and they are sealed.
    ///
    /// # Errors
    /// The refusal of the vendor.
    pub async fn connect(&self, credentials: &Credentials) -> Result<CrmConnection, Refusal> {
        let account = self.account_of(credentials).await?;
        Ok(CrmConnection { token: self.sealed(&credentials_text(credentials)), account, app: None })
    }

    async fn account_of(&self, credentials: &Credentials) -> Result<CrmAccountName, Refusal> {
        let crm = self.with(credentials).map_err(|words| Refusal::Rejected { words })?;
        self.asked(crm.account()).await.map(named)
    }

    /// Stores the account of the credentials in the configuration, which no member connects.
    pub async fn know_configured(&self) {
        if !self.is_configured() {
            return;
        }
        let (account, problem) = match self.account_of(&self.configured.credentials).await {
            Ok(account) => (Some(account), String::new()),
            Err(refusal) => (None, refusal.to_string()),
        };
        let note = NoteCrmState { system: self.system(), problem, account, now: self.core.clock.now() };
        if let Err(error) = self.core.writer.commit(note).await {
            tracing::warn!(crm = self.label(), %error, "the account of a CRM could not be recorded");
        }
    }

    /// The response of the CRM, if it comes in time.
    ///
    /// # Errors
    /// The refusal, or that it was late.
    pub async fn asked<T>(&self, asking: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
        let late = || Refusal::Retry { after: None, words: self.late() };
        timeout(PATIENCE, asking).await.unwrap_or_else(|_| Err(late()))
    }

    pub(crate) fn late(&self) -> String {
        format!("{} did not answer in time", self.label())
    }
}

/// The account as it is stored. Scopes that could not be checked are no reason against it.
pub(crate) fn named(account: CrmAccount) -> CrmAccountName {
    let CrmAccount { id, name, missing_scopes, unchecked_scopes, .. } = account;
    let unchecked_scopes = unchecked_scopes.map(|(scopes, words)| {
        tracing::warn!(account = id, words, "the scopes of an access to a CRM could not be checked");
        scopes
    });
    CrmAccountName { id, name, missing_scopes, unchecked_scopes: unchecked_scopes.unwrap_or_default() }
}
