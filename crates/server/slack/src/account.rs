//! Credentials of the Slack workspace and its app: from the configuration, or stored sealed.

use knock_context::{Seal, ServerKey};
use knock_ports::{Chance, SlackApp, SlackOauthClient};
use knock_slack::{OauthApp, Token};
use knock_wire::RawSecret;
use serde::{Deserialize, Serialize};

const PURPOSE: &str = "slack";
const TOKEN: &[u8] = b"bot token";
const SIGNING_SECRET: &[u8] = b"signing secret";
const CLIENT_SECRET: &[u8] = b"client secret";

/// An app that a workspace can install.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct App {
    pub client_id: String,
    pub client_secret: RawSecret,
    pub signing_secret: RawSecret,
}

impl App {
    /// The app for the request of its token.
    pub fn oauth(&self, redirect_uri: String) -> OauthApp {
        let (client_id, client_secret) = (self.client_id.clone(), self.client_secret.reveal().to_owned());
        OauthApp { client_id, client_secret, redirect_uri }
    }
}

/// The token of the bot, and what Slack signs its requests with.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub token: Token,
    pub signing_secret: RawSecret,
    /// The app that the token was got by: its id and its secret. None where a person pasted the token.
    pub client: Option<(String, RawSecret)>,
}

impl Credentials {
    /// The credentials as they are stored.
    pub fn sealed(&self, key: &ServerKey, chance: &dyn Chance) -> SlackApp {
        let seal = |of| Seal { key, purpose: PURPOSE, of };
        SlackApp {
            token: seal(TOKEN).close(self.token.as_str(), chance),
            signing_secret: seal(SIGNING_SECRET).close(self.signing_secret.reveal(), chance),
            client: self.client.as_ref().map(|(id, secret)| SlackOauthClient {
                id: id.clone(),
                secret: seal(CLIENT_SECRET).close(secret.reveal(), chance),
            }),
        }
    }

    /// Those that are stored; none when `secret.key` is another one than it was.
    pub(crate) fn open(app: &SlackApp, key: &ServerKey) -> Option<Credentials> {
        let open = |of, sealed| Seal { key, purpose: PURPOSE, of }.open(sealed);
        let token = Token::parse(&open(TOKEN, &app.token)?).ok()?;
        let client = app.client.as_ref().and_then(|client| {
            let secret = open(CLIENT_SECRET, &client.secret)?;
            Some((client.id.clone(), secret.into()))
        });
        Some(Credentials { token, signing_secret: open(SIGNING_SECRET, &app.signing_secret)?.into(), client })
    }

    /// With the token that an installation of this app got.
    pub fn installed(app: &App, token: Token) -> Credentials {
        let client = Some((app.client_id.clone(), app.client_secret.clone()));
        Credentials { token, signing_secret: app.signing_secret.clone(), client }
    }

    /// The app, where it can be installed again.
    pub(crate) fn app(&self) -> Option<App> {
        let (client_id, client_secret) = self.client.clone()?;
        Some(App { client_id, client_secret, signing_secret: self.signing_secret.clone() })
    }
}
