//! Tokens.

use super::{Call, Done, Refused};
use crate::events;
use crate::world::seed::{APP, BOT, BOT_USER, CLIENT_ID, CLIENT_SECRET, TEAM, TEAM_NAME};
use crate::world::{Token, TokenState, World, seed};
use serde_json::json;

/// The lifetime of a code, in milliseconds.
const CODE_LIFE: i64 = 10 * 60_000;

pub(super) fn api_test(_world: &mut World, call: &Call) -> Done {
    match call.arguments.text("error") {
        Some(error) => Err(Refused::new(&error)),
        None => Ok(json!({ "args": call.arguments.recorded() })),
    }
}

pub(super) fn auth_test(world: &mut World, _call: &Call) -> Done {
    Ok(json!({
        "url": format!("{}/", world.origin), "team": TEAM_NAME, "user": "knock", "team_id": TEAM, "user_id": BOT_USER,
        "bot_id": BOT, "is_enterprise_install": false,
    }))
}

pub(super) fn revoke(world: &mut World, call: &Call) -> Done {
    if call.arguments.is_true("test") {
        return Ok(json!({ "revoked": false }));
    }
    let token = call.arguments.must("token")?;
    if let Some(token) = world.tokens.get_mut(&token) {
        token.state = TokenState::Revoked;
    }
    events::lifecycle(world, &json!({ "type": "tokens_revoked", "tokens": { "oauth": [], "bot": [BOT_USER] } }));
    Ok(json!({ "revoked": true }))
}

pub(super) fn exchange(world: &mut World, call: &Call) -> Done {
    let arguments = &call.arguments;
    let (id, secret) = (arguments.text("client_id"), arguments.text("client_secret"));
    if id.as_deref() != Some(CLIENT_ID) {
        return Err(Refused::new("invalid_client_id"));
    }
    if secret.as_deref() != Some(CLIENT_SECRET) {
        return Err(Refused::new("bad_client_secret"));
    }
    let (now, given) = (world.now(), arguments.text("code").unwrap_or_default());
    let code = world.codes.get_mut(&given).ok_or_else(|| Refused::new("invalid_code"))?;
    if code.is_used {
        return Err(Refused::new("code_already_used"));
    }
    if now - code.at > CODE_LIFE {
        return Err(Refused::new("invalid_code"));
    }
    if arguments.text("redirect_uri").is_some_and(|uri| uri != code.redirect_uri) {
        return Err(Refused::new("bad_redirect_uri"));
    }
    code.is_used = true;
    let scopes = code.scopes.clone();
    let token = format!("xoxb-{}", world.id("contract-"));
    let scope = scopes.iter().map(String::as_str).collect::<Vec<_>>().join(",");
    world.tokens.insert(token.clone(), Token { scopes, state: TokenState::Valid });
    Ok(json!({
        "app_id": APP, "authed_user": { "id": seed::ANN }, "scope": scope, "token_type": "bot", "access_token": token,
        "bot_user_id": BOT_USER, "team": { "id": TEAM, "name": TEAM_NAME }, "enterprise": null,
        "is_enterprise_install": false,
    }))
}
