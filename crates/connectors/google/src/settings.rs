//! The addresses of Google, and the name of an account's own.

use url::Url;

/// The name of the account's address in credentials.
pub const EMAIL: &str = "email";

/// Google's own addresses.
pub const API_URL: &str = "https://www.googleapis.com";
pub const AUTHORIZE_URL: &str = "https://accounts.google.com/o/oauth2/v2/auth";
pub const TOKEN_URL: &str = "https://oauth2.googleapis.com/token";
pub const REVOKE_URL: &str = "https://oauth2.googleapis.com/revoke";

/// The addresses of Google.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address below which `/calendar/v3` is: [`API_URL`], or a gateway.
    pub api_url: Url,
    /// The page on which a member consents.
    pub authorize_url: Url,
    /// Where codes and refresh tokens become access tokens.
    pub token_url: Url,
    /// Where a consent ends.
    pub revoke_url: Url,
}
