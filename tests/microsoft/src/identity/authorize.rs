//! The page on which a user consents.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code>

use super::Code;
use crate::access::scope;
use crate::account::Account;
use crate::request::{Answer, Request};
use crate::seed;
use crate::world::World;
use std::collections::BTreeSet;
use url::Url;

const METHODS: [&str; 2] = ["S256", "plain"];

/// A request that can lead back to the app.
struct Asked {
    back: Url,
    state: Option<String>,
    scopes: BTreeSet<String>,
    challenge: Option<(String, String)>,
    prompt: String,
    account: String,
}

/// `GET /{tenant}/oauth2/v2.0/authorize`.
pub(crate) fn page(world: &mut World, request: &Request, tenant: &str) -> Answer {
    let asked = match asked(world, request, tenant) {
        Ok(asked) => asked,
        Err(answer) => return *answer,
    };
    let consents = world.identity.consents.get(&asked.account);
    let has_consented = consents.is_some_and(|given| asked.scopes.is_subset(given));
    match asked.prompt.as_str() {
        "none" if has_consented => accepted(world, &asked),
        "none" => asked.lead(&[
            ("error", "consent_required"),
            ("error_description", "AADSTS65001: The user or administrator has not consented to use the application."),
        ]),
        "" | "login" if has_consented => accepted(world, &asked),
        _ => Answer::html(200, drawn(world, &asked)),
    }
}

/// `POST` of the page: `decision=accept` or `cancel`.
pub(crate) fn decide(world: &mut World, request: &Request, tenant: &str) -> Answer {
    let asked = match asked(world, request, tenant) {
        Ok(asked) => asked,
        Err(answer) => return *answer,
    };
    let is_accepted = request.form().get("decision").is_some_and(|decision| decision == "accept");
    if !is_accepted || world.settings.needs_admin {
        return asked.lead(&[
            ("error", "access_denied"),
            ("error_subcode", "cancel"),
            ("error_description", "AADSTS65004: User declined to consent to access the app."),
        ]);
    }
    accepted(world, &asked)
}

fn accepted(world: &mut World, asked: &Asked) -> Answer {
    world.identity.consent(&asked.account, &asked.scopes);
    let code = format!("M.C507_CODE.{}", world.guid());
    let entry = Code {
        account: asked.account.clone(),
        scopes: asked.scopes.clone(),
        redirect_uri: asked.back.to_string(),
        challenge: asked.challenge.clone(),
        at: world.now_millis(),
        is_used: false,
    };
    world.identity.codes.insert(code.clone(), entry);
    asked.lead(&[("code", &code)])
}

impl Asked {
    /// Leads back to the app with these parameters.
    fn lead(&self, parameters: &[(&str, &str)]) -> Answer {
        let mut back = self.back.clone();
        {
            let mut query = back.query_pairs_mut();
            query.extend_pairs(parameters);
            if let Some(state) = &self.state {
                query.append_pair("state", state);
            }
        }
        Answer::empty(302).with("location", back.into())
    }
}

/// A page of the platform's own, for what must not lead back to an app.
fn refused(number: u32, message: &str) -> Box<Answer> {
    let text = format!(
        "<!doctype html><html lang=\"en\"><title>Sign in to your account</title><h1>Sorry, but we’re having trouble signing you in.</h1><p>AADSTS{number}: {message}</p></html>"
    );
    Box::new(Answer::html(400, text))
}

