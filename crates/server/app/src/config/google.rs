//! The app of Google that asks members for the consent to read their calendars.

use super::Secret;
use anyhow::{Context, ensure};
use knock_google::{API_URL, AUTHORIZE_URL, REVOKE_URL, Settings, TOKEN_URL};
use serde::{Deserialize, Serialize};
use url::Url;

/// The app, and the addresses of Google.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Google {
    /// The public id of the app; empty: an admin enters the app in Settings.
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    /// The address below which the Calendar API is.
    pub(crate) api_url: String,
    /// The page on which a member consents.
    pub(crate) authorize_url: String,
    pub(crate) token_url: String,
    pub(crate) revoke_url: String,
}

impl Default for Google {
    fn default() -> Google {
        Google {
            client_id: String::new(),
            client_secret: Secret::default(),
            api_url: API_URL.to_owned(),
            authorize_url: AUTHORIZE_URL.to_owned(),
            token_url: TOKEN_URL.to_owned(),
            revoke_url: REVOKE_URL.to_owned(),
        }
    }
}

impl Google {
    /// The configuration without secrets.
    pub(super) fn shown(&self) -> Google {
        Google { client_secret: self.client_secret.hidden(), ..self.clone() }
    }

    /// The addresses, after a check that the id and the secret of the app are both set or both empty.
    pub(crate) fn settings(&self) -> anyhow::Result<Settings> {
        let is_whole = self.client_id.is_empty() == self.client_secret.is_empty();
        ensure!(is_whole, "`google.client_id` and `google.client_secret` are set together, or neither is");
        Ok(Settings {
            api_url: Url::parse(&self.api_url).context("`google.api_url` is no address")?,
            authorize_url: Url::parse(&self.authorize_url).context("`google.authorize_url` is no address")?,
            token_url: Url::parse(&self.token_url).context("`google.token_url` is no address")?,
            revoke_url: Url::parse(&self.revoke_url).context("`google.revoke_url` is no address")?,
        })
    }
}
