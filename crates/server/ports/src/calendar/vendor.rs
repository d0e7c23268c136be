//! Port for a provider of calendars: how an account there is connected.

use super::{CalendarAccount, CalendarFailure};
use crate::{CredentialForm, Credentials};
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

    /// The field of the credentials that a failure of a new account is about.
    fn blamed(&self, failure: &CalendarFailure) -> WrongField;
}
