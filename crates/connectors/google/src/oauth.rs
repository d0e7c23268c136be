//! Tokens: the first ones for a code, the next ones for a refresh token, and their end.

use crate::app::App;
use crate::client::Google;
use crate::outcome::{self, Fault, Kind};
use knock_model::Millis;
use knock_outbound::Request;
use knock_ports::{CodeExchange, OauthTokens};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::Serializer;

/// The most bytes of an answer.
const LIMIT: usize = 64 << 10;

/// Tokens that Google has just given, and their scopes with blanks between them.
pub(crate) struct Fresh {
    pub(crate) tokens: OauthTokens,
    pub(crate) scope: String,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    /// Only with the first tokens: a refresh token stays as it is.
    refresh_token: Option<String>,
    /// In seconds.
    expires_in: i64,
    #[serde(default)]
    scope: String,
}

/// The tokens for a code.
pub(crate) async fn exchange(google: &Google, app: &App, exchange: &CodeExchange<'_>) -> Result<Fresh, Fault> {
    let grant = [
        ("grant_type", "authorization_code"),
        ("code", exchange.code),
        ("redirect_uri", exchange.redirect_uri),
        ("code_verifier", exchange.verifier),
    ];
    fresh(google, app, &grant, None).await
}

/// The next tokens.
pub(crate) async fn refresh(google: &Google, app: &App, refresh: &str) -> Result<OauthTokens, Fault> {
    let grant = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    Ok(fresh(google, app, &grant, Some(refresh)).await?.tokens)
}

/// Ends a refresh token, and with it the consent.
pub(crate) async fn revoke(google: &Google, refresh: &str) -> Result<(), Fault> {
    let body = Serializer::new(String::new()).append_pair("token", refresh).finish();
    post(google, &google.settings.revoke_url, body).await.map(drop)
}

async fn fresh(google: &Google, app: &App, grant: &[(&str, &str)], old: Option<&str>) -> Result<Fresh, Fault> {
    let asked_at = google.clock.now();
    let answer = post(google, &google.settings.token_url, form(app, grant)).await?;
    let answer: Answer = outcome::parsed(&answer)?;
    let refresh = answer.refresh_token.or_else(|| old.map(str::to_owned));
    let refresh = refresh.ok_or_else(|| Fault::new(Kind::Denied, "Google gave no access that lasts"))?;
    let expires_at = asked_at + Millis(answer.expires_in.saturating_mul(1_000));
    let tokens = OauthTokens { access: answer.access_token, refresh, expires_at };
    Ok(Fresh { tokens, scope: answer.scope })
}

fn form(app: &App, grant: &[(&str, &str)]) -> String {
    let mut body = Serializer::new(String::new());
    body.extend_pairs(grant).append_pair("client_id", &app.client_id).append_pair("client_secret", &app.client_secret);
    body.finish()
}

/// Posts a form. The secrets are in it: there is no token to send beside.
async fn post(google: &Google, url: &Url, body: String) -> Result<Vec<u8>, Fault> {
    let headers = vec![
        ("accept", "application/json".to_owned()),
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
    ];
    let request = Request { method: "POST", url: url.clone(), headers, secret: None, body, limit: LIMIT };
    outcome::body(google.outbound.send(request).await.map_err(outcome::unanswered)?)
}
