//! The account of HubSpot that leads are synced with.

use super::Secret;
use anyhow::{Context, ensure};
use knock_hubspot::AUTHORIZE_URL;
use serde::{Deserialize, Serialize};
use url::Url;

/// The addresses of HubSpot, and the credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HubSpot {
    /// The token of a private app; empty: an admin connects an account in Settings.
    pub(crate) token: Secret,
    /// The public id of the app that an account installs.
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    pub(crate) api_url: String,
    /// The page on which an app is installed.
    pub(crate) authorize_url: String,
}

impl Default for HubSpot {
    fn default() -> HubSpot {
        HubSpot {
            token: Secret::default(),
            client_id: String::new(),
            client_secret: Secret::default(),
            api_url: "https://api.hubapi.com".to_owned(),
            authorize_url: AUTHORIZE_URL.to_owned(),
        }
    }
}

impl HubSpot {
    /// The configuration without secrets.
    pub(super) fn shown(&self) -> HubSpot {
        HubSpot { token: self.token.hidden(), client_secret: self.client_secret.hidden(), ..self.clone() }
    }

    /// The addresses of the API and of the page on which an app is installed, after a check that the id and the secret of
    /// the app are both set or both empty.
    pub(crate) fn addresses(&self) -> anyhow::Result<(Url, Url)> {
        let is_whole = self.client_id.is_empty() == self.client_secret.is_empty();
        ensure!(is_whole, "`hubspot.client_id` and `hubspot.client_secret` are set together, or neither is");
        let api_url = Url::parse(&self.api_url).context("`hubspot.api_url` is no address")?;
        Ok((api_url, Url::parse(&self.authorize_url).context("`hubspot.authorize_url` is no address")?))
    }
}
