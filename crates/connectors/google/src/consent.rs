//! The consent of a member: its page, the account that gave it, and its end.

use crate::app::App;
use crate::client::Google;
use crate::outcome::{Fault, Kind};
use crate::settings::EMAIL;
use crate::{calendars, oauth};
use knock_ports::{CodeExchange, ConsentRequest, Credentials, Granted, OauthTokens};
use url::Url;

/// The scopes that Knock needs at Google: events are read and written, calendars are listed.
pub const SCOPES: [&str; 2] = [
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];

/// The address of the page. `prompt` makes Google give a refresh token also to an account that has consented before.
pub(crate) fn page(authorize_url: &Url, app: &App, request: &ConsentRequest<'_>) -> Url {
    let mut url = authorize_url.clone();
    let mut query = url.query_pairs_mut();
    query
        .append_pair("client_id", &app.client_id)
        .append_pair("redirect_uri", request.redirect_uri)
        .append_pair("response_type", "code")
        .append_pair("scope", &SCOPES.join(" "))
        .append_pair("state", request.state)
        .append_pair("code_challenge", request.challenge)
        .append_pair("code_challenge_method", "S256")
        .append_pair("access_type", "offline")
        .append_pair("prompt", "consent");
    if !request.login.is_empty() {
        query.append_pair("login_hint", request.login);
    }
    drop(query);
    url
}

/// What a code stands for. Where a scope is missing, the account is not looked up: it may be that very right that its
/// owner did not give.
pub(crate) async fn granted(google: &Google, app: &App, exchange: &CodeExchange<'_>) -> Result<Granted, Fault> {
    let fresh = oauth::exchange(google, app, exchange).await?;
    let missing_scopes = missing(&fresh.scope);
    let email = match missing_scopes.is_empty() {
        true => calendars::owner(google, &fresh.tokens.access).await?,
        false => String::new(),
    };
    Ok(Granted { tokens: fresh.tokens, account: Credentials::from([(EMAIL, email.as_str())]), missing_scopes })
}

/// The scopes that a list of granted ones, with blanks between them, lacks.
fn missing(granted: &str) -> Vec<String> {
    let lacks = |scope: &&str| !granted.split_whitespace().any(|one| one == *scope);
    SCOPES.into_iter().filter(lacks).map(str::to_owned).collect()
}

/// Ends a consent. One that Google does not know has ended.
pub(crate) async fn revoke(google: &Google, tokens: &OauthTokens) -> Result<(), Fault> {
    match oauth::revoke(google, &tokens.refresh).await {
        Err(fault) if fault.kind == Kind::Denied => Ok(()),
        ended => ended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_that_were_not_granted_are_named() {
        let [events, list] = SCOPES;
        for (granted, expected) in [
            (format!("{list} {events}"), vec![]),
            (format!("openid {events}"), vec![list]),
            (format!("{events}.readonly"), vec![events, list]),
            (String::new(), vec![events, list]),
        ] {
            assert_eq!(missing(&granted), expected, "{granted}");
        }
    }
}