fn asked(world: &World, request: &Request, tenant: &str) -> Result<Asked, Box<Answer>> {
    let given = |name: &str| request.parameter(name).unwrap_or_default();
    if given("client_id") != seed::CLIENT_ID {
        return Err(refused(700_016, "Application with this identifier was not found in the directory."));
    }
    let back = Url::parse(given("redirect_uri")).ok().filter(|back| is_registered(world, back));
    let Some(back) = back else {
        return Err(refused(
            50_011,
            "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
        ));
    };
    let hint = request.parameter("login_hint");
    let account = world.account_id(hint).or_else(|| world.account_id(None)).unwrap_or_default();
    let Some(account) = world.accounts.get(&account).filter(|account| may_enter(account, tenant)) else {
        return Err(refused(
            50_020,
            "User account does not exist in the tenant and cannot access the application in that tenant.",
        ));
    };
    let names: Vec<&str> = given("scope").split_whitespace().collect();
    let mut asked = Asked {
        back,
        state: request.parameter("state").map(str::to_owned),
        scopes: BTreeSet::new(),
        challenge: None,
        prompt: given("prompt").to_owned(),
        account: account.id.clone(),
    };
    let wrong = |asked: &Asked, error, description: &str| {
        Err(Box::new(asked.lead(&[("error", error), ("error_description", description)])))
    };
    if given("response_type") != "code" {
        return wrong(
            &asked,
            "unsupported_response_type",
            "AADSTS700054: response_type is not enabled for the application.",
        );
    }
    if !["", "query"].contains(&given("response_mode")) {
        return wrong(&asked, "invalid_request", "AADSTS90014: The response_mode is not supported.");
    }
    if !["", "login", "none", "consent", "select_account"].contains(&asked.prompt.as_str()) {
        return wrong(&asked, "invalid_request", "AADSTS90023: Unsupported 'prompt' value.");
    }
    if names.is_empty() {
        return wrong(
            &asked,
            "invalid_request",
            "AADSTS900144: The request must contain the following parameter: 'scope'.",
        );
    }
    match names.iter().map(|name| scope(name).map(str::to_owned)).collect::<Option<BTreeSet<String>>>() {
        Some(scopes) => asked.scopes = scopes,
        None => {
            let description = "AADSTS650053: The application asked for a scope that doesn't exist on the resource.";
            return wrong(&asked, "invalid_client", description);
        }
    }
    if let Some(challenge) = request.parameter("code_challenge") {
        let method = request.parameter("code_challenge_method").unwrap_or("plain");
        if !METHODS.contains(&method) || !(43..=128).contains(&challenge.len()) {
            return wrong(&asked, "invalid_request", "AADSTS501491: Invalid size or method of the code_challenge.");
        }
        asked.challenge = Some((challenge.to_owned(), method.to_owned()));
    }
    Ok(asked)
}

/// Registered addresses match exactly. Without any, the app runs on this machine.
fn is_registered(world: &World, back: &Url) -> bool {
    let registered = &world.settings.redirect_uris;
    let is_here = ["127.0.0.1", "localhost"].contains(&back.host_str().unwrap_or_default());
    if registered.is_empty() { is_here } else { registered.iter().any(|one| *one == back.to_string()) }
}

/// Which accounts a tenant lets in.
///
/// <https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints>
pub(super) fn may_enter(account: &Account, tenant: &str) -> bool {
    match tenant.to_ascii_lowercase().as_str() {
        "common" => true,
        "organizations" => !account.is_personal,
        "consumers" | seed::CONSUMERS => account.is_personal,
        seed::TENANT | seed::DOMAIN => !account.is_personal,
        _ => false,
    }
}

fn drawn(world: &World, asked: &Asked) -> String {
    let mail = world.accounts.get(&asked.account).map_or("", |account| account.mail.as_str());
    let scopes: String = asked.scopes.iter().map(|scope| format!("<li>{scope}</li>")).collect();
    let head = r#"<!doctype html><html lang="en"><link rel="icon" href="data:,">"#;
    let cancel = r#"<button name="decision" value="cancel">Cancel</button>"#;
    if world.settings.needs_admin {
        let leave =
            r#"<button name="decision" value="cancel">Return to the application without granting consent</button>"#;
        return format!(
            "{head}<title>Need admin approval</title><h1>Need admin approval</h1><p>{mail}</p><form method=\"post\">{leave}</form></html>"
        );
    }
    format!(
        "{head}<title>Permissions requested</title><h1>Permissions requested</h1><p>{mail}</p><ul>{scopes}</ul><form method=\"post\">{cancel} <button name=\"decision\" value=\"accept\">Accept</button></form></html>"
    )
}
