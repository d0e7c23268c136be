//! `POST /{tenant}/oauth2/v2.0/token`: codes and refresh tokens become access tokens.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#redeem-a-code-for-an-access-token>,
//! <https://learn.microsoft.com/entra/identity-platform/refresh-tokens>

use super::authorize::may_enter;
use super::errors::{Wrong, dead};
use super::{Access, INACTIVE, Refresh};
use crate::access::scope;
use crate::request::{Answer, Request};
use crate::seed;
use crate::world::World;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The lifetime of a code, in milliseconds.
const CODE: i64 = 600_000;
/// Scopes that are no permissions of Graph, and so none of an access token.
const IDENTITY: [&str; 4] = ["openid", "profile", "email", "offline_access"];

type Form = BTreeMap<String, String>;

pub(crate) fn answer(world: &mut World, request: &Request, tenant: &str) -> Answer {
    let kind = request.header("content-type").unwrap_or_default();
    let form = if kind.starts_with("application/x-www-form-urlencoded") { request.form() } else { Form::new() };
    match granted(world, &form, tenant) {
        Ok(body) => Answer::ok(body).with("cache-control", "no-store, no-cache".to_owned()),
        Err(wrong) => wrong.answer(world),
    }
}

fn granted(world: &mut World, form: &Form, tenant: &str) -> Result<Json, Wrong> {
    let field = |name: &str| form.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let need = |name: &str| {
        let message = format!("The request body must contain the following parameter: '{name}'.");
        field(name).ok_or_else(|| Wrong::new("invalid_request", 900_144, message))
    };
    let grant = need("grant_type")?;
    is_app(world, need("client_id")?, field("client_secret"))?;
    let (account, scopes) = match grant {
        "authorization_code" => redeemed(world, (need("code")?, need("redirect_uri")?), field("code_verifier"))?,
        "refresh_token" => refreshed(world, need("refresh_token")?)?,
        _ => return Err(Wrong::new("unsupported_grant_type", 70_003, "The app requested an unsupported grant type.")),
    };
    if !world.accounts.get(&account).is_some_and(|account| may_enter(account, tenant)) {
        return Err(Wrong::new("invalid_grant", 50_020, "User account does not exist in the tenant."));
    }
    let wanted = wanted(field("scope"), &scopes)?;
    if grant == "refresh_token" {
        world.identity.refreshed += 1;
    }
    Ok(issue(world, &account, &scopes, &wanted))
}

/// <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
fn is_app(world: &World, id: &str, secret: Option<&str>) -> Result<(), Wrong> {
    if id != seed::CLIENT_ID {
        let message = "Application with this identifier was not found in the directory.";
        return Err(Wrong::new("unauthorized_client", 700_016, message));
    }
    let client = |number, message: &str| Err(Wrong::new("invalid_client", number, message));
    match secret {
        None => client(
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
        Some(_) if world.settings.is_secret_expired => {
            client(7_000_222, "The provided client secret keys for app are expired.")
        }
        Some(secret) if secret != seed::CLIENT_SECRET => client(
            7_000_215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
        ),
        Some(_) => Ok(()),
    }
}

type Granted = (String, BTreeSet<String>);

fn redeemed(world: &mut World, (code, redirect_uri): (&str, &str), verifier: Option<&str>) -> Result<Granted, Wrong> {
    let now = world.now_millis();
    let wrong = |number, message: &str| Wrong::new("invalid_grant", number, message);
    let code = world
        .identity
        .codes
        .get_mut(code)
        .ok_or_else(|| wrong(9_002_313, "Invalid request. Request is malformed or invalid."))?;
    if code.is_used {
        return Err(wrong(
            54_005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code.",
        ));
    }
    if now - code.at > CODE {
        return Err(wrong(70_008, "The provided authorization code or refresh token has expired due to inactivity."));
    }
    let is_same = url::Url::parse(redirect_uri).is_ok_and(|uri| uri.to_string() == code.redirect_uri);
    if !is_same {
        return Err(wrong(50_011, "The redirect URI does not match the one that was used to request the code."));
    }
    match (&code.challenge, verifier) {
        (None, _) => {}
        (Some(_), None) => return Err(wrong(50_148, "The code_verifier is required.")),
        (Some((challenge, method)), Some(verifier)) => {
            if proof(verifier, method) != *challenge {
                return Err(wrong(
                    501_481,
                    "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
                ));
            }
        }
    }
    code.is_used = true;
    Ok((code.account.clone(), code.scopes.clone()))
}

fn proof(verifier: &str, method: &str) -> String {
    match method {
        "S256" => BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())),
        _ => verifier.to_owned(),
    }
}

