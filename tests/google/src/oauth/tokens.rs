//! `POST /token`, `/revoke`, `/tokeninfo` and `/v1/userinfo` ([`crate::pages::WEB_SERVER`]).

use super::grants::{Code, TESTING_LIFE, TOKEN_LIFE};
use super::{CLIENT_ID, CLIENT_SECRET};
use crate::api::bearer;
use crate::request::{Answer, Content, Request};
use crate::scopes::{is_sign_in, whole};
use crate::world::World;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The answer to `POST /token`.
pub(crate) fn token(world: &mut World, request: &Request) -> Answer {
    let given = match request.content {
        Content::Form | Content::Json => request.text("grant_type"),
        Content::None | Content::Other => "",
    };
    if given.is_empty() {
        return refused(400, "invalid_request", "Required parameter is missing: grant_type");
    }
    if let Some(refusal) = wrong_client(request) {
        return refusal;
    }
    match given {
        "authorization_code" => exchanged(world, request),
        "refresh_token" => refreshed(world, request),
        other => refused(400, "unsupported_grant_type", &format!("Invalid grant_type: {other}")),
    }
}

fn refused(code: u16, error: &str, description: &str) -> Answer {
    Answer::json(code, json!({"error": error, "error_description": description}))
}

fn invalid_grant(description: &str) -> Answer {
    refused(400, "invalid_grant", description)
}

/// The client names itself in the body or by basic authentication.
fn wrong_client(request: &Request) -> Option<Answer> {
    let basic = request.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    let decoded =
        basic.and_then(|value| BASE64_STANDARD.decode(value).ok()).and_then(|text| String::from_utf8(text).ok());
    let (id, secret) = match decoded.as_deref().and_then(|text| text.split_once(':')) {
        Some((id, secret)) => (id.to_owned(), secret.to_owned()),
        None => (request.text("client_id").to_owned(), request.text("client_secret").to_owned()),
    };
    match (id == CLIENT_ID, secret == CLIENT_SECRET) {
        (true, true) => None,
        (false, _) if id.is_empty() => {
            Some(refused(400, "invalid_request", "Could not determine client ID from request."))
        }
        (false, _) => Some(refused(401, "invalid_client", "The OAuth client was not found.")),
        (true, false) if secret.is_empty() => Some(refused(400, "invalid_request", "client_secret is missing.")),
        (true, false) => Some(refused(401, "invalid_client", "Unauthorized")),
    }
}

fn exchanged(world: &mut World, request: &Request) -> Answer {
    let now = world.now();
    let text = request.text("code");
    if text.is_empty() {
        return refused(400, "invalid_request", "Missing required parameter: code");
    }
    let Some(code) = world.grants.codes.get_mut(text) else { return invalid_grant("Malformed auth code.") };
    if code.is_used || now >= code.ends {
        return invalid_grant("Bad Request");
    }
    if request.text("redirect_uri") != code.redirect_uri {
        return refused(400, "redirect_uri_mismatch", "Bad Request");
    }
    if let Some(refusal) = wrong_verifier(code, request.text("code_verifier")) {
        return refusal;
    }
    code.is_used = true;
    let code = code.clone();
    let mut answer = access(world, &code.account, &code.scopes);
    if code.is_offline {
        let ends = world.settings.testing.then_some(now + TESTING_LIFE);
        answer["refresh_token"] = json!(world.grants.refresh(&code.account, &code.scopes, ends));
        if world.settings.testing {
            answer["refresh_token_expires_in"] = json!(TESTING_LIFE / 1_000 - 1);
        }
    }
    Answer::ok(answer)
}

fn wrong_verifier(code: &Code, verifier: &str) -> Option<Answer> {
    let (challenge, is_hashed) = code.challenge.as_ref()?;
    if verifier.is_empty() {
        return Some(invalid_grant("Missing code verifier."));
    }
    let found = if *is_hashed {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
    } else {
        verifier.to_owned()
    };
    (found != *challenge).then(|| invalid_grant("Invalid code verifier."))
}

fn refreshed(world: &mut World, request: &Request) -> Answer {
    let now = world.now();
    let text = request.text("refresh_token");
    if text.is_empty() {
        return refused(400, "invalid_request", "Missing required parameter: refresh_token");
    }
    match world.grants.refresher(text, now) {
        Some(token) => Answer::ok(access(world, &token.account, &token.scopes)),
        None => invalid_grant("Token has been expired or revoked."),
    }
}

fn access(world: &mut World, account: &str, scopes: &BTreeSet<String>) -> serde_json::Value {
    let now = world.now();
    let scope = scopes.iter().map(|scope| whole(scope)).collect::<Vec<_>>().join(" ");
    json!({
        "access_token": world.grants.access(account, scopes, now), "expires_in": TOKEN_LIFE, "scope": scope,
        "token_type": "Bearer",
    })
}

/// Ends a token; with an access token its refresh token ends too.
pub(crate) fn revoke(world: &mut World, request: &Request) -> Answer {
    let given = request.parameter("token").unwrap_or_else(|| request.text("token")).to_owned();
    match world.grants.account_of(&given) {
        Some(account) => {
            world.grants.revoke(&account);
            Answer::ok(json!({}))
        }
        None => refused(400, "invalid_token", "Token expired or revoked"),
    }
}

/// What an access token is for.
pub(crate) fn token_info(world: &World, request: &Request) -> Answer {
    let named = request.parameter("access_token").or_else(|| bearer(request));
    let text = named.unwrap_or_else(|| request.text("access_token"));
    let now = world.now();
    let Some(caller) = world.grants.caller(text, now) else {
        return refused(400, "invalid_token", "Invalid Value");
    };
    let left = (world.grants.ends(text).unwrap_or(now) - now) / 1_000;
    let scope = caller.scopes.iter().map(|scope| whole(scope)).collect::<Vec<_>>().join(" ");
    let mut body = json!({
        "azp": CLIENT_ID, "aud": CLIENT_ID, "scope": scope, "expires_in": left.to_string(), "access_type": "offline",
    });
    if caller.scopes.iter().any(|scope| scope.ends_with("email")) {
        body["email"] = json!(caller.account);
        body["email_verified"] = json!("true");
    }
    Answer::ok(body)
}

/// The account, for scopes of sign-in.
pub(crate) fn user_info(world: &World, request: &Request) -> Answer {
    let caller = bearer(request).and_then(|token| world.grants.caller(token, world.now()));
    let Some(caller) = caller.filter(|caller| caller.scopes.iter().any(|scope| is_sign_in(scope))) else {
        return refused(401, "invalid_request", "Invalid Credentials");
    };
    let name = world.accounts.get(&caller.account);
    Answer::ok(json!({"sub": caller.account, "name": name, "email": caller.account, "email_verified": true}))
}
