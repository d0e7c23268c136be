//! The Slack app of the workspace.

use anyhow::{Context, ensure};
use knock_wire::RawSecret;
use serde::{Deserialize, Serialize};
use url::Url;

/// Where Slack answers.
const API_URL: &str = "https://slack.com/api/";

/// What lets the server in at Slack; where it is empty, it is set in the dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slack {
    /// What Slack signs its requests with.
    pub(crate) signing_secret: RawSecret,
    /// The token of the bot, which begins with `xoxb-`.
    pub(crate) bot_token: RawSecret,
    /// The address of the Web API, without the name of a method.
    pub(crate) api_url: String,
}

impl Default for Slack {
    fn default() -> Slack {
        Slack { signing_secret: RawSecret::default(), bot_token: RawSecret::default(), api_url: API_URL.to_owned() }
    }
}

impl Slack {
    /// The same without secrets.
    pub(super) fn shown(&self) -> Slack {
        let hidden = |secret: &RawSecret| if secret.reveal().is_empty() { "" } else { "***" }.to_owned().into();
        Slack {
            signing_secret: hidden(&self.signing_secret),
            bot_token: hidden(&self.bot_token),
            api_url: self.api_url.clone(),
        }
    }

    /// Whether both secrets stand here.
    pub(crate) fn is_set_up(&self) -> anyhow::Result<bool> {
        let has = [&self.bot_token, &self.signing_secret].map(|secret| !secret.reveal().is_empty());
        ensure!(has[0] == has[1], "`slack.bot_token` and `slack.signing_secret` are set together, or neither is");
        Ok(has[0])
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
        let text = toml::to_string(&both.shown()).expect("it has TOML");
        assert!(!text.contains("heron") && !text.contains("granite"), "{text}");
    }
}
