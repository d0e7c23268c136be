//! The end of a consent at its provider, after its account is disconnected here.

use crate::accounts::Accounts;
use crate::tokens::StoredTokens;
use futures_util::future::join_all;
use knock_context::read;
use knock_model::CalendarAccountId;
use knock_ports::{CALENDAR_TIMEOUT, CalendarDetails, ConnectedCalendar, Credentials, OauthTokens, StoreError, View};
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
        Ok(app.zip(tokens).map(|(app, tokens)| Ending { id: account.id, details: details.clone(), app, tokens }))
    }

    /// Ends consents whose accounts are gone here, all at once.
    pub async fn end_all(&self, endings: impl IntoIterator<Item = Ending>) {
        join_all(endings.into_iter().map(|ending| self.end(ending))).await;
    }

    /// Ends a consent at its provider, as far as the provider can and answers in time. A provider ends all consents of
    /// an account at once: where another member has connected the same one, nothing is ended.
    async fn end(&self, ending: Ending) {
        let Ending { id, details, app, tokens } = ending;
        self.close(id);
        let other = details.clone();
        let is_used = read(Arc::clone(&self.core.store), move |view: &dyn View| {
            Ok(view.calendars()?.iter().any(|calendar| calendar.details.is_same_account(&other)))
        });
        let oauth = self.vendor(details.provider).and_then(|vendor| vendor.oauth());
        let (Some(oauth), Ok(false)) = (oauth, is_used.await) else { return };
        match timeout(PATIENCE, oauth.revoke(&app, &tokens)).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::warn!(%failure, "a consent could not be ended at its provider"),
            Err(_) => tracing::warn!("a consent could not be ended at its provider in time"),
        }
    }
}
