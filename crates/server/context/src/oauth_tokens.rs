//! OAuth tokens as the text that is sealed, and those of an access that is not stored yet.

use knock_model::Millis;
use knock_ports::{OauthTokens, TokenFuture, TokenStore};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// The tokens before sealing.
#[derive(Serialize, Deserialize)]
struct Text {
    access: String,
    refresh: String,
    expires_at: Millis,
}

/// The text of tokens.
pub fn tokens_text(tokens: &OauthTokens) -> String {
    let OauthTokens { access, refresh, expires_at } = tokens.clone();
    serde_json::to_string(&Text { access, refresh, expires_at }).expect("tokens have JSON")
}

/// Tokens from that text; none if it is no such text.
pub fn tokens_of(text: &str) -> Option<OauthTokens> {
    let Text { access, refresh, expires_at } = serde_json::from_str(text).ok()?;
    Some(OauthTokens { access, refresh, expires_at })
}

/// The tokens of an access that is not stored yet.
pub struct NewTokens(Mutex<OauthTokens>);

impl NewTokens {
    /// The tokens as they were granted.
    pub fn new(tokens: OauthTokens) -> NewTokens {
        NewTokens(Mutex::new(tokens))
    }

    /// The current tokens: renewed ones, if they were renewed.
    pub fn now(&self) -> OauthTokens {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl TokenStore for NewTokens {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        Box::pin(async { Ok(self.now()) })
    }

    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = tokens;
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_back_from_their_text() {
        let tokens = OauthTokens { access: "a".to_owned(), refresh: "r".to_owned(), expires_at: Millis(3_600_000) };
        assert_eq!(tokens_of(&tokens_text(&tokens)), Some(tokens));
        assert_eq!(tokens_of("{}"), None);
    }
}
