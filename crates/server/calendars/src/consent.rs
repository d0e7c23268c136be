//! Connecting an account by a consent at its provider: the page that asks (OAuth 2.0 with PKCE), and what follows when
//! the browser comes back with a code.

use crate::accounts::Accounts;
use crate::reader::CalendarReader;
use crate::tokens::sealed;
use crate::usage::used;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use knock_context::{Installer, NewTokens, begin, read};
use knock_engine::CommitError;
use knock_engine::commands::{CalendarSaved, SaveCalendar, busy_window};
use knock_model::{CalendarAccountId, CalendarProvider, RepId};
use knock_ports::{
    Actor, CALENDAR_TIMEOUT, CalendarDetails, CalendarFailure, CalendarFuture, CalendarOauth, Calendars, CodeExchange,
    ConnectedCalendar, ConsentRequest, Credentials, FoundCalendar, Granted, OauthTokens, SecretHash, StoreError,
    TokenStore,
};
use knock_wire::{CalendarChange, RawSecret};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// The longest that a member waits for one answer of a provider.
const PATIENCE: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());

/// A consent that is asked for, stored until the browser comes back.
#[derive(Serialize, Deserialize)]
pub struct Consent {
    /// The verifier whose SHA-256 went to the provider (RFC 7636 4.1).
    verifier: String,
    /// The account that consents again; none for a new one.
    account: Option<CalendarAccountId>,
}

/// The reason for which no account was connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotConnected {
    /// The provider does not answer now.
    Later,
    /// It cannot be connected, with a word for the page of the dashboard; empty for a refusal without one.
    Refused(&'static str),
    /// The database failed.
    Store(String),
}

impl From<StoreError> for NotConnected {
    fn from(error: StoreError) -> NotConnected {
        NotConnected::Store(error.to_string())
    }
}

impl From<CommitError> for NotConnected {
    fn from(error: CommitError) -> NotConnected {
        NotConnected::Store(error.to_string())
    }
}

/// Where consents at a provider belong.
pub fn installer(provider: CalendarProvider) -> Installer {
    Installer { vendor: provider.as_str(), page: "/app/settings/calendars", parameter: Some("calendar") }
}

impl Accounts {
    /// Begins a consent in a browser session; the answer is the page of the provider.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn begin(
        &self,
        (provider, oauth): (CalendarProvider, &dyn CalendarOauth),
        app: &Credentials,
        session: SecretHash,
        known: Option<&ConnectedCalendar>,
    ) -> Result<RawSecret, CommitError> {
        let verifier = BASE64_URL_SAFE_NO_PAD.encode(self.core.chance.bytes32());
        let challenge = challenge(&verifier);
        let consent = Consent { verifier, account: known.map(|known| known.id) };
        let state = begin(&self.core, installer(provider), session, &consent).await?;
        let login = known.and_then(|known| known.details.consented()).unwrap_or_default();
        let redirect_uri = &installer(provider).redirect_uri(&self.core);
        let request = ConsentRequest { redirect_uri, state: state.reveal(), challenge: &challenge, login };
        Ok(oauth.authorize_url(app, &request).into())
    }
}

