//! The end of a consent at its provider, after its account is disconnected here.

use crate::accounts::Accounts;
use crate::tokens::StoredTokens;
use crate::watch::close_all;
use futures_util::future::join_all;
use knock_context::{NewTokens, read};
use knock_model::CalendarAccountId;
use knock_ports::{
    CALENDAR_TIMEOUT, CalendarChannel, CalendarDetails, CalendarOauth, ConnectedCalendar, Credentials, OauthTokens,
    StoreError, TokenStore, View,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_millis(CALENDAR_TIMEOUT.0.unsigned_abs());

/// What ends a consent: read before its account is gone.
pub struct Ending {
    id: CalendarAccountId,
    details: CalendarDetails,
    app: Credentials,
    tokens: OauthTokens,
    /// The channels by which the provider says that it changed.
    channels: Vec<CalendarChannel>,
}

impl Accounts {
    /// What will end the consent of an account; none for one without, and where app or tokens cannot be read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ending(&self, view: &dyn View, account: &ConnectedCalendar) -> Result<Option<Ending>, StoreError> {
        let details = &account.details;
        if details.consented().is_none() {
            return Ok(None);
        }
        let app = self.app(view, details.provider)?;
        let tokens = match StoredTokens::of(&self.core, view, account.id, &details.grant) {
            Ok(tokens) => Some(tokens),
            Err(StoreError::Broken(_)) => None,
            Err(error) => return Err(error),
        };
        let (id, details, channels) = (account.id, details.clone(), account.channels.clone());
        Ok(app.zip(tokens).map(|(app, tokens)| Ending { id, details, app, tokens, channels }))
    }

    /// Ends consents whose accounts are gone here, all at once.
    pub async fn end_all(&self, endings: impl IntoIterator<Item = Ending>) {
        join_all(endings.into_iter().map(|ending| self.end(ending))).await;
    }

    /// Ends a consent at its provider, as far as the provider can and answers in time; its channels before, which need
    /// the tokens. A provider ends all consents of an account at once: where another member has connected the same one,
    /// only the channels are closed.
    async fn end(&self, ending: Ending) {
        let Ending { id, details, app, tokens, channels } = ending;
        self.close(id);
        let Some(oauth) = self.vendor(details.provider).and_then(|vendor| vendor.oauth()) else { return };
        let tokens = close_channels(oauth, (&app, &details), tokens, &channels).await;
        let is_used = read(Arc::clone(&self.core.store), move |view: &dyn View| {
            Ok(view.calendars()?.iter().any(|calendar| calendar.details.is_same_account(&details)))
        });
        let Ok(false) = is_used.await else { return };
        match timeout(PATIENCE, oauth.revoke(&app, &tokens)).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::warn!(%failure, "a consent could not be ended at its provider"),
            Err(_) => tracing::warn!("a consent could not be ended at its provider in time"),
        }
    }
}

/// Closes the channels of an account that is gone here; its tokens after that.
async fn close_channels(
    oauth: &dyn CalendarOauth,
    (app, details): (&Credentials, &CalendarDetails),
    tokens: OauthTokens,
    channels: &[CalendarChannel],
) -> OauthTokens {
    let store = Arc::new(NewTokens::new(tokens));
    let shared: Arc<dyn TokenStore> = Arc::<NewTokens>::clone(&store);
    match oauth.open(app, &Credentials(details.account.clone()), shared) {
        Ok(account) => {
            if let Some(push) = account.push() {
                close_all(push, channels).await;
            }
        }
        Err(words) => tracing::warn!("the channels of a calendar could not be closed: {words}"),
    }
    store.now()
}
