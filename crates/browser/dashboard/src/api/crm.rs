//! Sync with a CRM: access, mapping and state.

use knock_model::LeadId;
use knock_wire::{
    CrmAccess, CrmDraft, CrmDryRun, CrmHealth, CrmInstall, CrmLog, CrmPause, CrmProperties, CrmRetry, CrmSettings,
    InstallStarted, RawSecret,
};

use super::{Client, Failure, Method, json};

const PATH: &str = "/api/v1/crm/hubspot";

impl Client {
    pub(crate) async fn crm(&self) -> Result<CrmSettings, Failure> {
        self.get(PATH.to_owned()).await
    }

    pub(crate) async fn save_crm(&self, draft: &CrmDraft) -> Result<CrmSettings, Failure> {
        self.ask(Method::Put, PATH.to_owned(), Some(json(draft)?)).await
    }

    /// Connects an account by its token.
    pub(crate) async fn connect_crm(&self, token: RawSecret) -> Result<CrmSettings, Failure> {
        self.ask(Method::Post, format!("{PATH}/connect"), Some(json(&CrmAccess { token })?)).await
    }

    /// Starts the installation of an app.
    pub(crate) async fn install_crm(&self, app: &CrmInstall) -> Result<InstallStarted, Failure> {
        self.ask(Method::Post, format!("{PATH}/install"), Some(json(app)?)).await
    }

    /// Deletes the access.
    pub(crate) async fn disconnect_crm(&self) -> Result<(), Failure> {
        self.done(Method::Delete, PATH.to_owned(), None).await
    }

    /// The current properties of contacts.
    pub(crate) async fn crm_properties(&self) -> Result<CrmProperties, Failure> {
        self.get(format!("{PATH}/properties")).await
    }

    /// Creates the missing standard properties and maps them.
    pub(crate) async fn create_crm_properties(&self) -> Result<CrmSettings, Failure> {
        self.ask(Method::Post, format!("{PATH}/fields"), None).await
    }

    /// The writes that CRM Sync would make now.
    pub(crate) async fn crm_dry_run(&self) -> Result<CrmDryRun, Failure> {
        self.ask(Method::Post, format!("{PATH}/dry-run"), None).await
    }

    /// The write log of a contact.
    pub(crate) async fn crm_log(&self, of: LeadId) -> Result<CrmLog, Failure> {
        self.get(format!("/api/v1/contacts/{of}/crm")).await
    }

    pub(crate) async fn crm_health(&self) -> Result<CrmHealth, Failure> {
        self.get(format!("{PATH}/health")).await
    }

    /// Retries parked writes: one, or all of them.
    pub(crate) async fn retry_crm(&self, number: Option<i64>) -> Result<(), Failure> {
        self.post(format!("{PATH}/retry"), json(&CrmRetry { number })?).await
    }

    /// Writes all leads again.
    pub(crate) async fn resync_crm(&self) -> Result<CrmHealth, Failure> {
        self.ask(Method::Post, format!("{PATH}/resync"), None).await
    }

    /// Pauses or resumes the writes.
    pub(crate) async fn pause_crm(&self, is_paused: bool) -> Result<(), Failure> {
        self.post(format!("{PATH}/pause"), json(&CrmPause { is_paused })?).await
    }
}
