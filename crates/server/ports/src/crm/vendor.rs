//! Port for the vendor of a CRM: how an account there is connected.

use super::{Crm, CrmFuture};
use crate::{CredentialForm, Credentials, OauthTokens, TokenStore};
use knock_model::CrmSystem;
use std::sync::Arc;

/// A vendor: its ways to connect an account. The product knows each vendor by this alone.
pub trait CrmVendor: Send + Sync {
    /// The CRM.
    fn system(&self) -> CrmSystem;

    /// The scopes that Knock needs, in the vendor's words.
    fn scopes(&self) -> &'static [&'static str];

    /// The credentials that connect an account at once; none if the vendor has no such way.
    fn credentials(&self) -> Option<CredentialForm>;

    /// The credentials of an app that an account installs (OAuth 2.0); none if the vendor has no such way.
    fn app(&self) -> Option<CredentialForm>;

    /// The address of the API: stored credentials are bound to it.
    fn endpoint(&self) -> &str;

    /// The account with these credentials. No request is made yet.
    ///
    /// # Errors
    /// The reason why no request can be made with them, in a sentence.
    fn connect(&self, credentials: &Credentials) -> Result<Arc<dyn Crm>, String>;

    /// The account that has installed an app, with its tokens. No request is made yet.
    ///
    /// # Errors
    /// The reason why no request can be made with them, in a sentence.
    fn installed(&self, app: &Credentials, tokens: Arc<dyn TokenStore>) -> Result<Arc<dyn Crm>, String>;

    /// The page of the vendor on which an account installs an app. It redirects to `redirect_uri` with a code and
    /// `state`.
    fn authorize_url(&self, app: &Credentials, redirect_uri: &str, state: &str) -> String;

    /// Exchanges a code for tokens.
    fn exchange<'v>(&'v self, app: &'v Credentials, code: &'v str, redirect_uri: &'v str)
    -> CrmFuture<'v, OauthTokens>;
}
