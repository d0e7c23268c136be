//! What lets the server in at Slack: from the configuration, or stored sealed.

use crate::config;
use crate::data::server_key::ServerKey;
use crate::sealed::Seal;
use anyhow::Context;
use knock_ports::{Chance, SlackApp};
use knock_slack::Token;
use knock_wire::RawSecret;

const PURPOSE: &str = "slack";
const TOKEN: &[u8] = b"bot token";
const SIGNING_SECRET: &[u8] = b"signing secret";

/// The token of the bot, and what Slack signs its requests with.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    pub(crate) token: Token,
    pub(crate) signing_secret: RawSecret,
}

impl Credentials {
    /// Those of the configuration.
    pub(super) fn configured(config: &config::Slack) -> anyhow::Result<Credentials> {
        let token = Token::parse(config.bot_token.reveal()).context("`slack.bot_token`")?;
        Ok(Credentials { token, signing_secret: config.signing_secret.clone() })
    }

    /// As they are stored.
    pub(crate) fn sealed(&self, key: &ServerKey, chance: &dyn Chance) -> SlackApp {
        let seal = |of| Seal { key, purpose: PURPOSE, of };
        SlackApp {
            token: seal(TOKEN).close(self.token.as_str(), chance),
            signing_secret: seal(SIGNING_SECRET).close(self.signing_secret.reveal(), chance),
        }
    }

    /// Those that are stored; none when `secret.key` is another one than it was.
    pub(super) fn open(app: &SlackApp, key: &ServerKey) -> Option<Credentials> {
        let open = |of, sealed| Seal { key, purpose: PURPOSE, of }.open(sealed);
        let token = Token::parse(&open(TOKEN, &app.token)?).ok()?;
        Some(Credentials { token, signing_secret: open(SIGNING_SECRET, &app.signing_secret)?.into() })
    }
}
