//! Accounts that are connected by a consent, with a scripted provider on a store.

mod provider;
mod push;
mod scene;

use knock_calendar_sync::NotConnected;
use knock_ports::{Busy, CalendarFailure, OauthTokens};
use scene::{ANN, BO, Scene};

#[test]
fn a_consent_connects_an_account_and_reads_it() {
    let scene = Scene::open();
    assert_eq!(scene.connects(ANN, None, "ann@us.example"), Ok(()));
    let account = scene.account(ANN);
    let details = &account.details;
    assert_eq!((&details.reads, &*details.events_in), (&vec!["own".to_owned()], "own"));
    assert_eq!((details.consented(), &*account.problem, &*details.secret), (Some("ann@us.example"), "", ""));
    let provider = scene.provider.state();
    assert_eq!((provider.opened, provider.read.as_slice()), (2, &["access-1".to_owned()][..]));
    let tokens = scene.stored_tokens(&account);
    assert!(!tokens.is_empty() && !tokens.contains("access-1"), "{tokens}");
}

#[test]
fn the_verifier_goes_with_the_code_alone_and_fits_the_challenge() {
    let scene = Scene::open();
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let provider = scene.provider.state();
    let (challenge, verifier) = provider.proof.clone().expect("a code was exchanged");
    assert_eq!((challenge.len(), verifier.len()), (43, 43));
    assert_ne!(challenge, verifier);
    assert_eq!(provider.redirect_uri, format!("https://knock.example/hooks/{}/oauth", scene.word()));
}

#[test]
fn what_cannot_be_connected_is_named() {
    let scene = Scene::open();
    let refused = |word| Err(NotConnected::Refused(word));
    scene.provider.state().missing = vec!["calendars.read".to_owned()];
    assert_eq!(scene.connects(ANN, None, "ann@us.example"), refused("missing_scopes"));
    scene.provider.state().missing.clear();
    scene.provider.state().has_calendars = false;
    assert_eq!(scene.connects(ANN, None, "ann@us.example"), refused("no_calendars"));
    scene.provider.state().has_calendars = true;
    assert_eq!(scene.connects(ANN, None, ""), refused("account_unread"));
    let later = CalendarFailure::Later { words: "busy".to_owned(), after: None };
    scene.provider.state().exchange = Some(later);
    assert_eq!(scene.connects(ANN, None, "ann@us.example"), Err(NotConnected::Later));
    scene.provider.state().exchange = Some(CalendarFailure::Unauthorized("invalid_grant".to_owned()));
    assert_eq!(scene.connects(ANN, None, "ann@us.example"), refused(""));
    scene.provider.state().exchange = None;
    assert!(scene.accounts(ANN).is_empty());
}

#[test]
fn signing_in_again_keeps_the_use_and_mends_the_problem() {
    let scene = Scene::open();
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let before = scene.account(ANN);
    scene.provider.state().busy = Some(CalendarFailure::Unauthorized("the access was revoked".to_owned()));
    assert_eq!(scene.reads_anew(&before), Busy::Unreachable);
    let problem = scene.account(ANN).problem;
    assert_eq!(problem, "the access was revoked (Settings > Calendars, Sign in again)");

    let other = scene.connects(ANN, Some(&before), "other@us.example");
    assert_eq!(other, Err(NotConnected::Refused("other_account")));
    scene.provider.state().busy = None;
    assert_eq!(scene.connects(ANN, Some(&before), "Ann@US.example"), Ok(()));
    let after = scene.account(ANN);
    assert_eq!((after.id, &*after.problem, after.problem_at), (before.id, "", None));
    assert_ne!(after.details.grant, before.details.grant);
    assert_eq!((&after.details.reads, &after.details.written), (&before.details.reads, &before.details.written));
    // Without naming the account it is the same one too.
    assert_eq!(scene.connects(ANN, None, "ann@us.example"), Ok(()));
    assert_eq!(scene.account(ANN).id, before.id);
}

#[test]
fn one_client_reads_until_the_consent_or_the_app_is_another() {
    let scene = Scene::open();
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let account = scene.account(ANN);
    let opened = scene.provider.state().opened;
    for _ in 0..3 {
        assert!(matches!(scene.reads_anew(&account), Busy::Known(_)));
    }
    assert_eq!(scene.provider.state().opened, opened);
    scene.enters_app("2");
    scene.reads_anew(&account);
    assert_eq!(scene.provider.state().opened, opened + 1);
    scene.removes_app();
    assert_eq!(scene.reads_anew(&account), Busy::Unreachable);
    let problem = scene.account(ANN).problem;
    assert!(problem.contains("an admin enters it"), "{problem}");
}

#[test]
fn renewed_tokens_are_stored_for_their_own_consent_alone() {
    let scene = Scene::open();
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let store = scene.provider.state().store.clone().expect("an account is open");
    let tokens = |number: u8| OauthTokens { access: format!("renewed-{number}"), ..scene.provider.tokens() };
    scene.wait(store.save(tokens(1))).expect("stored");
    assert_eq!(scene.wait(store.load()).expect("read"), tokens(1));
    assert_eq!(scene.account(ANN).details.reads, ["own"], "the account stays as it is");
    scene.connects(ANN, None, "ann@us.example").expect("connected");
    let newest = scene.stored_tokens(&scene.account(ANN));
    scene.wait(store.save(tokens(2))).expect("it is dropped");
    assert_eq!(scene.stored_tokens(&scene.account(ANN)), newest);
    assert!(scene.wait(store.load()).is_err(), "the consent is another one");
}

#[test]
fn a_consent_ends_at_its_provider_with_its_last_account() {
    let scene = Scene::open();
    scene.connects(ANN, None, "shared@us.example").expect("connected");
    scene.connects(BO, None, "shared@us.example").expect("connected");
    scene.disconnects(ANN);
    assert_eq!(scene.provider.state().revoked, 0, "it is Bo's too");
    scene.disconnects(BO);
    assert_eq!(scene.provider.state().revoked, 1);
    assert!(scene.accounts(ANN).is_empty() && scene.accounts(BO).is_empty());
}