/// A refresh token stays valid when it is used.
fn refreshed(world: &mut World, token: &str) -> Result<Granted, Wrong> {
    let now = world.now_millis();
    let refresh = world.identity.refresh.get_mut(token).ok_or_else(|| dead(70_000))?;
    let (account, scopes) = (refresh.account.clone(), refresh.scopes.clone());
    if let Some(number) = refresh.dead {
        return Err(dead(number));
    }
    if now - refresh.used > INACTIVE {
        return Err(dead(700_082));
    }
    refresh.used = now;
    if !world.identity.consents.get(&account).is_some_and(|consents| scopes.is_subset(consents)) {
        return Err(dead(65_001));
    }
    Ok((account, scopes))
}

/// The scopes of the access token: those that were granted, or fewer.
fn wanted(text: Option<&str>, granted: &BTreeSet<String>) -> Result<BTreeSet<String>, Wrong> {
    let Some(text) = text else { return Ok(granted.clone()) };
    let names = text.split_whitespace().filter(|name| !name.ends_with("/.default"));
    let unknown =
        || Wrong::new("invalid_scope", 70_011, "The provided value for the input parameter 'scope' is not valid.");
    let wanted: Option<BTreeSet<String>> = names.map(|name| scope(name).map(str::to_owned)).collect();
    let wanted = wanted.ok_or_else(unknown)?;
    if wanted.is_empty() {
        return Ok(granted.clone());
    }
    if wanted.is_subset(granted) { Ok(wanted) } else { Err(dead(65_001)) }
}

/// New tokens: the refresh token is another one each time.
pub(super) fn issue(world: &mut World, account: &str, granted: &BTreeSet<String>, wanted: &BTreeSet<String>) -> Json {
    let (id, now) = (world.next_id(), world.now_millis());
    // Lives are from 60 to 90 minutes, different for each token.
    let life = 3_600 + i64::try_from(id * 613 % 1_800).unwrap_or(0);
    let scopes: BTreeSet<String> = wanted.iter().filter(|scope| !IDENTITY.contains(&scope.as_str())).cloned().collect();
    let scope = scopes.iter().cloned().collect::<Vec<_>>().join(" ");
    let access = format!("eyJ0eXAiOiJKV1Qi.{}.contract", BASE64_URL_SAFE_NO_PAD.encode(format!("access {id}")));
    world
        .identity
        .access
        .insert(access.clone(), Access { account: account.to_owned(), scopes, end: now + life * 1_000 });
    let mut body = json!({
        "token_type": "Bearer", "scope": scope, "expires_in": life, "ext_expires_in": life, "access_token": access,
    });
    if granted.contains("offline_access") {
        let refresh = format!("1.AX0A.{}", BASE64_URL_SAFE_NO_PAD.encode(format!("refresh {id}")));
        let entry = Refresh { account: account.to_owned(), scopes: granted.clone(), used: now, dead: None };
        world.identity.refresh.insert(refresh.clone(), entry);
        body["refresh_token"] = json!(refresh);
    }
    if granted.contains("openid") {
        body["id_token"] = json!(id_token(world, account, now / 1_000));
    }
    body
}

/// Claims about the user; without a signature, which the app need not check on a token that came over TLS.
///
/// <https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference>
fn id_token(world: &World, account: &str, now: i64) -> String {
    let Some(account) = world.accounts.get(account) else { return String::new() };
    let tenant = if account.is_personal { seed::CONSUMERS } else { seed::TENANT };
    let claims = json!({
        "aud": seed::CLIENT_ID, "iss": format!("https://login.microsoftonline.com/{tenant}/v2.0"), "iat": now,
        "nbf": now, "exp": now + 3_600, "name": account.name, "oid": account.id, "preferred_username": account.mail,
        "email": account.mail, "sub": account.id, "tid": tenant, "ver": "2.0",
    });
    let part = |value: Json| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", part(json!({"typ": "JWT", "alg": "none"})), part(claims))
}

/// Tokens as after a consent, without a browser.
pub(crate) fn grant(world: &mut World, account: &str, scopes: &BTreeSet<String>) -> Json {
    world.identity.consent(account, scopes);
    issue(world, account, scopes, scopes)
}
