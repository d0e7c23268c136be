//! The Slack app of the workspace.

use anyhow::{Context, ensure};
use knock_slack::Token;
use knock_wire::RawSecret;
use serde::{Deserialize, Serialize};
use url::Url;

/// The address of Slack's API.
const API_URL: &str = "https://slack.com/api/";

/// The credentials for Slack; if empty, they are set in the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slack {
    /// The secret that signs Slack's requests.
    pub(crate) signing_secret: RawSecret,
    /// The token of the bot, which begins with `xoxb-`.
    pub(crate) bot_token: RawSecret,
    /// The public id of the app that a workspace installs.
    pub(crate) client_id: String,
    pub(crate) client_secret: RawSecret,
    /// The address of the Web API, without the name of a method.
    pub(crate) api_url: String,
}

impl Default for Slack {
    fn default() -> Slack {
        let none = RawSecret::default;
        let (signing_secret, bot_token, client_secret) = (none(), none(), none());
        Slack { signing_secret, bot_token, client_id: String::new(), client_secret, api_url: API_URL.to_owned() }
    }
}

impl Slack {
    /// The configuration without secrets.
    pub(super) fn shown(&self) -> Slack {
        let hidden = |secret: &RawSecret| if secret.reveal().is_empty() { "" } else { "***" }.to_owned().into();
        Slack {
            signing_secret: hidden(&self.signing_secret),
            bot_token: hidden(&self.bot_token),
            client_id: self.client_id.clone(),
            client_secret: hidden(&self.client_secret),
            api_url: self.api_url.clone(),
        }
    }

    /// Whether the token is in the configuration, so that nothing is installed.
    fn is_set_up(&self) -> anyhow::Result<bool> {
        let [token, signing, secret] =
            [&self.bot_token, &self.signing_secret, &self.client_secret].map(|secret| !secret.reveal().is_empty());
        let id = !self.client_id.is_empty();
        ensure!(id == secret, "`slack.client_id` and `slack.client_secret` are set together, or neither is");
        ensure!(
            signing == (token || id),
            "`slack.signing_secret` is set together with `slack.bot_token`, or with `slack.client_id` and \
             `slack.client_secret`"
        );
        Ok(token)
    }

    /// The token of the configuration; none where an app is installed.
    pub(crate) fn token(&self) -> anyhow::Result<Option<Token>> {
        let is_set_up = self.is_set_up()?;
        is_set_up.then(|| Token::parse(self.bot_token.reveal()).context("`slack.bot_token`")).transpose()
    }

    /// The address of the Web API.
    pub(crate) fn api(&self) -> anyhow::Result<Url> {
        let url = Url::parse(&self.api_url).context("`slack.api_url` is no address")?;
        let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
        ensure!(is_web, "`slack.api_url` must begin with https:// or http://");
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_without_the_other_is_refused_and_neither_is_shown() {
        let secret = |text: &str| RawSecret::from(text.to_owned());
        let both = Slack { bot_token: secret("xoxb-heron"), signing_secret: secret("granite"), ..Slack::default() };
        assert!(both.is_set_up().expect("good"));
        assert!(!Slack::default().is_set_up().expect("good"));
        let one = Slack { bot_token: secret("xoxb-heron"), ..Slack::default() };
        assert!(one.is_set_up().is_err());
        let app = Slack { client_id: "1.2".into(), client_secret: secret("flint"), ..Slack::default() };
        assert!(app.is_set_up().is_err(), "what Slack signs with is wanted");
        let app = Slack { signing_secret: secret("granite"), ..app };
        assert!(!app.is_set_up().expect("good"), "the app has to be installed");
        assert!(Slack { client_id: String::new(), ..app.clone() }.is_set_up().is_err());
        for shown in [both.shown(), app.shown()] {
            let text = toml::to_string(&shown).expect("it has TOML");
            assert!(!["heron", "granite", "flint"].iter().any(|secret| text.contains(secret)), "{text}");
        }
    }
}
