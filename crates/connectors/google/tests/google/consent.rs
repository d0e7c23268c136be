//! The consent of a member: the page, the code, what was granted, and its end.

use crate::account::{Account, BACK, VERIFIER, allowed, app, code, exchange, oauth, request, value, vendor};
use contract_google::{ACCOUNT, Server};
use knock_google::{CLIENT_ID, CLIENT_SECRET, EMAIL, SCOPES};
use knock_ports::{CalendarFailure, CodeExchange, ConsentRequest, Credentials};
use serde_json::json;
use url::Url;

fn server() -> Server {
    Server::start("127.0.0.1:0").expect("a server")
}

#[test]
fn the_page_asks_for_what_is_needed_and_for_a_lasting_access() {
    let server = server();
    let vendor = vendor(&server);
    let page = oauth(&vendor).authorize_url(&app(), &ConsentRequest { login: "ann+1@acme.example", ..request() });
    assert!(page.starts_with(&format!("{}/o/oauth2/v2/auth?", server.url())), "{page}");
    let query: Vec<_> = Url::parse(&page).expect("an address").query_pairs().into_owned().collect();
    for (name, expected) in [
        ("client_id", contract_google::CLIENT_ID),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("scope", &SCOPES.join(" ")),
        ("state", "state-1"),
        ("code_challenge", request().challenge),
        ("code_challenge_method", "S256"),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("login_hint", "ann+1@acme.example"),
    ] {
        assert_eq!(value(&query, name), expected, "{name}");
    }
    assert_eq!(query.len(), 10);
    assert!(!oauth(&vendor).authorize_url(&app(), &request()).contains("login_hint"));
}

#[tokio::test]
async fn a_code_becomes_the_tokens_of_an_account_once() {
    let server = server();
    let vendor = vendor(&server);
    let code = code(&vendor).await;
    let granted = oauth(&vendor).exchange(&app(), exchange(&code)).await.expect("tokens");
    assert_eq!((granted.account.get(EMAIL), granted.missing_scopes.len()), (ACCOUNT, 0));
    assert!(!granted.tokens.access.is_empty() && !granted.tokens.refresh.is_empty());
    let again = oauth(&vendor).exchange(&app(), exchange(&code)).await;
    assert!(matches!(again, Err(CalendarFailure::Unauthorized(_))), "{again:?}");
}

#[tokio::test]
async fn a_code_is_worth_nothing_to_others() {
    let server = server();
    let vendor = vendor(&server);
    let code = code(&vendor).await;
    let other = CodeExchange { verifier: &VERIFIER.to_lowercase(), ..exchange(&code) };
    let refused = oauth(&vendor).exchange(&app(), other).await;
    assert!(matches!(refused, Err(CalendarFailure::Unauthorized(_))), "{refused:?}");
    let wrong = Credentials::from([(CLIENT_ID, contract_google::CLIENT_ID), (CLIENT_SECRET, "another")]);
    let refused = oauth(&vendor).exchange(&wrong, exchange(&code)).await;
    assert!(matches!(&refused, Err(CalendarFailure::Refused(words)) if words.contains("an admin")), "{refused:?}");
}

#[tokio::test]
async fn a_box_that_was_not_ticked_is_a_missing_scope() {
    let server = server();
    let vendor = vendor(&server);
    let page = oauth(&vendor).authorize_url(&app(), &request());
    let [events, list] = SCOPES;
    for (ticked, missing) in [(events, list), (list, events)] {
        let back = allowed(&page, &[("decision", "allow"), ("granted", ticked)]).await;
        let granted = oauth(&vendor).exchange(&app(), exchange(value(&back, "code"))).await.expect("tokens");
        assert_eq!(granted.missing_scopes, [missing], "{ticked}");
    }
}

#[tokio::test]
async fn a_consent_that_is_denied_comes_back_without_a_code() {
    let server = server();
    let vendor = vendor(&server);
    let back = allowed(&oauth(&vendor).authorize_url(&app(), &request()), &[("decision", "deny")]).await;
    assert_eq!((value(&back, "error"), value(&back, "state")), ("access_denied", "state-1"));
}

#[tokio::test]
async fn a_consent_that_was_ended_is_over_however_often_it_is_ended() {
    let account = Account::connected();
    let vendor = vendor(&account.server);
    let tokens = account.tokens.0.lock().expect("a lock").clone();
    account.calendars.calendars().await.expect("calendars");
    for _ in 0..2 {
        oauth(&vendor).revoke(&app(), &tokens).await.expect("ended");
    }
    let failure = account.calendars.calendars().await.expect_err("no access");
    assert!(matches!(&failure, CalendarFailure::Unauthorized(words) if words.contains("connect")), "{failure:?}");
}

#[tokio::test]
async fn the_access_of_an_app_in_testing_ends_after_a_week_which_is_said() {
    let server = server();
    server.control("PATCH", "settings", &json!({"testing": true}));
    let account = Account::connected_to(server);
    account.calendars.calendars().await.expect("calendars");
    account.steer("PUT", "clock", &json!({"advance": 8 * 24 * 3_600_000_i64}));
    let failure = account.calendars.calendars().await.expect_err("no access");
    assert!(matches!(&failure, CalendarFailure::Unauthorized(words) if words.contains("7 days")), "{failure:?}");
}
