//! The requests of one account, with the token of the moment.

use crate::app::App;
use crate::client::{Call, Google};
use crate::oauth;
use crate::outcome::{self, Fault, Kind};
use knock_model::Millis;
use knock_oauth::{NoToken, RenewalFailure, Tokens};
use knock_ports::TokenStore;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Sends requests of one account.
pub(crate) struct Api {
    google: Arc<Google>,
    app: App,
    tokens: Tokens,
}

impl RenewalFailure for Fault {
    fn is_denied(&self) -> bool {
        self.kind == Kind::Denied
    }
}

impl Api {
    pub(crate) fn new(google: Arc<Google>, app: App, store: Arc<dyn TokenStore>) -> Api {
        Api { google, app, tokens: Tokens::new(store) }
    }

    pub(crate) fn now(&self) -> Millis {
        self.google.clock.now()
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn read<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, Fault> {
        outcome::parsed(&self.call(call).await?)
    }

    /// Sends a request. A token that is not accepted is renewed once.
    pub(crate) async fn call(&self, call: &Call<'_>) -> Result<Vec<u8>, Fault> {
        let token = self.token(None).await?;
        match self.google.call(call, &token).await {
            Err(fault) if fault.kind == Kind::Expired => {
                let token = self.token(Some(&token)).await?;
                self.google.call(call, &token).await
            }
            answered => answered,
        }
    }

    /// The token to send, renewed where it ends soon or is the one that was `refused`.
    async fn token(&self, refused: Option<&str>) -> Result<String, Fault> {
        let renewed = async |refresh: &str| oauth::refresh(&self.google, &self.app, refresh).await;
        let token = self.tokens.token(self.now(), refused, renewed).await;
        token.map_err(|none| match none {
            NoToken::Vendor(fault) => fault,
            NoToken::Store(error) => {
                Fault::new(Kind::Later(None), format!("the access to Google could not be read: {error}"))
            }
        })
    }
}
