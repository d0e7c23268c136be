//! Google as a provider of calendars, whose accounts are connected by a consent.

use crate::account::GoogleAccount;
use crate::api::Api;
use crate::app::{self, App};
use crate::channels;
use crate::client::Google;
use crate::consent;
use crate::mirror::Mirrors;
use crate::settings::{EMAIL, Settings};
use knock_model::CalendarProvider;
use knock_outbound::Outbound;
use knock_ports::{
    CalendarAccount, CalendarFailure, CalendarFuture, CalendarOauth, CalendarVendor, Clock, CodeExchange,
    ConsentRequest, CredentialForm, Credentials, Granted, OauthTokens, PushMessage, Pushed, TokenStore, WrongField,
};
use std::sync::Arc;

const BY_CONSENT: &str = "calendars of Google are connected by a consent there";

/// Google Calendar.
pub struct GoogleVendor {
    google: Arc<Google>,
}

impl GoogleVendor {
    /// Google at these addresses.
    pub fn new(outbound: Outbound, clock: Arc<dyn Clock>, settings: Settings) -> GoogleVendor {
        GoogleVendor { google: Arc::new(Google { outbound, clock, settings }) }
    }
}

impl CalendarVendor for GoogleVendor {
    fn provider(&self) -> CalendarProvider {
        CalendarProvider::Google
    }

    fn credentials(&self) -> Option<CredentialForm> {
        None
    }

    fn checked(&self, _: &Credentials) -> Result<Credentials, WrongField> {
        Err(WrongField { field: EMAIL, reason: format!("cannot be entered: {BY_CONSENT}") })
    }

    fn is_same_login(&self, known: &Credentials, other: &Credentials) -> bool {
        known.get(EMAIL).eq_ignore_ascii_case(other.get(EMAIL))
    }

    fn name(&self, account: &Credentials) -> String {
        account.get(EMAIL).to_owned()
    }

    fn conferences(&self) -> Option<&'static str> {
        Some("Google Meet")
    }

    fn open(&self, _: &Credentials) -> Result<Arc<dyn CalendarAccount>, String> {
        Err(BY_CONSENT.to_owned())
    }

    fn blamed(&self, failure: &CalendarFailure) -> WrongField {
        WrongField { field: EMAIL, reason: format!("cannot be used: {failure}") }
    }

    fn oauth(&self) -> Option<&dyn CalendarOauth> {
        Some(self)
    }
}

impl CalendarOauth for GoogleVendor {
    fn app(&self) -> CredentialForm {
        app::FORM
    }

    fn scopes(&self) -> &'static [&'static str] {
        &consent::SCOPES
    }

    fn checked_app(&self, entered: &Credentials) -> Result<Credentials, WrongField> {
        app::checked(entered)
    }

    fn authorize_url(&self, app: &Credentials, request: &ConsentRequest<'_>) -> String {
        consent::page(&self.google.settings.authorize_url, &App::from(app), request).into()
    }

    fn exchange<'v>(&'v self, app: &'v Credentials, exchange: CodeExchange<'v>) -> CalendarFuture<'v, Granted> {
        Box::pin(async move { Ok(consent::granted(&self.google, &App::from(app), &exchange).await?) })
    }

    fn open(
        &self,
        app: &Credentials,
        account: &Credentials,
        tokens: Arc<dyn TokenStore>,
    ) -> Result<Arc<dyn CalendarAccount>, String> {
        let api = Api::new(Arc::clone(&self.google), App::from(app), tokens);
        let email = account.get(EMAIL).to_owned();
        Ok(Arc::new(GoogleAccount { api, email, mirrors: Mirrors::default() }))
    }

    fn pushed(&self, message: PushMessage<'_>) -> Pushed {
        channels::pushed(message)
    }

    fn revoke<'v>(&'v self, _: &'v Credentials, tokens: &'v OauthTokens) -> CalendarFuture<'v, ()> {
        Box::pin(async move { Ok(consent::revoke(&self.google, tokens).await?) })
    }
}