/// The challenge of a verifier, by the method `S256` (RFC 7636 4.2).
fn challenge(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

impl CalendarReader {
    /// Connects the account that has consented, or renews the consent of one that the member has connected; then it is
    /// read, which records how it is going.
    ///
    /// # Errors
    /// The reason for which nothing is connected.
    pub async fn connect(
        &self,
        (actor, member): (Actor, RepId),
        provider: CalendarProvider,
        consent: Consent,
        code: &str,
    ) -> Result<(), NotConnected> {
        let accounts = self.accounts.clone();
        let known =
            read(Arc::clone(&self.store), move |view| Ok((accounts.app(view, provider)?, view.calendars_of(member)?)));
        let (app, own) = known.await?;
        let app = app.ok_or(NotConnected::Refused("no_app"))?;
        let oauth = self.accounts.vendor(provider).and_then(|vendor| vendor.oauth());
        let oauth = oauth.ok_or(NotConnected::Refused("no_app"))?;
        let redirect_uri = &installer(provider).redirect_uri(&self.accounts.core);
        let exchange = CodeExchange { code, redirect_uri, verifier: &consent.verifier };
        let granted = in_time(oauth.exchange(&app, exchange)).await?;
        let known = again(&own, provider, &consent, &granted)?;
        let is_written = own.iter().any(|other| !other.details.events_in.is_empty());
        let chance = &self.accounts.core.chance;
        let grant = hex::encode(chance.bytes16());
        let (id, details, tokens) = match known {
            Some(known) => {
                let details = CalendarDetails { account: granted.account.0, grant, ..known.details.clone() };
                (known.id, details, granted.tokens)
            }
            None => {
                let id = CalendarAccountId::new(chance.bytes16());
                let (found, tokens) = found(oauth, &app, &granted).await?;
                let used = used(found, &CalendarChange::default(), None, is_written);
                let used = used.map_err(|_| NotConnected::Refused(""))?;
                (id, used.consented(provider, granted.account, grant), tokens)
            }
        };
        self.keep(actor, member, (id, details), &tokens).await
    }

    /// Stores the account with its tokens, and reads it.
    async fn keep(
        &self,
        actor: Actor,
        member: RepId,
        (id, details): (CalendarAccountId, CalendarDetails),
        tokens: &OauthTokens,
    ) -> Result<(), NotConnected> {
        let core = &self.accounts.core;
        let (tokens, now) = (Some(sealed(core, id, tokens)), core.clock.now());
        let saved = core.make(actor, SaveCalendar { id, member, details, tokens, now }).await?;
        self.forget(id);
        match saved {
            CalendarSaved::Saved => {}
            CalendarSaved::TooMany(_) => return Err(NotConnected::Refused("too_many")),
            CalendarSaved::IsConnected => return Err(NotConnected::Refused("is_connected")),
            CalendarSaved::Unknown => return Err(NotConnected::Refused("")),
        }
        let window = read(Arc::clone(&self.store), move |view| busy_window(view, now)).await?;
        self.busy(&[member], window.start, window.end).await;
        Ok(())
    }
}

/// The account of the member that this consent renews; none if it is a new one.
fn again<'o>(
    own: &'o [ConnectedCalendar],
    provider: CalendarProvider,
    consent: &Consent,
    granted: &Granted,
) -> Result<Option<&'o ConnectedCalendar>, NotConnected> {
    if !granted.missing_scopes.is_empty() {
        tracing::warn!(provider = provider.as_str(), missing = ?granted.missing_scopes, "a consent misses scopes");
        return Err(NotConnected::Refused("missing_scopes"));
    }
    let email = granted.account.get("email");
    if email.is_empty() {
        return Err(NotConnected::Refused("account_unread"));
    }
    let is_same = |known: &&ConnectedCalendar| {
        let consented = known.details.consented().filter(|_| known.details.provider == provider);
        consented.is_some_and(|other| other.eq_ignore_ascii_case(email))
    };
    // An account that was disconnected meanwhile is a new one.
    let expected = own.iter().find(|known| Some(known.id) == consent.account);
    match expected {
        Some(known) if !is_same(&known) => Err(NotConnected::Refused("other_account")),
        Some(known) => Ok(Some(known)),
        None => Ok(own.iter().find(is_same)),
    }
}

/// The calendars of a new account, and its tokens after that.
async fn found(
    oauth: &dyn CalendarOauth,
    app: &Credentials,
    granted: &Granted,
) -> Result<(Vec<FoundCalendar>, OauthTokens), NotConnected> {
    let tokens = Arc::new(NewTokens::new(granted.tokens.clone()));
    let store: Arc<dyn TokenStore> = Arc::<NewTokens>::clone(&tokens);
    let account = oauth.open(app, &granted.account, store).map_err(|words| refused(&words))?;
    let found = in_time(account.calendars()).await?;
    if found.is_empty() {
        return Err(NotConnected::Refused("no_calendars"));
    }
    Ok((found, tokens.now()))
}

async fn in_time<T>(asking: CalendarFuture<'_, T>) -> Result<T, NotConnected> {
    match timeout(PATIENCE, asking).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(CalendarFailure::Later { words, .. })) => {
            tracing::warn!("a calendar was not connected: {words}");
            Err(NotConnected::Later)
        }
        Ok(Err(failure)) => Err(refused(&failure)),
        Err(_) => Err(NotConnected::Later),
    }
}

fn refused(words: &dyn std::fmt::Display) -> NotConnected {
    tracing::warn!("a calendar was not connected: {words}");
    NotConnected::Refused("")
}

#[cfg(test)]
mod tests {
    use super::challenge;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
