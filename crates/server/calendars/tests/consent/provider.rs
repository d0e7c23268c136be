//! A provider of calendars that does as it is scripted.

use knock_model::{CalendarProvider, Millis};
use knock_ports::{
    BusyQuery, BusyRead, CalendarAccount, CalendarChannel, CalendarEntry, CalendarFailure, CalendarFuture,
    CalendarOauth, CalendarPush, CalendarVendor, ChannelRequest, CodeExchange, ConsentRequest, CredentialField,
    CredentialForm, Credentials, EntryFound, FoundCalendar, Granted, OauthTokens, OpenedChannel, PushMessage, Pushed,
    TokenStore, WrongField,
};
use std::sync::{Arc, Mutex, MutexGuard};

/// The state of the provider, and what was asked of it.
#[derive(Default)]
pub(crate) struct State {
    /// The address that consents next.
    pub(crate) email: String,
    pub(crate) missing: Vec<String>,
    pub(crate) has_calendars: bool,
    /// The failures of the next requests.
    pub(crate) exchange: Option<CalendarFailure>,
    pub(crate) busy: Option<CalendarFailure>,
    /// The last challenge, and the verifier that came with the code.
    pub(crate) proof: Option<(String, String)>,
    challenge: String,
    pub(crate) redirect_uri: String,
    /// The number of clients.
    pub(crate) opened: usize,
    /// The tokens with which busy times were read.
    pub(crate) read: Vec<String>,
    pub(crate) revoked: usize,
    /// The channels that were closed, each with the number of consents that had ended before.
    pub(crate) closed: Vec<(String, usize)>,
    /// The tokens of the last client.
    pub(crate) store: Option<Arc<dyn TokenStore>>,
}

#[derive(Clone, Default)]
pub(crate) struct Provider(Arc<Mutex<State>>);

impl Provider {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panics with it")
    }

    pub(crate) fn tokens(&self) -> OauthTokens {
        let (access, refresh) = ("access-1".to_owned(), "refresh-1".to_owned());
        OauthTokens { access, refresh, expires_at: Millis(i64::MAX) }
    }
}

const fn field(name: &'static str, is_secret: bool) -> CredentialField {
    CredentialField { name, label: "", hint: "", is_secret, longest: 50, wrong: "is wrong" }
}

impl CalendarVendor for Provider {
    fn provider(&self) -> CalendarProvider {
        CalendarProvider::ALL[CalendarProvider::ALL.len() - 1]
    }

    fn credentials(&self) -> Option<CredentialForm> {
        None
    }

    fn checked(&self, entered: &Credentials) -> Result<Credentials, WrongField> {
        Ok(entered.clone())
    }

    fn is_same_login(&self, known: &Credentials, other: &Credentials) -> bool {
        known == other
    }

    fn name(&self, account: &Credentials) -> String {
        account.get("email").to_owned()
    }

    fn open(&self, _: &Credentials) -> Result<Arc<dyn CalendarAccount>, String> {
        Err("a consent is needed".to_owned())
    }

    fn blamed(&self, failure: &CalendarFailure) -> WrongField {
        WrongField { field: "email", reason: failure.to_string() }
    }

    fn oauth(&self) -> Option<&dyn CalendarOauth> {
        Some(self)
    }
}

impl CalendarOauth for Provider {
    fn app(&self) -> CredentialForm {
        const FIELDS: &[CredentialField] = &[field("client_id", false), field("client_secret", true)];
        CredentialForm { fields: FIELDS, steps: &[] }
    }

