//! The consent page: what may be asked for, and how the browser returns ([`crate::pages::WEB_SERVER`]).

use super::CLIENT_ID;
use super::grants::Code;
use super::html;
use crate::request::{Answer, Body, Request};
use crate::scopes::{KNOWN, is_sign_in, short};
use crate::world::World;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use url::{Host, Url};

/// What the app asks for.
pub(super) struct Asked {
    pub(super) fields: BTreeMap<String, String>,
    pub(super) redirect_uri: Url,
    pub(super) scopes: BTreeSet<String>,
    pub(super) account: String,
}

/// Why the page shows an error in the place of the question: status, code and message.
pub(super) type Wrong = (u16, &'static str, &'static str);

/// `GET /o/oauth2/v2/auth`.
pub(crate) fn page(world: &mut World, request: &Request) -> Answer {
    let asked = match asked(world, request.query.iter().cloned().collect()) {
        Ok(asked) => asked,
        Err(wrong) => return html::error(wrong),
    };
    let prompt: Vec<&str> = asked.given("prompt").split_whitespace().collect();
    let is_granted = asked.scopes.is_subset(&world.grants.granted(&asked.account));
    if is_granted && !prompt.contains(&"consent") {
        return back(world, &asked, &asked.scopes, false);
    }
    if prompt.contains(&"none") {
        return redirect(&asked, &[("error", "interaction_required")]);
    }
    Answer::new(200, Body::Html(html::question(world, &asked)))
}

/// The form of the page: `decision` is `allow` or `deny`, `granted` the ticked scopes, `all` the box for all.
pub(crate) fn consent(world: &mut World, request: &Request) -> Answer {
    let text = |(name, value): (&String, &Json)| (name.clone(), value.as_str().unwrap_or_default().to_owned());
    let fields = request.body.as_object().map(|fields| fields.iter().map(text).collect()).unwrap_or_default();
    let asked = match asked(world, fields) {
        Ok(asked) => asked,
        Err(wrong) => return html::error(wrong),
    };
    if asked.given("decision") != "allow" {
        return redirect(&asked, &[("error", "access_denied")]);
    }
    let ticked: BTreeSet<&str> = asked.given("granted").split_whitespace().map(short).collect();
    // There are boxes only where there is something to choose.
    let is_free = asked.boxes().len() > 1 && asked.given("all").is_empty();
    let is_granted = |scope: &&String| !is_free || is_sign_in(scope) || ticked.contains(scope.as_str());
    let granted: BTreeSet<String> = asked.scopes.iter().filter(is_granted).cloned().collect();
    if granted.is_empty() {
        return redirect(&asked, &[("error", "access_denied")]);
    }
    back(world, &asked, &granted, true)
}

impl Asked {
    pub(super) fn given(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The scopes that can be granted one by one.
    pub(super) fn boxes(&self) -> Vec<&String> {
        self.scopes.iter().filter(|scope| !is_sign_in(scope)).collect()
    }
}

fn asked(world: &World, fields: BTreeMap<String, String>) -> Result<Asked, Wrong> {
    let given = |name: &str| fields.get(name).map_or("", String::as_str);
    if given("client_id").is_empty() {
        return Err((400, "invalid_request", "Missing required parameter: client_id"));
    }
    if given("client_id") != CLIENT_ID {
        return Err((401, "invalid_client", "The OAuth client was not found."));
    }
    if given("response_type") != "code" {
        return Err((400, "invalid_request", "Required parameter is missing: response_type"));
    }
    let redirect_uri = redirect_uri(world, given("redirect_uri"))?;
    if given("scope").is_empty() {
        return Err((400, "invalid_request", "Missing required parameter: scope"));
    }
    let scopes: BTreeSet<String> = given("scope").split_whitespace().map(|scope| short(scope).to_owned()).collect();
    if scopes.iter().any(|scope| !KNOWN.contains(&scope.as_str())) {
        return Err((400, "invalid_scope", "Some requested scopes were invalid."));
    }
    if !matches!(given("access_type"), "" | "online" | "offline") {
        return Err((400, "invalid_request", "Invalid parameter value for access_type"));
    }
    if given("prompt").split_whitespace().any(|word| !matches!(word, "none" | "consent" | "select_account")) {
        return Err((400, "invalid_request", "Invalid parameter value for prompt"));
    }
    if !given("code_challenge").is_empty() && !matches!(given("code_challenge_method"), "" | "plain" | "S256") {
        return Err((400, "invalid_request", "Invalid parameter value for code_challenge_method"));
    }
    let hint = given("login_hint");
    let account = if world.accounts.contains_key(hint) { hint } else { &world.signed_in };
    let account = account.to_owned();
    Ok(Asked { redirect_uri, scopes, account, fields })
}

/// An address that is registered for the app; without registered ones, any on this machine.
fn redirect_uri(world: &World, text: &str) -> Result<Url, Wrong> {
    const MISMATCH: Wrong = (
        400,
        "redirect_uri_mismatch",
        "The redirect URI in the request does not match the ones authorized for the OAuth client.",
    );
    let url = Url::parse(text).map_err(|_| MISMATCH)?;
    let is_local = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let is_registered = world.settings.redirect_uris.iter().any(|known| known == text);
    let is_allowed = is_registered || (is_local && !world.settings.exact_redirects);
    if is_allowed && url.fragment().is_none() { Ok(url) } else { Err(MISMATCH) }
}

/// Leads back with a code. A refresh token comes with it at the first consent, or when consent was asked for again.
fn back(world: &mut World, asked: &Asked, granted: &BTreeSet<String>, is_consented: bool) -> Answer {
    let before = world.grants.granted(&asked.account);
    world.grants.grant(&asked.account, granted);
    let mut scopes = granted.clone();
    if asked.given("include_granted_scopes") == "true" {
        scopes.extend(before);
    }
    let challenge = asked.fields.get("code_challenge").filter(|challenge| !challenge.is_empty());
    let code = Code {
        account: asked.account.clone(),
        scopes: scopes.clone(),
        redirect_uri: asked.given("redirect_uri").to_owned(),
        challenge: challenge.map(|challenge| (challenge.clone(), asked.given("code_challenge_method") == "S256")),
        is_offline: asked.given("access_type") == "offline" && is_consented,
        ends: 0,
        is_used: false,
    };
    let now = world.now();
    let code = world.grants.code(code, now);
    let scope = scopes.iter().map(|scope| crate::scopes::whole(scope)).collect::<Vec<_>>().join(" ");
    let prompt = if is_consented { "consent" } else { "none" };
    redirect(asked, &[("code", &code), ("scope", &scope), ("authuser", "0"), ("prompt", prompt)])
}

fn redirect(asked: &Asked, pairs: &[(&str, &str)]) -> Answer {
    let mut back = asked.redirect_uri.clone();
    if let Some(state) = asked.fields.get("state") {
        back.query_pairs_mut().append_pair("state", state);
    }
    back.query_pairs_mut().extend_pairs(pairs);
    // A form that was posted is followed with GET.
    Answer::new(302, Body::None).with("location", back.as_str())
}
