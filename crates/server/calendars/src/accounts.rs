//! The accounts of members, opened with the credentials that they gave, or with the tokens of their consent.

use crate::tokens::StoredTokens;
use knock_context::{Core, Seal, credentials_of, credentials_text, read};
use knock_model::{CalendarAccountId, CalendarProvider};
use knock_ports::{
    CalendarAccount, CalendarDetails, CalendarFailure, CalendarOauth, CalendarVendor, Chance, Credentials, View,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

const PURPOSE: &str = "calendar";
/// The sentence about an account of a provider without its app.
const NO_APP: &str = "the app of its provider is not there: an admin enters it in Settings > Calendars";
/// The way out of a consent that has ended.
const SIGN_IN_AGAIN: &str = "Settings > Calendars, Sign in again";

/// The providers of calendars, with the apps that ask for consents, and the clients of consented accounts.
#[derive(Clone)]
pub struct Accounts {
    pub(crate) core: Core,
    pub(crate) vendors: Arc<[Provider]>,
    /// A client for each account, because it renews the tokens of all its requests.
    clients: Arc<Mutex<BTreeMap<CalendarAccountId, Client>>>,
}

/// A provider, and its app in the configuration; an empty one: an admin enters it.
pub(crate) struct Provider {
    pub(crate) vendor: Arc<dyn CalendarVendor>,
    pub(crate) app: Credentials,
}

/// A client, and all that it was made of.
struct Client {
    account: BTreeMap<String, String>,
    grant: String,
    app: Credentials,
    client: Arc<dyn CalendarAccount>,
}

impl Accounts {
    /// Accounts of these providers, each with its app in the configuration.
    pub fn new(core: &Core, vendors: impl IntoIterator<Item = (Arc<dyn CalendarVendor>, Credentials)>) -> Accounts {
        let vendors = vendors.into_iter().map(|(vendor, app)| Provider { vendor, app });
        Accounts { core: core.clone(), vendors: vendors.collect(), clients: Arc::default() }
    }

    /// The providers whose calendars can be connected.
    pub fn vendors(&self) -> impl Iterator<Item = &dyn CalendarVendor> {
        self.vendors.iter().map(|provider| &*provider.vendor)
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

    /// The account with its stored credentials or its consent. No request is made yet.
    ///
    /// # Errors
    /// The reason why there is no such account.
    pub async fn open(
        &self,
        id: CalendarAccountId,
        details: &CalendarDetails,
    ) -> Result<Arc<dyn CalendarAccount>, String> {
        let vendor = self.vendor(details.provider);
        let vendor = vendor.ok_or("this version cannot connect calendars of its provider")?;
        if let Some(oauth) = vendor.oauth().filter(|_| !details.grant.is_empty()) {
            return self.consented(oauth, id, details).await;
        }
        let credentials = self.credentials(id, details);
        let credentials =
            credentials.ok_or("its password cannot be read with the secret.key of this server; save it again")?;
        vendor.open(&credentials)
    }

    /// The client of a consented account: the same one while the account, its consent and the app stay the same.
    async fn consented(
        &self,
        oauth: &dyn CalendarOauth,
        id: CalendarAccountId,
        details: &CalendarDetails,
    ) -> Result<Arc<dyn CalendarAccount>, String> {
        let app = self.app_now(details.provider).await?.ok_or(NO_APP)?;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let known = clients.get(&id).filter(|known| known.is_of(details, &app));
        if let Some(known) = known {
            return Ok(Arc::clone(&known.client));
        }
        let tokens = StoredTokens { core: self.core.clone(), id, grant: details.grant.clone() };
        let account = Credentials(details.account.clone());
        let client = oauth.open(&app, &account, Arc::new(tokens))?;
        let (account, grant) = (details.account.clone(), details.grant.clone());
        clients.insert(id, Client { account, grant, app, client: Arc::clone(&client) });
        Ok(client)
    }

    async fn app_now(&self, provider: CalendarProvider) -> Result<Option<Credentials>, String> {
        let accounts = self.clone();
        let found = read(Arc::clone(&self.core.store), move |view: &dyn View| accounts.app(view, provider)).await;
        found.map_err(|error| error.to_string())
    }

    /// The account is disconnected: its client ends.
    pub(crate) fn close(&self, id: CalendarAccountId) {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
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
        Seal { key: &self.core.key, purpose: PURPOSE, of: id.as_bytes() }
    }
}

impl Client {
    fn is_of(&self, details: &CalendarDetails, app: &Credentials) -> bool {
        (&self.account, &self.grant, &self.app) == (&details.account, &details.grant, app)
    }
}

/// The failure as the problem of an account: where a consent has ended, with the way out. A failure that an admin alone
/// can mend says so itself.
pub fn problem(details: &CalendarDetails, failure: &CalendarFailure) -> String {
    match failure {
        CalendarFailure::Unauthorized(words) if !details.grant.is_empty() && !words.contains("admin") => {
            format!("{words} ({SIGN_IN_AGAIN})")
        }
        CalendarFailure::Unauthorized(_)
        | CalendarFailure::Gone(_)
        | CalendarFailure::Later { .. }
        | CalendarFailure::Refused(_) => failure.to_string(),
    }
}
