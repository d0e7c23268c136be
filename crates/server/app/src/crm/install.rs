//! Installation of an app to an account of HubSpot, and the client of an installed one.

use super::tokens::{NewTokens, StoredTokens, seal, written};
use super::{HubSpotAccount, UNREADABLE, asked, named};
use crate::oauth::Vendor;
use knock_hubspot::{Access, HubSpot, OAUTH_APP, OAuthApp, Settings, authorize_url, exchange};
use knock_ports::{Crm, CrmConnection, CrmOauthApp, CrmSync, Refusal, TokenStore};
use knock_wire::RawSecret;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex};
use url::Url;

/// An app that an account can install.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct App {
    pub(crate) client_id: String,
    pub(crate) client_secret: RawSecret,
}

impl App {
    fn oauth(&self) -> OAuthApp {
        let (client_id, client_secret) = (self.client_id.clone(), self.client_secret.reveal().to_owned());
        OAuthApp { client_id, client_secret }
    }
}

impl HubSpotAccount {
    /// The app that can be installed without new credentials: that of the configuration, or the installed one.
    pub(crate) fn known_app(&self, sync: &CrmSync) -> Option<App> {
        if !self.config.client_id.is_empty() {
            let (client_id, secret) = (self.config.client_id.clone(), self.config.client_secret.reveal().to_owned());
            return Some(App { client_id, client_secret: secret.into() });
        }
        let app = sync.connection.as_ref()?.app.as_ref()?;
        let client_secret = seal(&self.core, &self.api_url).open(&app.client_secret)?.into();
        Some(App { client_id: app.client_id.clone(), client_secret })
    }

    /// The page on which HubSpot installs the app.
    pub(crate) fn authorize_url(&self, app: &App, state: &RawSecret) -> Url {
        let redirect_uri = Vendor::HubSpot.redirect_uri(&self.core);
        authorize_url(&self.authorize_page, &app.oauth(), &redirect_uri, state.reveal())
    }

    /// Exchanges a code for tokens, and requests the name of their account.
    pub(crate) async fn exchange(&self, app: &App, code: &str) -> Result<CrmConnection, Refusal> {
        let (clock, redirect_uri) = (&*self.core.clock, Vendor::HubSpot.redirect_uri(&self.core));
        let back = (code, redirect_uri.as_str());
        let tokens = asked(exchange(&self.outbound, &self.api_url, clock, &app.oauth(), back)).await?;
        let tokens = Arc::new(NewTokens(Mutex::new(tokens)));
        let store: Arc<dyn TokenStore> = Arc::<NewTokens>::clone(&tokens);
        let account = asked(self.client(app.oauth(), store).account()).await.map(named)?;
        let installed = CrmOauthApp {
            client_id: app.client_id.clone(),
            client_secret: self.sealed(app.client_secret.reveal()),
            grant: hex::encode(self.core.chance.bytes16()),
        };
        Ok(CrmConnection { token: self.sealed(&written(&tokens.now())), account, app: Some(installed) })
    }

    /// The client of an installed app.
    pub(super) fn installed(&self, app: &CrmOauthApp) -> Result<Arc<HubSpot>, String> {
        self.cached(&format!("grant {}", app.grant), || {
            let secret = if self.config.client_id == app.client_id {
                self.config.client_secret.reveal().to_owned()
            } else {
                seal(&self.core, &self.api_url).open(&app.client_secret).ok_or(UNREADABLE)?
            };
            let oauth = OAuthApp { client_id: app.client_id.clone(), client_secret: secret };
            let (core, api_url, grant) = (self.core.clone(), self.api_url.clone(), app.grant.clone());
            Ok(self.client(oauth, Arc::new(StoredTokens { core, api_url, grant })))
        })
    }

    fn client(&self, app: OAuthApp, store: Arc<dyn TokenStore>) -> HubSpot {
        let (api_url, access) = (self.api_url.clone(), Access::OAuth { app, store });
        let settings = Settings { api_url, access, limits: OAUTH_APP };
        HubSpot::new(self.outbound.clone(), Arc::clone(&self.core.clock), settings)
    }
}
