//! Port for the vendor of a CRM: how an account there is connected.

use super::{Crm, CrmFuture, CrmTokens, TokenStore};
use knock_model::CrmSystem;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A field of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialField {
    /// The name in requests.
    pub name: &'static str,
    /// The display name.
    pub label: &'static str,
    /// Whether it is a secret. The others can be shown, as the public id of an app.
    pub is_secret: bool,
    /// The largest length, in bytes.
    pub longest: usize,
    /// The sentence about a value that cannot be right.
    pub wrong: &'static str,
}

/// Credentials that a person enters: the fields, and the steps by which a person gets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialForm {
    pub fields: &'static [CredentialField],
    /// The steps at the vendor, as sentences.
    pub steps: &'static [&'static str],
}

/// Credentials by the names of their fields. The debug output contains no value.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials(pub BTreeMap<String, String>);

impl Credentials {
    /// The value of a field; empty if it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether no field has a value.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Credentials {
    fn from(fields: [(&str, &str); N]) -> Credentials {
        Credentials(fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

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
    fn exchange<'v>(&'v self, app: &'v Credentials, code: &'v str, redirect_uri: &'v str) -> CrmFuture<'v, CrmTokens>;
}
