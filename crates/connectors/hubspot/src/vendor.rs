//! HubSpot as a vendor: the two ways to connect an account, by the token of a private app or by installing an app.

use crate::access::Access;
use crate::hubspot::{HubSpot, Settings};
use crate::limiter::{Limits, OAUTH_APP, PRIVATE_APP};
use crate::oauth::{self, OAuthApp};
use crate::scopes::SCOPES;
use knock_model::CrmSystem;
use knock_outbound::Outbound;
use knock_ports::{
    Clock, CredentialField, CredentialForm, Credentials, Crm, CrmFuture, CrmVendor, OauthTokens, TokenStore,
};
use std::sync::Arc;
use url::Url;

/// The name of the token in credentials.
pub const TOKEN: &str = "token";
/// The names of the parts of an app in credentials.
pub const CLIENT_ID: &str = "client_id";
pub const CLIENT_SECRET: &str = "client_secret";

const PRIVATE: CredentialForm = CredentialForm {
    fields: &[CredentialField {
        name: TOKEN,
        label: "Access token",
        hint: "",
        is_secret: true,
        longest: 2_000,
        wrong: "is empty, longer than 2000 bytes, or has characters that no token has",
    }],
    steps: &[
        "In HubSpot, make a private app with these scopes, except oauth.",
        "Copy its access token.",
        "Paste it here. Nothing is written before you switch that on.",
    ],
};

const APP: CredentialForm = CredentialForm {
    fields: &[
        CredentialField {
            name: CLIENT_ID,
            label: "Client ID",
            hint: "The public id of the app.",
            is_secret: false,
            longest: 200,
            wrong: "is no client ID: it stands under Auth of the app in HubSpot",
        },
        CredentialField {
            name: CLIENT_SECRET,
            label: "Client secret",
            hint: "",
            is_secret: true,
            longest: 200,
            wrong: "is no client secret: it stands under Auth of the app in HubSpot",
        },
    ],
    steps: &[
        "Make an app in HubSpot with these scopes and the redirect URL /hooks/hubspot/oauth at the public address of this server, and copy its client ID and client secret. Nothing is written before you switch that on.",
    ],
};

/// The addresses of HubSpot.
#[derive(Clone, Debug)]
pub struct VendorSettings {
    /// The address of the API: `https://api.hubapi.com`, or a gateway.
    pub api_url: Url,
    /// The page on which an app is installed.
    pub authorize_url: Url,
}

/// HubSpot.
pub struct HubSpotVendor {
    system: CrmSystem,
    settings: VendorSettings,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
}

impl HubSpotVendor {
    /// HubSpot at these addresses.
    pub fn new(outbound: Outbound, clock: Arc<dyn Clock>, settings: VendorSettings) -> HubSpotVendor {
        HubSpotVendor { system: CrmSystem::Hubspot, settings, outbound, clock }
    }

    /// The same in the place of another CRM, for tests that nothing above the port depends on this one.
    #[must_use]
    pub fn in_place_of(self, system: CrmSystem) -> HubSpotVendor {
        HubSpotVendor { system, ..self }
    }

    fn client(&self, access: Access, limits: Limits) -> Arc<dyn Crm> {
        let settings = Settings { api_url: self.settings.api_url.clone(), access, limits };
        Arc::new(HubSpot::new(self.outbound.clone(), Arc::clone(&self.clock), settings))
    }
}

impl CrmVendor for HubSpotVendor {
    fn system(&self) -> CrmSystem {
        self.system
    }

    fn scopes(&self) -> &'static [&'static str] {
        &SCOPES
    }

    fn credentials(&self) -> Option<CredentialForm> {
        Some(PRIVATE)
    }

    fn app(&self) -> Option<CredentialForm> {
        Some(APP)
    }

    fn endpoint(&self) -> &str {
        self.settings.api_url.as_str()
    }

    fn connect(&self, credentials: &Credentials) -> Result<Arc<dyn Crm>, String> {
        Ok(self.client(Access::PrivateApp { token: credentials.get(TOKEN).to_owned() }, PRIVATE_APP))
    }

    fn installed(&self, app: &Credentials, tokens: Arc<dyn TokenStore>) -> Result<Arc<dyn Crm>, String> {
        Ok(self.client(Access::OAuth { app: oauth_app(app), store: tokens }, OAUTH_APP))
    }

    fn authorize_url(&self, app: &Credentials, redirect_uri: &str, state: &str) -> String {
        oauth::authorize_url(&self.settings.authorize_url, &oauth_app(app), redirect_uri, state).into()
    }

    fn exchange<'v>(
        &'v self,
        app: &'v Credentials,
        code: &'v str,
        redirect_uri: &'v str,
    ) -> CrmFuture<'v, OauthTokens> {
        let (base, clock) = (&self.settings.api_url, &*self.clock);
        Box::pin(
            async move { oauth::exchange(&self.outbound, base, clock, &oauth_app(app), (code, redirect_uri)).await },
        )
    }
}

fn oauth_app(app: &Credentials) -> OAuthApp {
    OAuthApp { client_id: app.get(CLIENT_ID).to_owned(), client_secret: app.get(CLIENT_SECRET).to_owned() }
}
