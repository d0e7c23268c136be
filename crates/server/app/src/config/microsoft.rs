//! The app of Microsoft that asks members for the consent to read their calendars.

use super::Secret;
use anyhow::{Context, ensure};
use knock_microsoft::{API_URL, AUTHORITY_URL, VendorSettings};
use serde::{Deserialize, Serialize};
use url::Url;

/// The app, and the addresses of Microsoft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Microsoft {
    /// The public id of the app; empty: an admin enters the app in Settings.
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    /// The accounts that can consent: those of a tenant by its id or domain, `organizations`, or `common` for all.
    pub(crate) tenant: String,
    /// The address of Microsoft Graph.
    pub(crate) api_url: String,
    /// The address under which members sign in.
    pub(crate) authority_url: String,
}

impl Default for Microsoft {
    fn default() -> Microsoft {
        Microsoft {
            client_id: String::new(),
            client_secret: Secret::default(),
            tenant: "common".to_owned(),
            api_url: API_URL.to_owned(),
            authority_url: AUTHORITY_URL.to_owned(),
        }
    }
}

impl Microsoft {
    /// The configuration without secrets.
    pub(super) fn shown(&self) -> Microsoft {
        Microsoft { client_secret: self.client_secret.hidden(), ..self.clone() }
    }

    /// The addresses, after a check that the id and the secret of the app are both set or both empty.
    pub(crate) fn settings(&self) -> anyhow::Result<VendorSettings> {
        let is_whole = self.client_id.is_empty() == self.client_secret.is_empty();
        ensure!(is_whole, "`microsoft.client_id` and `microsoft.client_secret` are set together, or neither is");
        Ok(VendorSettings {
            api_url: Url::parse(&self.api_url).context("`microsoft.api_url` is no address")?,
            authority_url: Url::parse(&self.authority_url).context("`microsoft.authority_url` is no address")?,
        })
    }
}
