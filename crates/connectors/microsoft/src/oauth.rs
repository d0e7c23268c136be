//! How an account is connected by a consent (OAuth 2.0 with PKCE): the scopes, and the account of a code.

use crate::account::{EMAIL, USER_ID};
use crate::graph::{self, Call};
use crate::outcome::Fault;
use crate::scopes::{ME, OFFLINE, SCOPES};
use crate::vendor::MicrosoftVendor;
use crate::{app, graph::at, push};
use knock_ports::{
    CalendarAccount, CalendarFuture, CalendarOauth, CodeExchange, ConsentRequest, CredentialForm, Credentials, Granted,
    OauthTokens, PushMessage, Pushed, TokenStore, WrongField,
};
use std::sync::Arc;

impl CalendarOauth for MicrosoftVendor {
    fn app(&self) -> CredentialForm {
        app::FORM
    }

    fn scopes(&self) -> &'static [&'static str] {
        &SCOPES
    }

    fn checked_app(&self, entered: &Credentials) -> Result<Credentials, WrongField> {
        app::checked(entered)
    }

    fn authorize_url(&self, app: &Credentials, request: &ConsentRequest<'_>) -> String {
        self.identity(app).authorize_url(request)
    }

    fn exchange<'v>(&'v self, app: &'v Credentials, exchange: CodeExchange<'v>) -> CalendarFuture<'v, Granted> {
        Box::pin(async move { Ok(self.granted(app, &exchange).await?) })
    }

    fn open(
        &self,
        app: &Credentials,
        account: &Credentials,
        tokens: Arc<dyn TokenStore>,
    ) -> Result<Arc<dyn CalendarAccount>, String> {
        Ok(self.account(app, account, tokens))
    }

    fn pushed(&self, message: PushMessage<'_>) -> Pushed {
        push::pushed(message)
    }

    /// Does nothing: an app cannot end a consent at Microsoft. Its member can, at myapps.microsoft.com.
    fn revoke<'v>(&'v self, _: &'v Credentials, _: &'v OauthTokens) -> CalendarFuture<'v, ()> {
        Box::pin(async { Ok(()) })
    }
}

impl MicrosoftVendor {
    async fn granted(&self, app: &Credentials, exchange: &CodeExchange<'_>) -> Result<Granted, Fault> {
        let tokens = self.identity(app).redeem(exchange).await?;
        let missing_scopes = missing(&tokens.scope, tokens.refresh.is_some());
        let account = if missing_scopes.iter().any(|scope| scope == ME) {
            Credentials::from([(EMAIL, ""), (USER_ID, "")])
        } else {
            self.me(&tokens.access).await?
        };
        let refresh = tokens.refresh.unwrap_or_default();
        let tokens = OauthTokens { access: tokens.access, refresh, expires_at: tokens.expires_at };
        Ok(Granted { tokens, account, missing_scopes })
    }

    /// The account of a token. Personal accounts and some work accounts have no `mail`.
    async fn me(&self, token: &str) -> Result<Credentials, Fault> {
        let url = at(&self.settings.api_url, &["me"], &[("$select", "id,mail,userPrincipalName")])?;
        let me = graph::once(&self.outbound, &Call::get(url, None), token).await?;
        let text = |name: &str| me[name].as_str().unwrap_or_default().trim();
        let email = if text("mail").is_empty() { text("userPrincipalName") } else { text("mail") };
        Ok(Credentials::from([(EMAIL, email), (USER_ID, text("id"))]))
    }
}

/// The scopes that were not granted. An answer names them in any case, with or without their resource before them, and
/// not `offline_access`, which is there if a refresh token is.
fn missing(granted: &str, has_refresh: bool) -> Vec<String> {
    let is_granted = |scope: &str| {
        let names = |one: &str| one.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(scope));
        if scope == OFFLINE { has_refresh } else { granted.split_whitespace().any(names) }
    };
    SCOPES.into_iter().filter(|scope| !is_granted(scope)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_known_however_they_are_written() {
        let cases: [(&str, bool, &[&str]); 6] = [
            ("User.Read Calendars.ReadWrite Calendars.Read.Shared", true, &[]),
            (
                "https://graph.microsoft.com/calendars.readwrite profile https://graph.microsoft.com/User.Read Calendars.Read.Shared",
                true,
                &[],
            ),
            ("User.Read Calendars.Read Calendars.Read.Shared", true, &["Calendars.ReadWrite"]),
            ("Calendars.ReadWrite User.Read", true, &["Calendars.Read.Shared"]),
            ("User.Read Calendars.ReadWrite Calendars.Read.Shared", false, &["offline_access"]),
            ("", false, &SCOPES),
        ];
        for (granted, has_refresh, expected) in cases {
            assert_eq!(missing(granted, has_refresh), expected, "{granted}");
        }
    }
}
