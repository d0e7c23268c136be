//! The accounts of members, opened with the credentials that they gave.

use knock_context::{Seal, ServerKey, credentials_of, credentials_text};
use knock_model::{CalendarAccountId, CalendarProvider};
use knock_ports::{CalendarAccount, CalendarDetails, CalendarVendor, Chance, Credentials};
use std::sync::Arc;

const PURPOSE: &str = "calendar";

/// The providers of calendars, and the key of stored credentials.
#[derive(Clone)]
pub struct Accounts {
    vendors: Arc<[Arc<dyn CalendarVendor>]>,
    key: Arc<ServerKey>,
}

impl Accounts {
    /// Accounts of these providers.
    pub fn new(vendors: impl IntoIterator<Item = Arc<dyn CalendarVendor>>, key: &Arc<ServerKey>) -> Accounts {
        Accounts { vendors: vendors.into_iter().collect(), key: Arc::clone(key) }
    }

    /// The providers whose calendars can be connected.
    pub fn vendors(&self) -> impl Iterator<Item = &dyn CalendarVendor> {
        self.vendors.iter().map(|vendor| &**vendor)
    }

    /// A provider; none if this version does not know it.
    pub fn vendor(&self, provider: CalendarProvider) -> Option<&dyn CalendarVendor> {
        self.vendors().find(|vendor| vendor.provider() == provider)
    }

    /// The display name of an account.
    pub fn name(&self, details: &CalendarDetails) -> String {
        let account = Credentials(details.account.clone());
        self.vendor(details.provider).map_or_else(String::new, |vendor| vendor.name(&account))
    }

    /// The account with its stored credentials. No request is made yet.
    ///
    /// # Errors
    /// The reason why there is no such account.
    pub fn open(&self, id: CalendarAccountId, details: &CalendarDetails) -> Result<Arc<dyn CalendarAccount>, String> {
        let vendor = self.vendor(details.provider);
        let vendor = vendor.ok_or("this version cannot connect calendars of its provider")?;
        let credentials = self.credentials(id, details);
        let credentials =
            credentials.ok_or("its password cannot be read with the secret.key of this server; save it again")?;
        vendor.open(&credentials)
    }

    /// The stored credentials; none if `secret.key` has changed since.
    pub fn credentials(&self, id: CalendarAccountId, details: &CalendarDetails) -> Option<Credentials> {
        let text = self.seal(&id).open(&details.secret)?;
        let form = self.vendor(details.provider)?.credentials();
        let secret = form.and_then(|form| form.fields.iter().find(|field| field.is_secret));
        let mut credentials = credentials_of(text, secret.map_or("", |field| field.name));
        credentials.0.extend(details.account.clone());
        Some(credentials)
    }

    /// Credentials in their stored form: those that are no secrets, and the others sealed.
    pub(crate) fn stored(
        &self,
        id: CalendarAccountId,
        vendor: &dyn CalendarVendor,
        credentials: Credentials,
        chance: &dyn Chance,
    ) -> (Credentials, String) {
        let form = vendor.credentials();
        let is_public = |name: &str| {
            let field = form.as_ref().and_then(|form| form.fields.iter().find(|field| field.name == name));
            field.is_some_and(|field| !field.is_secret)
        };
        let (account, secrets) = credentials.0.into_iter().partition(|(name, _)| is_public(name));
        (Credentials(account), self.seal(&id).close(&credentials_text(&Credentials(secrets)), chance))
    }

    fn seal<'s>(&'s self, id: &'s CalendarAccountId) -> Seal<'s> {
        Seal { key: &self.key, purpose: PURPOSE, of: id.as_bytes() }
    }
}
