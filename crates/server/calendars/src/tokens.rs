//! The tokens of a consent, stored sealed: every server uses those that another one has renewed.

use knock_context::{Core, Seal, read, tokens_of, tokens_text};
use knock_engine::CommitError;
use knock_engine::commands::SaveCalendarTokens;
use knock_model::CalendarAccountId;
use knock_ports::{OauthTokens, StoreError, TokenFuture, TokenStore, View};
use std::sync::Arc;

const PURPOSE: &str = "calendar-tokens";
/// The sentence about tokens that cannot be opened.
const UNREADABLE: &str =
    "the access cannot be read with the secret.key of this server: sign in again in Settings > Calendars";

/// The tokens of a connected account.
pub(crate) struct StoredTokens {
    pub(crate) core: Core,
    pub(crate) id: CalendarAccountId,
    /// The consent that they belong to.
    pub(crate) grant: String,
}

/// Tokens as they are stored: they open for this account alone.
pub(crate) fn sealed(core: &Core, id: CalendarAccountId, tokens: &OauthTokens) -> String {
    seal(core, &id).close(&tokens_text(tokens), &*core.chance)
}

fn seal<'s>(core: &'s Core, id: &'s CalendarAccountId) -> Seal<'s> {
    Seal { key: &core.key, purpose: PURPOSE, of: id.as_bytes() }
}

impl StoredTokens {
    /// The tokens within a snapshot.
    ///
    /// # Errors
    /// When the account has another consent by now, when the tokens cannot be opened, and when the database fails.
    pub(crate) fn of(
        core: &Core,
        view: &dyn View,
        id: CalendarAccountId,
        grant: &str,
    ) -> Result<OauthTokens, StoreError> {
        let has_grant = view.calendar(id)?.is_some_and(|calendar| calendar.details.grant == grant);
        let stored = view.calendar_tokens(id)?.filter(|_| has_grant);
        let stored = stored.ok_or_else(|| StoreError::Broken("the calendar was connected anew".to_owned()))?;
        let tokens = seal(core, &id).open(&stored).and_then(|text| tokens_of(&text));
        tokens.ok_or_else(|| StoreError::Broken(UNREADABLE.to_owned()))
    }

    async fn stored(&self) -> Result<OauthTokens, StoreError> {
        let (core, id, grant) = (self.core.clone(), self.id, self.grant.clone());
        read(Arc::clone(&self.core.store), move |view: &dyn View| StoredTokens::of(&core, view, id, &grant)).await
    }

    async fn keep(&self, tokens: OauthTokens) -> Result<(), StoreError> {
        let tokens = sealed(&self.core, self.id, &tokens);
        let command = SaveCalendarTokens { id: self.id, grant: self.grant.clone(), tokens };
        match self.core.writer.commit(command).await {
            // Nothing is stored if the account is disconnected, or has another consent by now.
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
            Err(error) => Err(StoreError::Broken(error.to_string())),
        }
    }
}

impl TokenStore for StoredTokens {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        Box::pin(self.stored())
    }

    fn save(&self, tokens: OauthTokens) -> TokenFuture<'_, ()> {
        Box::pin(self.keep(tokens))
    }
}
