//! Port for a provider of calendars: how an account there is connected.

use super::{CalendarAccount, CalendarFailure, CalendarFuture, PushMessage, Pushed};
use crate::{CredentialForm, Credentials, OauthTokens, TokenStore};
use knock_model::CalendarProvider;
use std::sync::Arc;

/// A field of credentials that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongField {
    /// Its name.
    pub field: &'static str,
    /// What is wrong, as the rest of a sentence that begins with the field.
    pub reason: String,
}

/// A provider of calendars. The product knows each by this alone.
pub trait CalendarVendor: Send + Sync {
    /// The provider.
    fn provider(&self) -> CalendarProvider;

    /// The credentials that connect an account at once; none if the provider has no such way.
    fn credentials(&self) -> Option<CredentialForm>;

    /// The credentials in their stored form. No request is made.
    ///
    /// # Errors
    /// The first field that cannot be right.
    fn checked(&self, entered: &Credentials) -> Result<Credentials, WrongField>;

    /// Whether the secrets of a known account may be sent for the other one: not to another server or user.
    fn is_same_login(&self, known: &Credentials, other: &Credentials) -> bool;

    /// The display name of an account.
    fn name(&self, account: &Credentials) -> String;

    /// The account with these credentials. No request is made yet.
    ///
    /// # Errors
    /// The reason why no request can be made with them, in a sentence.
    fn open(&self, credentials: &Credentials) -> Result<Arc<dyn CalendarAccount>, String>;

    /// The name of the conferences that its events can have, such as `Google Meet`; none if they have none.
    fn conferences(&self) -> Option<&'static str> {
        None
    }

    /// The field of the credentials that a failure of a new account is about.
    fn blamed(&self, failure: &CalendarFailure) -> WrongField;

    /// The way to connect by a consent at the provider; none if it has no such way.
    fn oauth(&self) -> Option<&dyn CalendarOauth> {
        None
    }
}

/// What a consent is asked for (RFC 6749 4.1.1, RFC 7636 4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRequest<'a> {
    /// The address to which the provider redirects the browser.
    pub redirect_uri: &'a str,
    /// The value that comes back with the code.
    pub state: &'a str,
    /// The SHA-256 of the verifier, in base64url without padding: `S256`.
    pub challenge: &'a str,
    /// The address of the account that is to consent; empty for any.
    pub login: &'a str,
}

/// The answer to a code (RFC 6749 4.1.3, RFC 7636 4.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeExchange<'a> {
    pub code: &'a str,
    pub redirect_uri: &'a str,
    /// The verifier whose SHA-256 was the challenge.
    pub verifier: &'a str,
}

/// An account that has consented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub tokens: OauthTokens,
    /// What is known of the account, no secret: `email` at least.
    pub account: Credentials,
    /// The scopes that are needed and were not granted; a provider may let its user choose.
    pub missing_scopes: Vec<String>,
}

/// How an account is connected by a consent at its provider (OAuth 2.0 with PKCE).
pub trait CalendarOauth: Send + Sync {
    /// The app at the provider that asks for the consent: an admin registers it once.
    fn app(&self) -> CredentialForm;

    /// The scopes that are asked for: the least that suffice.
    fn scopes(&self) -> &'static [&'static str];

    /// The app in its stored form. No request is made.
    ///
    /// # Errors
    /// The first field that cannot be right.
    fn checked_app(&self, entered: &Credentials) -> Result<Credentials, WrongField>;

    /// The page on which a member consents.
    fn authorize_url(&self, app: &Credentials, request: &ConsentRequest<'_>) -> String;

    /// The tokens for a code, and their account.
    fn exchange<'v>(&'v self, app: &'v Credentials, exchange: CodeExchange<'v>) -> CalendarFuture<'v, Granted>;

    /// The account that has consented. No request is made yet.
    ///
    /// # Errors
    /// The reason why no request can be made with them, in a sentence.
    fn open(
        &self,
        app: &Credentials,
        account: &Credentials,
        tokens: Arc<dyn TokenStore>,
    ) -> Result<Arc<dyn CalendarAccount>, String>;

    /// The meaning of a message that came to the address of a channel.
    fn pushed(&self, message: PushMessage<'_>) -> Pushed;

    /// Ends a consent where the provider can.
    fn revoke<'v>(&'v self, app: &'v Credentials, tokens: &'v OauthTokens) -> CalendarFuture<'v, ()>;
}
