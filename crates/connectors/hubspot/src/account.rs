//! The account of an access, and its scopes.

use crate::api::{Api, Call};
use crate::outcome::{Fault, Kind, unreadable};
use crate::paths;
use crate::scopes::SCOPES;
use knock_model::Millis;
use knock_ports::CrmAccount;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

/// The longest wait for the scopes, which are a warning at most.
const SCOPES_WAIT: Duration = Duration::from_secs(5);

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
    /// False of a token that HubSpot does not know; a private app's has no such field.
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    hub_domain: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
}

const fn yes() -> bool {
    true
}

/// The account of the access. Without a look-up of its scopes the account is known all the same: what may not be done
/// is refused where it is tried.
pub(crate) async fn account(api: &Api) -> Result<CrmAccount, Fault> {
    let details: Details = api.read(&Call::get(paths::account())).await?;
    api.know_clock(Millis(details.utc_offset_milliseconds));
    let needed = SCOPES.iter().filter(|scope| !(api.is_private() && **scope == "oauth"));
    let needed: Vec<String> = needed.map(|scope| (*scope).to_owned()).collect();
    let id = details.portal_id.to_string();
    let unnamed = format!("{id} ({})", details.account_type.to_lowercase());
    let (daily_limit, daily_left) = (api.daily().map(|daily| daily.most), api.daily().map(|daily| daily.left));
    let unknown = CrmAccount {
        id,
        name: unnamed,
        scopes: Vec::new(),
        missing_scopes: Vec::new(),
        unchecked_scopes: None,
        daily_limit,
        daily_left,
    };
    Ok(match looked_up(api).await {
        Ok(token) => CrmAccount {
            name: token.hub_domain.filter(|name| !name.is_empty()).unwrap_or_else(|| unknown.name.clone()),
            missing_scopes: needed.into_iter().filter(|scope| !token.scopes.contains(scope)).collect(),
            scopes: token.scopes,
            ..unknown
        },
        Err(fault) => CrmAccount { unchecked_scopes: Some((needed, fault.words)), ..unknown },
    })
}

/// What HubSpot says of the token.
async fn looked_up(api: &Api) -> Result<Token, Fault> {
    let late = |_| Fault::new(Kind::Later(None), "HubSpot did not say what the access may do");
    let token = timeout(SCOPES_WAIT, token(api)).await.map_err(late)??;
    if token.active { Ok(token) } else { Err(Fault::new(Kind::Denied, "HubSpot does not know the token")) }
}

async fn token(api: &Api) -> Result<Token, Fault> {
    let Some(answer) = api.introspect().await? else {
        let token = api.token().await?;
        return api.read(&Call::post(paths::PRIVATE_APP_TOKEN.to_owned(), json!({"tokenKey": token}))).await;
    };
    serde_json::from_value(answer).map_err(unreadable)
}
