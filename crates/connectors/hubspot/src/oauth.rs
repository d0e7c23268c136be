//! Tokens by OAuth: the first ones for a code, the next ones for a refresh token, and what a token may do.

use crate::outcome::{self, Fault, Kind};
use crate::paths;
use crate::scopes::SCOPES;
use knock_model::Millis;
use knock_outbound::{Outbound, Request};
use knock_ports::{Clock, OauthTokens, Refusal};
use serde::Deserialize;
use serde_json::Value as Json;
use std::fmt;
use url::Url;
use url::form_urlencoded::Serializer;

/// The page on which an administrator of an account installs an app.
pub const AUTHORIZE_URL: &str = "https://app.hubspot.com/oauth/authorize";
/// The most bytes of an answer.
const LIMIT: usize = 64 << 10;

/// The data needed to renew a token.
pub(crate) struct Renewal<'r> {
    pub(crate) outbound: &'r Outbound,
    pub(crate) base: &'r Url,
    pub(crate) clock: &'r dyn Clock,
}

/// An app, as HubSpot knows it.
#[derive(Clone)]
pub struct OAuthApp {
    pub client_id: String,
    pub client_secret: String,
}

impl fmt::Debug for OAuthApp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OAuthApp").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: i64,
}

/// The address on `page` at which an administrator installs the app; HubSpot redirects to `redirect_uri` with a code
/// and `state`.
pub fn authorize_url(page: &Url, app: &OAuthApp, redirect_uri: &str, state: &str) -> Url {
    let mut url = page.clone();
    url.query_pairs_mut()
        .clear()
        .append_pair("client_id", &app.client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("scope", &SCOPES.join(" "))
        .append_pair("state", state);
    url
}

/// The tokens for a code.
///
/// # Errors
/// What HubSpot says against it.
pub async fn exchange(
    outbound: &Outbound,
    base: &Url,
    clock: &dyn Clock,
    app: &OAuthApp,
    (code, redirect_uri): (&str, &str),
) -> Result<OauthTokens, Refusal> {
    let renewal = Renewal { outbound, base, clock };
    let grant = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect_uri)];
    granted(&renewal, app, &grant, None).await.map_err(|fault| outcome::refusal(fault, clock.now()))
}

/// Newer tokens.
pub(crate) async fn refresh(renewal: &Renewal<'_>, app: &OAuthApp, refresh: &str) -> Result<OauthTokens, Fault> {
    let grant = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    granted(renewal, app, &grant, Some(refresh)).await
}

/// What HubSpot says of an access token: whose it is, and its scopes.
pub(crate) async fn introspect(renewal: &Renewal<'_>, app: &OAuthApp, token: &str) -> Result<Json, Fault> {
    ask(renewal, &paths::introspect(), form(app, &[("token", token)])).await
}

async fn granted(
    renewal: &Renewal<'_>,
    app: &OAuthApp,
    grant: &[(&str, &str)],
    old: Option<&str>,
) -> Result<OauthTokens, Fault> {
    let asked_at = renewal.clock.now();
    let answer = ask(renewal, &paths::token(), form(app, grant)).await?;
    let unreadable = |_| Fault::new(Kind::Later(None), "HubSpot's answer has no token");
    let granted: Granted = serde_json::from_value(answer).map_err(unreadable)?;
    let refresh = granted.refresh_token.or_else(|| old.map(str::to_owned));
    let refresh = refresh.ok_or_else(|| Fault::new(Kind::Denied, "HubSpot gave no refresh token"))?;
    let expires_at = asked_at + Millis(granted.expires_in.saturating_mul(1_000));
    Ok(OauthTokens { access: granted.access_token, refresh, expires_at })
}

/// Posts a form, the only body that HubSpot takes here. The credentials are in it: there is no token to send beside.
async fn ask(renewal: &Renewal<'_>, path: &str, body: String) -> Result<Json, Fault> {
    let url = renewal.base.join(path).map_err(|_| Fault::new(Kind::Wrong, "the address is none"))?;
    let headers = vec![
        ("accept", "application/json".to_owned()),
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
    ];
    let request = Request { method: "POST", url, headers, secret: None, body, limit: LIMIT };
    let reply = renewal.outbound.send(request).await.map_err(outcome::unanswered)?;
    outcome::read(&reply)
}

fn form(app: &OAuthApp, grant: &[(&str, &str)]) -> String {
    let mut body = Serializer::new(String::new());
    body.extend_pairs(grant).append_pair("client_id", &app.client_id).append_pair("client_secret", &app.client_secret);
    body.finish()
}
