//! OAuth tokens of one access: loaded from where every server finds them, and renewed once for all requests.
//!
//! The request that renews them is the vendor's; when it is made and what is stored of it stands here.

use knock_model::Millis;
use knock_ports::{OauthTokens, StoreError, TokenStore};
use std::sync::Arc;
use tokio::sync::Mutex;

/// The time before its expiry at which a token is renewed.
const BEFORE: Millis = Millis(60_000);

/// The reason for which there is no token.
#[derive(Debug)]
pub enum NoToken<E> {
    /// The renewal failed; whether the access is over is the vendor's to say.
    Vendor(E),
    /// The stored tokens could not be read.
    Store(StoreError),
}

/// A failure of a renewal.
pub trait RenewalFailure {
    /// Whether the refresh token is not accepted, so that waiting does not help.
    fn is_denied(&self) -> bool;
}

/// The token of the moment.
pub struct Tokens {
    store: Arc<dyn TokenStore>,
    /// Held while it is renewed, so that one request does it and the others wait for that.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    tokens: Option<OauthTokens>,
    is_unsaved: bool,
}

impl Tokens {
    /// Tokens of an access; nothing is read yet.
    pub fn new(store: Arc<dyn TokenStore>) -> Tokens {
        Tokens { store, known: Mutex::default() }
    }

    /// The token to send, renewed by `renew` where it ends soon or is the one that was `refused`. `renew` has the
    /// refresh token.
    ///
    /// # Errors
    /// The failure of the renewal, or of reading what is stored.
    pub async fn token<E: RenewalFailure>(
        &self,
        now: Millis,
        refused: Option<&str>,
        renew: impl AsyncFnOnce(&str) -> Result<OauthTokens, E>,
    ) -> Result<String, NoToken<E>> {
        let mut known = self.known.lock().await;
        let is_good = |tokens: &OauthTokens| refused != Some(&tokens.access) && now + BEFORE < tokens.expires_at;
        if known.is_unsaved
            && let Some(tokens) = &known.tokens
        {
            known.is_unsaved = self.store.save(tokens.clone()).await.is_err();
        }
        if let Some(tokens) = known.tokens.as_ref().filter(|tokens| is_good(tokens)) {
            return Ok(tokens.access.clone());
        }
        // Another server may have renewed it.
        let stored = match known.tokens.clone().filter(|_| known.is_unsaved) {
            Some(newest) => newest,
            None => self.store.load().await.map_err(NoToken::Store)?,
        };
        let tokens = if is_good(&stored) { stored } else { self.renew(&stored, renew, &mut known).await? };
        let access = tokens.access.clone();
        known.tokens = Some(tokens);
        Ok(access)
    }

    async fn renew<E: RenewalFailure>(
        &self,
        old: &OauthTokens,
        renew: impl AsyncFnOnce(&str) -> Result<OauthTokens, E>,
        known: &mut Known,
    ) -> Result<OauthTokens, NoToken<E>> {
        let tokens = match renew(&old.refresh).await {
            Ok(tokens) => tokens,
            // Another server may have renewed it meanwhile, which ends a refresh token that is good once.
            Err(failure) if failure.is_denied() => {
                let stored = self.store.load().await.map_err(NoToken::Store)?;
                return if stored == *old { Err(NoToken::Vendor(failure)) } else { Ok(stored) };
            }
            Err(failure) => return Err(NoToken::Vendor(failure)),
        };
        // The old refresh token may be worth nothing now: what cannot be stored is tried again with the next request.
        known.is_unsaved = self.store.save(tokens.clone()).await.is_err();
        Ok(tokens)
    }
}
