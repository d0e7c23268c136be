//! Credentials of requests: the token of a private app, or an OAuth token that is renewed.

use crate::oauth::{self, OAuthApp, Renewal};
use crate::outcome::{Fault, Kind};
use knock_model::Millis;
use knock_ports::{CrmTokens, StoreError, TokenStore};
use std::fmt;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The time before its expiry at which a token is renewed.
const BEFORE: Millis = Millis(60_000);

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
pub(crate) struct Tokens {
    access: Access,
    /// Held while it is renewed, so that one request does it and the others wait for that.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    tokens: Option<CrmTokens>,
    is_unsaved: bool,
}

impl Tokens {
    pub(crate) fn new(access: Access) -> Tokens {
        Tokens { access, known: Mutex::default() }
    }

    pub(crate) fn is_private(&self) -> bool {
        self.access.is_private()
    }

    /// The installed app; none of a private app.
    pub(crate) fn app(&self) -> Option<&OAuthApp> {
        match &self.access {
            Access::PrivateApp { .. } => None,
            Access::OAuth { app, .. } => Some(app),
        }
    }

    /// The token to send, renewed where it ends soon or is the one that was `refused`.
    pub(crate) async fn token(&self, renewal: &Renewal<'_>, refused: Option<&str>) -> Result<String, Fault> {
        let (app, store) = match &self.access {
            Access::PrivateApp { token } => return Ok(token.clone()),
            Access::OAuth { app, store } => (app, store),
        };
        let mut known = self.known.lock().await;
        let is_good =
            |tokens: &CrmTokens| refused != Some(&tokens.access) && renewal.clock.now() + BEFORE < tokens.expires_at;
        if known.is_unsaved
            && let Some(tokens) = &known.tokens
        {
            known.is_unsaved = store.save(tokens.clone()).await.is_err();
        }
        if let Some(tokens) = known.tokens.as_ref().filter(|tokens| is_good(tokens)) {
            return Ok(tokens.access.clone());
        }
        // Another server may have renewed it.
        let stored = if known.is_unsaved { known.tokens.clone() } else { None };
        let stored = match stored {
            Some(newest) => newest,
            None => store.load().await.map_err(unstored)?,
        };
        let tokens =
            if is_good(&stored) { stored } else { self.renew(renewal, app, store, &stored, &mut known).await? };
        let access = tokens.access.clone();
        known.tokens = Some(tokens);
        Ok(access)
    }

    async fn renew(
        &self,
        renewal: &Renewal<'_>,
        app: &OAuthApp,
        store: &Arc<dyn TokenStore>,
        old: &CrmTokens,
        known: &mut Known,
    ) -> Result<CrmTokens, Fault> {
        let tokens = match oauth::refresh(renewal, app, &old.refresh).await {
            Ok(tokens) => tokens,
            // Another server may have renewed it meanwhile, which ends a refresh token that is good once.
            Err(fault) if fault.kind == Kind::Denied => {
                let stored = store.load().await.map_err(unstored)?;
                return if stored == *old { Err(fault) } else { Ok(stored) };
            }
            Err(fault) => return Err(fault),
        };
        // The old refresh token may be worth nothing now: what cannot be stored is tried again with the next request.
        known.is_unsaved = store.save(tokens.clone()).await.is_err();
        Ok(tokens)
    }
}

fn unstored(error: StoreError) -> Fault {
    Fault::new(Kind::Later(None), format!("the access to HubSpot could not be read: {error}"))
}
