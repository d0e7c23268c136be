//! Tokens by OAuth.

use crate::account::{Account, Wall, app, outbound};
use contract_crm::{Vendor, fields, record};
use knock_hubspot::{AUTHORIZE_URL, Access, HubSpot, OAUTH_APP, OAuthApp, Settings, authorize_url, exchange};
use knock_model::Millis;
use knock_ports::{Clock, Crm, CrmWritten, OauthTokens, Refusal, TokenFuture, TokenStore};
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn a_code_becomes_tokens_once_it_is_the_right_one() {
    let account = Account::by_oauth();
    let base = account.server.url().parse().expect("a URL");
    let of = |app: OAuthApp, code: &'static str| {
        let base = &base;
        async move { exchange(&outbound(), base, &Wall, &app, (code, "https://us.example/back")).await }
    };
    let tokens = of(app(), "code").await.expect("tokens");
    assert!(tokens.expires_at > Wall.now() && tokens.refresh == "refresh-0", "{tokens:?}");
    let wrong = OAuthApp { client_secret: "wrong".into(), ..app() };
    for refused in [of(app(), "other").await, of(wrong, "code").await] {
        assert!(matches!(refused, Err(Refusal::Unauthorized { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn what_another_server_renewed_is_taken() {
    let account = Account::by_oauth();
    fields(&account.hubspot).await;
    let other = Account::by_oauth();
    assert_eq!(account.renewed(), 1);
    account.expire_token();
    // The other server has exchanged the refresh token, and stored what it got.
    let base = account.server.url().parse().expect("a URL");
    let newer = exchange(&outbound(), &base, &Wall, &app(), ("code", "https://us.example/back")).await.expect("tokens");
    *account.tokens.0.lock().expect("a lock") = newer;
    let written = account.hubspot.write(&[record("ann", "knock_chat_owner", "Bo")]).await;
    assert!(matches!(written[..], [CrmWritten::Done { .. }]), "{written:?}");
    assert_eq!((account.renewed(), other.renewed()), (1, 0));
}

#[tokio::test]
async fn requests_side_by_side_on_two_servers_renew_a_token_once() {
    let account = Account::by_oauth();
    let other = account.beside();
    account.hubspot.account().await.expect("an account");
    other.account().await.expect("an account");
    assert_eq!(account.renewed(), 1, "the other one has taken it from the store");
    account.expire_token();
    let ask = || account.hubspot.account();
    let answers = tokio::join!(ask(), ask(), ask(), ask(), ask());
    for answer in [answers.0, answers.1, answers.2, answers.3, answers.4] {
        answer.expect("an account");
    }
    assert_eq!(account.renewed(), 2);
    let ask = || other.account();
    let answers = tokio::join!(ask(), ask(), ask());
    for answer in [answers.0, answers.1, answers.2] {
        answer.expect("an account");
    }
    assert_eq!(account.renewed(), 2, "refused once, it takes the newer token");
}

/// Tokens that another server exchanges between the reading and the renewal of them.
struct Exchanged(Mutex<Vec<OauthTokens>>);

impl TokenStore for Exchanged {
    fn load(&self) -> TokenFuture<'_, OauthTokens> {
        let mut tokens = self.0.lock().expect("a lock");
        let read = if tokens.len() > 1 { tokens.remove(0) } else { tokens[0].clone() };
        Box::pin(async { Ok(read) })
    }

    fn save(&self, _: OauthTokens) -> TokenFuture<'_, ()> {
        Box::pin(async { panic!("there is nothing to be saved") })
    }
}

#[tokio::test]
async fn a_refresh_token_that_another_server_has_used_up_is_no_problem() {
    let account = Account::by_oauth();
    let base = account.server.url().parse().expect("a URL");
    let newer = exchange(&outbound(), &base, &Wall, &app(), ("code", "https://us.example/back")).await.expect("tokens");
    let old = OauthTokens { access: "old".into(), refresh: "used-up".into(), expires_at: Millis(0) };
    let of = |tokens: Vec<OauthTokens>| {
        let access = Access::OAuth { app: app(), store: Arc::new(Exchanged(Mutex::new(tokens))) };
        HubSpot::new(outbound(), Arc::new(Wall), Settings { api_url: base.clone(), access, limits: OAUTH_APP })
    };
    of(vec![old.clone(), newer]).account().await.expect("an account");
    let refused = of(vec![old]).account().await;
    assert!(matches!(refused, Err(Refusal::Unauthorized { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let account = Account::by_oauth();
    let soon =
        OauthTokens { access: "old".into(), refresh: "refresh-0".into(), expires_at: Wall.now() + Millis(30_000) };
    *account.tokens.0.lock().expect("a lock") = soon;
    account.hubspot.account().await.expect("an account");
    assert_eq!(account.renewed(), 1);
    let kept = account.tokens.0.lock().expect("a lock").clone();
    assert!(kept.access.starts_with("access-") && kept.expires_at > Wall.now() + Millis(60_000));
}

#[test]
fn an_administrator_is_asked_for_what_is_needed() {
    let page = AUTHORIZE_URL.parse().expect("a URL");
    let url = authorize_url(&page, &app(), "https://us.example/back?x=1", "state").to_string();
    assert!(
        url.starts_with(
            "https://app.hubspot.com/oauth/authorize?client_id=client&redirect_uri=https%3A%2F%2Fus.example"
        )
    );
    assert!(url.contains("crm.objects.contacts.write") && url.ends_with("&state=state"), "{url}");
}

#[test]
fn nothing_secret_is_in_debug_output() {
    let tokens = OauthTokens { access: "geheim".into(), refresh: "geheim".into(), expires_at: Millis(0) };
    let app = OAuthApp { client_id: "client".into(), client_secret: "geheim".into() };
    assert!(!format!("{tokens:?} {app:?}").contains("geheim"));
}