    fn scopes(&self) -> &'static [&'static str] {
        &["calendars.read"]
    }

    fn checked_app(&self, entered: &Credentials) -> Result<Credentials, WrongField> {
        Ok(entered.clone())
    }

    fn authorize_url(&self, app: &Credentials, request: &ConsentRequest<'_>) -> String {
        self.state().challenge = request.challenge.to_owned();
        format!("https://provider.example/consent?client_id={}&state={}", app.get("client_id"), request.state)
    }

    fn exchange<'v>(&'v self, _: &'v Credentials, exchange: CodeExchange<'v>) -> CalendarFuture<'v, Granted> {
        Box::pin(async move {
            let mut state = self.state();
            state.proof = Some((state.challenge.clone(), exchange.verifier.to_owned()));
            state.redirect_uri = exchange.redirect_uri.to_owned();
            if let Some(failure) = &state.exchange {
                return Err(failure.clone());
            }
            let account = Credentials::from([("email", &*state.email)]);
            Ok(Granted { tokens: self.tokens(), account, missing_scopes: state.missing.clone() })
        })
    }

    fn open(
        &self,
        _: &Credentials,
        _: &Credentials,
        tokens: Arc<dyn TokenStore>,
    ) -> Result<Arc<dyn CalendarAccount>, String> {
        let mut state = self.state();
        state.opened += 1;
        state.store = Some(Arc::clone(&tokens));
        Ok(Arc::new(Account { provider: self.clone(), tokens }))
    }

    fn pushed(&self, _: PushMessage<'_>) -> Pushed {
        Pushed::Unknown
    }

    fn revoke<'v>(&'v self, _: &'v Credentials, _: &'v OauthTokens) -> CalendarFuture<'v, ()> {
        Box::pin(async {
            self.state().revoked += 1;
            Ok(())
        })
    }
}

struct Account {
    provider: Provider,
    tokens: Arc<dyn TokenStore>,
}

impl CalendarAccount for Account {
    fn calendars(&self) -> CalendarFuture<'_, Vec<FoundCalendar>> {
        Box::pin(async {
            let calendar = |id: &str, is_foreign| FoundCalendar {
                id: id.to_owned(),
                name: id.to_owned(),
                is_foreign,
                is_read_only: false,
            };
            let has_calendars = self.provider.state().has_calendars;
            Ok(if has_calendars { vec![calendar("own", false), calendar("team", true)] } else { Vec::new() })
        })
    }

    fn busy<'a>(&'a self, _: &'a [String], _: BusyQuery) -> CalendarFuture<'a, BusyRead> {
        Box::pin(async {
            if let Some(failure) = &self.provider.state().busy {
                return Err(failure.clone());
            }
            let tokens = self.tokens.load().await;
            let tokens = tokens.map_err(|error| CalendarFailure::Refused(error.to_string()))?;
            self.provider.state().read.push(tokens.access);
            Ok(BusyRead::default())
        })
    }

    fn put<'a>(&'a self, _: &'a str, _: &'a CalendarEntry) -> CalendarFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn entry<'a>(&'a self, _: &'a str, _: &'a str) -> CalendarFuture<'a, EntryFound> {
        Box::pin(async { Ok(EntryFound::Gone) })
    }

    fn push(&self) -> Option<&dyn CalendarPush> {
        Some(self)
    }

    fn remove<'a>(&'a self, _: &'a str, _: &'a str) -> CalendarFuture<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

impl CalendarPush for Account {
    fn longest(&self) -> Millis {
        Millis::DAY
    }

    fn open<'a>(&'a self, request: ChannelRequest<'a>) -> CalendarFuture<'a, OpenedChannel> {
        Box::pin(async move { Ok(OpenedChannel { remote: "remote".to_owned(), expires_at: request.until }) })
    }

    fn renew<'a>(&'a self, _: &'a CalendarChannel, _: Millis) -> CalendarFuture<'a, Option<Millis>> {
        Box::pin(async { Ok(None) })
    }

    fn close<'a>(&'a self, channel: &'a CalendarChannel) -> CalendarFuture<'a, ()> {
        Box::pin(async move {
            let tokens = self.tokens.load().await;
            tokens.map_err(|error| CalendarFailure::Unauthorized(error.to_string()))?;
            let mut state = self.provider.state();
            let revoked = state.revoked;
            state.closed.push((channel.id.clone(), revoked));
            Ok(())
        })
    }
}
