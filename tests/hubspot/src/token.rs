//! Tokens and their scopes.

use crate::errors::{error, invalid};
use crate::request::{Answer, Request};
use crate::tokens::PRIVATE;
use crate::world::World;
use serde_json::{Value as Json, json};

/// Client id and secret of the OAuth app.
pub(crate) const APP: (&str, &str) = ("client", "secret");
/// The code that an administrator's consent led to.
pub(crate) const CODE: &str = "code";
/// The lifetime of an access token.
const LIFE_MS: i64 = 1_800_000;

/// `/oauth/...`, which needs no token.
pub(crate) fn answer(world: &mut World, request: &Request, rest: &[&str]) -> Answer {
    match (request.method.as_str(), rest) {
        ("POST", ["token"]) => grant(world, request),
        ("POST", ["token", "introspect"]) => {
            if !is_app(request) {
                return refused("BAD_CLIENT_ID", "missing or unknown client id");
            }
            let is_known = world.tokens.access.get(request.text("token")).is_some_and(|end| world.now() < *end);
            Answer::ok(if is_known { info(world) } else { json!({"active": false}) })
        }
        ("POST", ["private-apps", "get", "access-token-info"]) => {
            let is_known = request.text("tokenKey") == PRIVATE;
            if is_known { Answer::ok(info(world)) } else { invalid("the token is unknown") }
        }
        _ => error(404, "OBJECT_NOT_FOUND", "there is no such path"),
    }
}

fn info(world: &World) -> Json {
    json!({
        "active": true, "hub_id": 1_234, "hubId": 1_234, "user_id": 1, "userId": 1, "app_id": 5, "appId": 5,
        "hub_domain": "contract.example", "scopes": world.tokens.scopes, "token_type": "access",
    })
}

fn is_app(request: &Request) -> bool {
    (request.text("client_id"), request.text("client_secret")) == APP
}

fn refused(status: &str, message: &str) -> Answer {
    let body = json!({"status": status, "message": message, "error": "invalid_grant", "error_description": message});
    Answer::new(400, body)
}

fn grant(world: &mut World, request: &Request) -> Answer {
    if !is_app(request) {
        return refused("BAD_CLIENT_ID", "missing or unknown client id");
    }
    match request.text("grant_type") {
        "authorization_code" if request.text("redirect_uri").is_empty() => {
            return refused("BAD_REDIRECT_URI", "missing or invalid redirect uri");
        }
        "authorization_code" if request.text("code") == CODE => {}
        "authorization_code" => return refused("BAD_AUTH_CODE", "missing or unknown auth code"),
        "refresh_token" if world.tokens.refresh.as_deref() == Some(request.text("refresh_token")) => {
            world.tokens.refreshed += 1;
        }
        "refresh_token" => return refused("BAD_REFRESH_TOKEN", "missing or unknown refresh token"),
        _ => return refused("BAD_GRANT_TYPE", "missing or unknown grant type"),
    }
    let access = format!("access-{}", world.next_id());
    let end = world.now() + LIFE_MS;
    world.tokens.access.insert(access.clone(), end);
    let refresh = world.tokens.refresh.get_or_insert_with(|| "refresh-0".to_owned()).clone();
    Answer::ok(json!({
        "token_type": "bearer", "access_token": access, "refresh_token": refresh, "expires_in": LIFE_MS / 1_000,
    }))
}
