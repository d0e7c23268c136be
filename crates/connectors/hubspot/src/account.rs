//! The account of an access, and its scopes.

use crate::api::{Api, Call};
use crate::outcome::Fault;
use crate::paths;
use crate::scopes::SCOPES;
use knock_model::Millis;
use knock_ports::CrmAccount;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    portal_id: u64,
    #[serde(default)]
    account_type: String,
    #[serde(default)]
    utc_offset_milliseconds: i64,
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    hub_domain: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
}

pub(crate) async fn account(api: &Api) -> Result<CrmAccount, Fault> {
    let details: Details = api.read(&Call::get(paths::account())).await?;
    api.know_clock(Millis(details.utc_offset_milliseconds));
    let token = api.token().await?;
    let call = if api.is_private() {
        Call::post(paths::PRIVATE_APP_TOKEN.to_owned(), json!({"tokenKey": token}))
    } else {
        Call::post(paths::introspect(), json!({"token": token}))
    };
    let token: Token = api.read(&call).await?;
    let id = details.portal_id.to_string();
    let needed = SCOPES.iter().filter(|scope| !(api.is_private() && **scope == "oauth"));
    let missing = needed.filter(|scope| !token.scopes.iter().any(|has| has == *scope));
    Ok(CrmAccount {
        name: token.hub_domain.unwrap_or_else(|| format!("{id} ({})", details.account_type.to_lowercase())),
        id,
        missing_scopes: missing.map(|scope| (*scope).to_owned()).collect(),
        scopes: token.scopes,
        daily_limit: api.daily().map(|daily| daily.most),
        daily_left: api.daily().map(|daily| daily.left),
    })
}
