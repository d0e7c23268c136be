//! Consent, tokens, and what ends them.

use crate::account::{Account, account, app, outbound, vendor};
use contract_microsoft::{Server, seed};
use knock_microsoft::{CLIENT_SECRET, EMAIL, USER_ID};
use knock_outbound::Request;
use knock_ports::{CalendarFailure, CalendarOauth, CalendarVendor, CodeExchange, ConsentRequest, Credentials, Granted};
use serde_json::{Value as Json, json};
use std::time::Duration;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(5);
const BACK: &str = "http://127.0.0.1:8080/hooks/microsoft/oauth";
/// The example of RFC 7636 (appendix B).
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn request(login: &str) -> ConsentRequest<'_> {
    ConsentRequest { redirect_uri: BACK, state: "state-1", challenge: CHALLENGE, login }
}

/// Clicks *Accept* on the page of consent, and returns what comes back.
async fn accept(url: &str) -> Vec<(String, String)> {
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let body = "decision=accept".to_owned();
    let url = url.parse().expect("a URL");
    let request = Request { method: "POST", url, headers, secret: None, body, limit: 1 << 16 };
    let reply = outbound(PATIENCE).send(request).await.expect("an answer");
    let back = Url::parse(&reply.location.expect("it leads back")).expect("a URL");
    assert!(back.as_str().starts_with(BACK), "{back}");
    back.query_pairs().into_owned().collect()
}

async fn exchange(server: &Server, app: &Credentials, code: &str) -> Result<Granted, CalendarFailure> {
    let exchange = CodeExchange { code, redirect_uri: BACK, verifier: VERIFIER };
    vendor(server, PATIENCE).exchange(app, exchange).await
}

fn unauthorized(failure: CalendarFailure, words: &str) {
    assert!(matches!(&failure, CalendarFailure::Unauthorized(said) if said.contains(words)), "{failure:?}");
}

#[tokio::test]
async fn a_member_consents_and_the_account_is_known() {
    let server = Server::start("127.0.0.1:0").expect("a server");
    let vendor = vendor(&server, PATIENCE);
    let back = accept(&vendor.authorize_url(&app(), &request(""))).await;
    assert!(back.contains(&("state".to_owned(), "state-1".to_owned())), "{back:?}");
    let code = &back.iter().find(|(name, _)| name == "code").expect("a code").1;
    let granted = exchange(&server, &app(), code).await.expect("tokens");
    assert_eq!(granted.account.get(EMAIL), seed::MAIL);
    assert!(!granted.account.get(USER_ID).is_empty() && !granted.tokens.refresh.is_empty());
    assert_eq!(granted.missing_scopes, Vec::<String>::new());
    assert_eq!(vendor.name(&granted.account), seed::MAIL);
    unauthorized(exchange(&server, &app(), code).await.expect_err("used"), "connect the account again");
}

#[tokio::test]
async fn a_verifier_of_another_consent_gets_no_tokens() {
    let server = Server::start("127.0.0.1:0").expect("a server");
    let other = ConsentRequest { challenge: "0000000000000000000000000000000000000000000", ..request(seed::MAIL) };
    let back = accept(&vendor(&server, PATIENCE).authorize_url(&app(), &other)).await;
    let code = &back.iter().find(|(name, _)| name == "code").expect("a code").1;
    unauthorized(exchange(&server, &app(), code).await.expect_err("another"), "");
}

#[tokio::test]
async fn a_page_of_consent_asks_for_the_account_unless_it_is_known() {
    let server = Server::start("127.0.0.1:0").expect("a server");
    let query = |login| {
        let url = vendor(&server, PATIENCE).authorize_url(&app(), &request(login));
        let url = Url::parse(&url).expect("a URL");
        assert_eq!(url.path(), "/common/oauth2/v2.0/authorize");
        url.query_pairs().into_owned().collect::<std::collections::BTreeMap<_, _>>()
    };
    let any = query("");
    assert_eq!((any["prompt"].as_str(), any.get("login_hint")), ("select_account", None));
    assert_eq!(any["scope"], "offline_access User.Read Calendars.ReadWrite Calendars.Read.Shared");
    assert_eq!((any["code_challenge"].as_str(), any["code_challenge_method"].as_str()), (CHALLENGE, "S256"));
    let known = query(seed::MAIL);
    assert_eq!((known["login_hint"].as_str(), known.get("prompt")), (seed::MAIL, None));
}

#[tokio::test]
async fn a_secret_that_is_wrong_or_has_ended_is_said_to_the_admin() {
    let server = Server::start("127.0.0.1:0").expect("a server");
    let wrong = Credentials::from([
        (knock_microsoft::CLIENT_ID, seed::CLIENT_ID),
        (CLIENT_SECRET, "another"),
        (knock_microsoft::TENANT, "common"),
    ]);
    unauthorized(exchange(&server, &wrong, "code").await.expect_err("wrong"), "an admin checks");
    server.control("PUT", "settings", &json!({"is_secret_expired": true}));
    unauthorized(exchange(&server, &app(), "code").await.expect_err("ended"), "client secret of the app");
}

/// The number of renewals that the server has answered.
fn renewed(account: &Account) -> u64 {
    account.server.control("GET", "counts", &Json::Null)["tokens_refreshed"].as_u64().expect("a number")
}

#[tokio::test]
async fn a_token_that_has_ended_is_renewed_once_and_its_successor_stored() {
    let account = account();
    let before = account.tokens.0.lock().expect("a lock").clone();
    account.post("expire_access", &json!({}));
    let calendars = &account.calendars;
    let (one, two, three) = tokio::join!(calendars.calendars(), calendars.calendars(), calendars.calendars());
    assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
    let after = account.tokens.0.lock().expect("a lock").clone();
    assert!(after.access != before.access && after.refresh != before.refresh);
    assert_eq!(renewed(&account), 1);
}

#[tokio::test]
async fn a_grant_that_is_over_is_said_whatever_ended_it() {
    for error in [50_173, 65_001, 700_082, 50_076] {
        let account = account();
        account.post("revoke", &json!({"at_once": true, "error": error}));
        unauthorized(account.calendars.calendars().await.expect_err("over"), "connect the account again");
    }
}

#[tokio::test]
async fn an_identity_platform_that_is_down_ends_no_access() {
    let account = account();
    account.post("expire_access", &json!({}));
    account.post("faults", &json!({"on": "/oauth2/v2.0/token", "do": "status", "status": 503, "retry_after": 4}));
    let failure = account.calendars.calendars().await.expect_err("down");
    assert!(matches!(failure, CalendarFailure::Later { .. }), "{failure:?}");
    account.calendars.calendars().await.expect("up again");
}
