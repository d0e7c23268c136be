//! Credentials of requests: the token of a private app, or an OAuth token that is renewed.

use crate::oauth::{self, OAuthApp, Renewal};
use crate::outcome::{Fault, Kind};
use knock_oauth::{NoToken, RenewalFailure};
use knock_ports::{StoreError, TokenStore};
use std::fmt;
use std::sync::Arc;

/// The access to HubSpot.
#[derive(Clone)]
pub enum Access {
    /// By the token of a private app, which does not end.
    PrivateApp { token: String },
    /// By an app that the account has installed.
    OAuth { app: OAuthApp, store: Arc<dyn TokenStore> },
}

impl fmt::Debug for Access {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.is_private() { "PrivateApp" } else { "OAuth" })
    }
}

impl Access {
    /// Whether it is the token of a private app.
    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Access::PrivateApp { .. })
    }
}

/// The token of the moment.
pub(crate) enum Tokens {
    PrivateApp(String),
    OAuth { app: OAuthApp, tokens: knock_oauth::Tokens },
}

impl RenewalFailure for Fault {
    fn is_denied(&self) -> bool {
        self.kind == Kind::Denied
    }
}

impl Tokens {
    pub(crate) fn new(access: Access) -> Tokens {
        match access {
            Access::PrivateApp { token } => Tokens::PrivateApp(token),
            Access::OAuth { app, store } => Tokens::OAuth { app, tokens: knock_oauth::Tokens::new(store) },
        }
    }

    pub(crate) fn is_private(&self) -> bool {
        matches!(self, Tokens::PrivateApp(_))
    }

    /// The installed app; none of a private app.
    pub(crate) fn app(&self) -> Option<&OAuthApp> {
        match self {
            Tokens::PrivateApp(_) => None,
            Tokens::OAuth { app, .. } => Some(app),
        }
    }

    /// The token to send, renewed where it ends soon or is the one that was `refused`.
    pub(crate) async fn token(&self, renewal: &Renewal<'_>, refused: Option<&str>) -> Result<String, Fault> {
        let (app, tokens) = match self {
            Tokens::PrivateApp(token) => return Ok(token.clone()),
            Tokens::OAuth { app, tokens } => (app, tokens),
        };
        let renewed = async |refresh: &str| oauth::refresh(renewal, app, refresh).await;
        tokens.token(renewal.clock.now(), refused, renewed).await.map_err(|none| match none {
            NoToken::Vendor(fault) => fault,
            NoToken::Store(error) => unstored(&error),
        })
    }
}

fn unstored(error: &StoreError) -> Fault {
    Fault::new(Kind::Later(None), format!("the access to HubSpot could not be read: {error}"))
}
