//! Tokens of the Microsoft identity platform: the first ones for a code, the next ones for a refresh token.

use crate::app::App;
use crate::outcome::{self, Fault, Kind};
use crate::scopes::SCOPES;
use knock_model::Millis;
use knock_outbound::{Outbound, Request};
use knock_ports::{Clock, CodeExchange, ConsentRequest, OauthTokens};
use serde::Deserialize;
use std::sync::Arc;
use url::Url;
use url::form_urlencoded::Serializer;

/// The address of the identity platform, for all but the national clouds.
pub const AUTHORITY_URL: &str = "https://login.microsoftonline.com";
/// The most bytes of an answer: tokens are a few kilobytes.
const LIMIT: usize = 256 << 10;

/// The identity platform, as one app uses it.
pub(crate) struct Identity {
    outbound: Outbound,
    pub(crate) clock: Arc<dyn Clock>,
    authority: Url,
    app: App,
}

/// The tokens of an answer.
pub(crate) struct Tokens {
    pub(crate) access: String,
    /// None without the scope `offline_access`.
    pub(crate) refresh: Option<String>,
    pub(crate) expires_at: Millis,
    /// The scopes of the access token, separated by spaces.
    pub(crate) scope: String,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    refresh_token: Option<String>,
    /// In seconds.
    expires_in: i64,
    #[serde(default)]
    scope: String,
}

impl Identity {
    pub(crate) fn new(outbound: Outbound, clock: Arc<dyn Clock>, authority: Url, app: App) -> Identity {
        Identity { outbound, clock, authority, app }
    }

    /// The page on which a member consents. Without a known account the page asks which one: a browser is often signed
    /// in to several.
    pub(crate) fn authorize_url(&self, request: &ConsentRequest<'_>) -> String {
        let Ok(mut url) = self.endpoint("authorize") else { return String::new() };
        let (name, value) =
            if request.login.is_empty() { ("prompt", "select_account") } else { ("login_hint", request.login) };
        url.query_pairs_mut()
            .append_pair("client_id", &self.app.client_id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", request.redirect_uri)
            .append_pair("response_mode", "query")
            .append_pair("scope", &SCOPES.join(" "))
            .append_pair("state", request.state)
            .append_pair("code_challenge", request.challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair(name, value);
        url.into()
    }

    /// The tokens for a code.
    pub(crate) async fn redeem(&self, exchange: &CodeExchange<'_>) -> Result<Tokens, Fault> {
        let CodeExchange { code, redirect_uri, verifier } = *exchange;
        let grant = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        self.tokens(&grant).await
    }

    /// Newer tokens. The refresh token among them replaces the old one.
    pub(crate) async fn refresh(&self, refresh: &str) -> Result<OauthTokens, Fault> {
        let Tokens { access, refresh: newer, expires_at, .. } =
            self.tokens(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await?;
        Ok(OauthTokens { access, refresh: newer.unwrap_or_else(|| refresh.to_owned()), expires_at })
    }

    async fn tokens(&self, grant: &[(&str, &str)]) -> Result<Tokens, Fault> {
        let asked_at = self.clock.now();
        let headers = vec![
            ("accept", "application/json".to_owned()),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ];
        let url = self.endpoint("token")?;
        let request = Request { method: "POST", url, headers, secret: None, body: self.form(grant), limit: LIMIT };
        let reply = self.outbound.send(request).await.map_err(outcome::unanswered)?;
        let answer = outcome::of_identity(&reply)?;
        let unreadable = |_| Fault::new(Kind::Later(None), "the answer of Microsoft has no token");
        let answer: Answer = serde_json::from_value(answer).map_err(unreadable)?;
        let expires_at = asked_at + Millis(answer.expires_in.saturating_mul(1_000));
        Ok(Tokens { access: answer.access_token, refresh: answer.refresh_token, expires_at, scope: answer.scope })
    }

    /// The body of a request, with the credentials of the app in it.
    fn form(&self, grant: &[(&str, &str)]) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("client_id", &self.app.client_id)
            .append_pair("client_secret", &self.app.client_secret)
            .append_pair("scope", &SCOPES.join(" "))
            .extend_pairs(grant);
        form.finish()
    }

    fn endpoint(&self, name: &str) -> Result<Url, Fault> {
        let mut url = self.authority.clone();
        let mut parts = url.path_segments_mut().map_err(|()| Fault::new(Kind::Wrong, "the address is none"))?;
        parts.pop_if_empty().extend([self.app.tenant.as_str(), "oauth2", "v2.0", name]);
        drop(parts);
        Ok(url)
    }
}
