//! Storage of OAuth tokens.

use crate::StoreError;
use knock_model::Millis;
use std::fmt;
use std::pin::Pin;

/// The tokens of an OAuth access. The debug output contains neither.
#[derive(Clone, PartialEq, Eq)]
pub struct OauthTokens {
    /// The token of requests.
    pub access: String,
    /// The token that gets the next access token.
    pub refresh: String,
    /// The expiry of the access token.
    pub expires_at: Millis,
}

impl fmt::Debug for OauthTokens {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OauthTokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A reading or writing of tokens in progress.
pub type TokenFuture<'s, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 's>>;

/// Stores the tokens of one access, sealed.
pub trait TokenStore: Send + Sync {
    /// Returns the tokens that any server stored last.
    fn load(&self) -> TokenFuture<'_, OauthTokens>;

    /// Stores newer tokens.
    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()>;
}
