//! Sync with a CRM: access, mapping and state.

use knock_model::{CrmSystem, LeadId};
use knock_wire::{
    CrmCredentials, CrmDraft, CrmDryRun, CrmHealth, CrmLog, CrmPause, CrmProperties, CrmRetry, CrmSettings, CrmSystems,
    InstallStarted,
};

use super::{Client, Failure, Method, json};

impl Client {
    /// The CRMs, and which of them can be connected.
    pub(crate) async fn crm_systems(&self) -> Result<CrmSystems, Failure> {
        self.get("/api/v1/crm".to_owned()).await
    }

    pub(crate) async fn crm(&self, of: CrmSystem) -> Result<CrmSettings, Failure> {
        self.get(path(of, "")).await
    }

    pub(crate) async fn save_crm(&self, of: CrmSystem, draft: &CrmDraft) -> Result<CrmSettings, Failure> {
        self.ask(Method::Put, path(of, ""), Some(json(draft)?)).await
    }

    /// Connects an account by its credentials.
    pub(crate) async fn connect_crm(&self, of: CrmSystem, by: &CrmCredentials) -> Result<CrmSettings, Failure> {
        self.ask(Method::Post, path(of, "/connect"), Some(json(by)?)).await
    }

    /// Starts the installation of an app; without credentials, of the known one.
    pub(crate) async fn install_crm(&self, of: CrmSystem, app: &CrmCredentials) -> Result<InstallStarted, Failure> {
        self.ask(Method::Post, path(of, "/install"), Some(json(app)?)).await
    }

    /// Deletes the access.
    pub(crate) async fn disconnect_crm(&self, of: CrmSystem) -> Result<(), Failure> {
        self.done(Method::Delete, path(of, ""), None).await
    }

    /// The current properties of contacts and companies.
    pub(crate) async fn crm_properties(&self, of: CrmSystem) -> Result<CrmProperties, Failure> {
        self.get(path(of, "/properties")).await
    }

    /// Creates the missing standard properties of contacts, or of companies, and maps them.
    pub(crate) async fn create_crm_properties(&self, of: CrmSystem, of_company: bool) -> Result<CrmSettings, Failure> {
        let rest = if of_company { "/fields?object=company" } else { "/fields" };
        self.ask(Method::Post, path(of, rest), None).await
    }

    /// The writes that CRM Sync would make now.
    pub(crate) async fn crm_dry_run(&self, of: CrmSystem) -> Result<CrmDryRun, Failure> {
        self.ask(Method::Post, path(of, "/dry-run"), None).await
    }

    /// The write log of a contact, of all CRMs.
    pub(crate) async fn crm_log(&self, of: LeadId) -> Result<CrmLog, Failure> {
        self.get(format!("/api/v1/contacts/{of}/crm")).await
    }

    pub(crate) async fn crm_health(&self, of: CrmSystem) -> Result<CrmHealth, Failure> {
        self.get(path(of, "/health")).await
    }

    /// Retries parked writes: one, or all of them.
    pub(crate) async fn retry_crm(&self, of: CrmSystem, number: Option<i64>) -> Result<(), Failure> {
        self.post(path(of, "/retry"), json(&CrmRetry { number })?).await
    }

    /// Writes all leads again.
    pub(crate) async fn resync_crm(&self, of: CrmSystem) -> Result<CrmHealth, Failure> {
        self.ask(Method::Post, path(of, "/resync"), None).await
    }

    /// Pauses or resumes the writes.
    pub(crate) async fn pause_crm(&self, of: CrmSystem, is_paused: bool) -> Result<(), Failure> {
        self.post(path(of, "/pause"), json(&CrmPause { is_paused })?).await
    }
}

/// A path of a CRM.
fn path(of: CrmSystem, rest: &str) -> String {
    format!("/api/v1/crm/{}{rest}", of.as_str())
}
