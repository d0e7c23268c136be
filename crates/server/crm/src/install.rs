//! Installation of an app in an account of a CRM, and the client of an installed one.

use crate::account::{SyncedCrm, named};
use crate::tokens::StoredTokens;
use knock_context::{Installer, NewTokens, tokens_text};
use knock_ports::{Credentials, Crm, CrmConnection, CrmOauthApp, CrmSync, Refusal, TokenStore};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The reason for which an app was not installed.
#[derive(Clone, Debug)]
pub enum NotInstalled {
    /// The vendor gives no tokens: the app, its secret, the redirect address or the code is wrong.
    App(Refusal),
    /// The vendor gave tokens, so that the app is right, but not the name of their account.
    Account(Refusal),
}

impl SyncedCrm {
    /// Where its installations belong.
    pub fn installer(&self) -> Installer {
        Installer { vendor: self.system().as_str(), page: "/app/settings/crm", parameter: Some("crm") }
    }

    /// The app that can be installed without new credentials: that of the configuration, or the installed one.
    pub fn known_app(&self, sync: &CrmSync) -> Option<Credentials> {
        if !self.configured.app.is_empty() {
            return Some(self.configured.app.clone());
        }
        self.opened_app(sync.connection.as_ref()?.app.as_ref()?).ok()
    }

    /// The page on which the vendor installs the app.
    pub fn authorize_url(&self, app: &Credentials, state: &str) -> String {
        self.vendor.authorize_url(app, &self.installer().redirect_uri(&self.core), state)
    }

    /// Exchanges a code for tokens, and requests the name of their account.
    ///
    /// # Errors
    /// The refusal of the vendor, and what it is about.
    pub async fn exchange(&self, app: &Credentials, code: &str) -> Result<CrmConnection, NotInstalled> {
        let redirect_uri = self.installer().redirect_uri(&self.core);
        let tokens = self.asked(self.vendor.exchange(app, code, &redirect_uri)).await.map_err(NotInstalled::App)?;
        let tokens = Arc::new(NewTokens::new(tokens));
        let store: Arc<dyn TokenStore> = Arc::<NewTokens>::clone(&tokens);
        let crm = self.vendor.installed(app, store).map_err(|words| NotInstalled::App(Refusal::Rejected { words }))?;
        let account = self.asked(crm.account()).await.map(named).map_err(NotInstalled::Account)?;
        let grant = hex::encode(self.core.chance.bytes16());
        let installed = CrmOauthApp { credentials: self.sealed_app(app), grant };
        Ok(CrmConnection { token: self.sealed(&tokens_text(&tokens.now())), account, app: Some(installed) })
    }

    /// The client of an installed app.
    pub(crate) fn installed(&self, app: &CrmOauthApp) -> Result<Arc<dyn Crm>, String> {
        self.cached(&format!("grant {}", app.grant), || {
            let (core, vendor, grant) = (self.core.clone(), Arc::clone(&self.vendor), app.grant.clone());
            let tokens = StoredTokens { core, vendor, grant, unreadable: self.unreadable() };
            self.vendor.installed(&self.current_app(app)?, Arc::new(tokens))
        })
    }

    /// The installed app, with the secrets of the configuration if it is the same app.
    fn current_app(&self, app: &CrmOauthApp) -> Result<Credentials, String> {
        let is_public = |name: &str| self.app_fields().any(|field| field.name == name && !field.is_secret);
        let mut public = self.configured.app.0.iter().filter(|(name, _)| is_public(name)).peekable();
        let is_configured = public.peek().is_some();
        if is_configured && public.all(|(name, value)| app.credentials.get(name) == Some(value)) {
            return Ok(self.configured.app.clone());
        }
        self.opened_app(app)
    }

    fn sealed_app(&self, app: &Credentials) -> BTreeMap<String, String> {
        let sealed = |(name, value): (&String, &String)| {
            (name.clone(), if self.is_secret(name) { self.sealed(value) } else { value.clone() })
        };
        app.0.iter().map(sealed).collect()
    }

    fn opened_app(&self, app: &CrmOauthApp) -> Result<Credentials, String> {
        let opened = |(name, value): (&String, &String)| {
            Ok((name.clone(), if self.is_secret(name) { self.opened(value)? } else { value.clone() }))
        };
        app.credentials.iter().map(opened).collect::<Result<_, String>>().map(Credentials)
    }

    fn is_secret(&self, name: &str) -> bool {
        self.app_fields().any(|field| field.name == name && field.is_secret)
    }

    fn app_fields(&self) -> impl Iterator<Item = &'static knock_ports::CredentialField> + use<> {
        self.vendor.app().into_iter().flat_map(|form| form.fields)
    }
}
