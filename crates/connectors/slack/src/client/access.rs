//! The identity of a token, and the installation that issues one.

use super::Client;
use super::call::{Arguments, bearer, read};
use crate::{Refusal, SCOPES, Token};
use serde::Deserialize;
use std::fmt;
use url::Url;

/// The identity of a token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AuthTest {
    /// The workspace's address, such as `https://acme.slack.com/`.
    pub url: String,
    /// The workspace's name.
    pub team: String,
    /// The workspace.
    pub team_id: String,
    /// The name of the bot's user.
    pub user: String,
    /// The bot's user.
    pub user_id: String,
    /// The bot; none when it is the token of a person.
    pub bot_id: Option<String>,
    #[serde(skip)]
    pub scopes: Vec<String>,
}

impl AuthTest {
    /// The scopes that the app needs and this token lacks.
    pub fn missing_scopes(&self) -> Vec<&'static str> {
        SCOPES.into_iter().filter(|scope| !self.scopes.iter().any(|has| has == scope)).collect()
    }
}

/// The app that asks to be installed.
#[derive(Clone, PartialEq, Eq)]
pub struct OauthApp {
    /// Its public id.
    pub client_id: String,
    pub client_secret: String,
    /// The address to which Slack redirects the browser.
    pub redirect_uri: String,
}

/// The code that Slack sent a browser back with. It is good once, for ten minutes.
#[derive(Clone, PartialEq, Eq)]
pub struct OauthCode(pub String);

/// The result of an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The bot's token.
    pub token: Token,
    pub scopes: Vec<String>,
    pub app_id: String,
    pub bot_user_id: String,
    /// The workspace.
    pub team_id: String,
    /// The workspace's name.
    pub team: String,
    pub installed_by: String,
}

/// The token of the bot is at the top, those of persons are in `authed_user`.
#[derive(Deserialize)]
struct Exchanged {
    access_token: Option<String>,
    #[serde(default)]
    scope: String,
    app_id: String,
    #[serde(default)]
    bot_user_id: String,
    team: Option<Team>,
    authed_user: Person,
}

#[derive(Deserialize)]
struct Team {
    id: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Person {
    id: String,
}

#[derive(Deserialize)]
struct Done {}

impl Client {
    /// The identity of a token (`auth.test`).
    ///
    /// # Errors
    /// When Slack does not say.
    pub async fn auth_test(&self, token: &Token) -> Result<AuthTest, Refusal> {
        let reply = self.reply(Some(bearer(token)), "auth.test", Arguments::new([])).await?;
        let scopes = scopes(reply.header("x-oauth-scopes").unwrap_or_default());
        Ok(AuthTest { scopes, ..read(&reply)? })
    }

    /// Gives a token back, which is worth nothing from then on (`auth.revoke`).
    ///
    /// # Errors
    /// When Slack does not take it.
    pub async fn revoke(&self, token: &Token) -> Result<(), Refusal> {
        self.call::<Done>(token, "auth.revoke", Arguments::new([])).await.map(|_| ())
    }

    /// The address at which a browser installs the app. `state` comes back with the code.
    pub fn authorize_url(&self, app: &OauthApp, state: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path("/oauth/v2/authorize");
        url.set_query(None);
        url.query_pairs_mut()
            .append_pair("client_id", &app.client_id)
            .append_pair("scope", &SCOPES.join(","))
            .append_pair("redirect_uri", &app.redirect_uri)
            .append_pair("state", state);
        url
    }

    /// Changes a code for the bot's token (`oauth.v2.access`).
    ///
    /// # Errors
    /// When Slack refuses, or gave no token of a bot of one workspace.
    pub async fn oauth_exchange(&self, app: &OauthApp, code: &OauthCode) -> Result<Installed, Refusal> {
        let arguments = [
            ("client_id", app.client_id.clone()),
            ("client_secret", app.client_secret.clone()),
            ("code", code.0.clone()),
            ("redirect_uri", app.redirect_uri.clone()),
        ];
        let exchanged: Exchanged = self.call_with(None, "oauth.v2.access", Arguments::new(arguments)).await?;
        installed(exchanged)
    }
}

fn scopes(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

fn installed(exchanged: Exchanged) -> Result<Installed, Refusal> {
    let Exchanged { access_token, scope, app_id, bot_user_id, team, authed_user } = exchanged;
    let token = access_token.and_then(|text| Token::parse(&text).ok());
    let token = token.ok_or_else(|| Refusal::rejected("Slack gave no token of a bot"))?;
    let team =
        team.ok_or_else(|| Refusal::rejected("the app was installed for an organisation, not for a workspace"))?;
    let scopes = scopes(&scope);
    let (team_id, team, installed_by) = (team.id, team.name, authed_user.id);
    Ok(Installed { token, scopes, app_id, bot_user_id, team_id, team, installed_by })
}

impl fmt::Debug for OauthApp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("OauthApp").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl fmt::Debug for OauthCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("OauthCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn check(answer: Value) -> Result<Installed, String> {
        installed(serde_json::from_value(answer).expect("its shape")).map_err(|refusal| refusal.words)
    }

    #[test]
    fn the_token_of_the_bot_is_taken_and_no_other() {
        let answer = json!({
            "ok": true, "access_token": "xoxb-1", "token_type": "bot", "scope": "commands,chat:write",
            "bot_user_id": "U0KRQLJ9H", "app_id": "A0KRD7HC3", "team": {"name": "Acme", "id": "T9TK3CUKW"},
            "enterprise": null, "authed_user": {"id": "U1234", "access_token": "xoxp-1"}
        });
        let installed = check(answer.clone()).expect("a token");
        assert_eq!(installed.token.as_str(), "xoxb-1");
        assert_eq!(installed.scopes, ["commands", "chat:write"]);
        assert_eq!((installed.team_id.as_str(), installed.installed_by.as_str()), ("T9TK3CUKW", "U1234"));
        let mut of_person = answer.clone();
        of_person["access_token"] = json!("xoxp-1");
        assert_eq!(check(of_person).expect_err("no bot"), "Slack gave no token of a bot");
        let mut of_organisation = answer;
        of_organisation["team"] = Value::Null;
        assert!(check(of_organisation).expect_err("no team").contains("organisation"));
    }
}
