//! Settings > Team, sessions, and parts for some roles only.

use knock_model::Permission;
use knock_wire::{RoleWord, SessionState};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::pages::keys::KeysPage;
use crate::pages::own_account::OwnAccountPage;
use crate::pages::team::TeamPage;
use crate::parts::page::only::only;
use crate::state::session::use_session;

const MEMBERS: &str = include_str!("../../../../../tests/wire/member_list.json");
const INVITATION: &str = include_str!("../../../../../tests/wire/invitation.json");
const KEYS: &str = include_str!("../../../../../tests/wire/api_key_list.json");
const KEY: &str = include_str!("../../../../../tests/wire/api_key_created.json");
const SESSIONS: &str = include_str!("../../../../../tests/wire/session_list.json");

fn ok(body: &str) -> Reply {
    Reply { status_code: 200, body: body.to_owned() }
}

fn refused(status_code: u16, body: &str) -> Reply {
    Reply { status_code, body: body.to_owned() }
}

pub(super) fn sign_in(role: &str) {
    use_session().begin(SessionState {
        email: "ann@us.test".to_owned(),
        role: RoleWord::parse(role),
        now: 1_795_163_907_123,
        storage: None,
        is_held: false,
        has_demo: false,
        deliveries: Vec::new(),
        offers_password: false,
        name: String::new(),
    });
}

fn team_of(role: &'static str, change: Reply) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/session/methods") => ok(r#"{"mail":false,"password":true}"#),
        (Method::Get, _) => ok(MEMBERS),
        _ => change.clone(),
    };
    Stage::answering(answer, move || {
        sign_in(role);
        view! { <TeamPage /> }
    })
}

/// Repeats the session of the same member while the server's clock advances.
fn check_again() {
    use_session().begin(SessionState {
        email: "ann@us.test".to_owned(),
        role: RoleWord::parse("admin"),
        now: 1_795_163_909_123,
        storage: None,
        is_held: false,
        has_demo: false,
        deliveries: Vec::new(),
        offers_password: false,
        name: String::new(),
    });
}

#[wasm_bindgen_test]
async fn what_was_typed_stays_when_the_session_is_asked_for_again() {
    let stage = Stage::answering(
        |_| ok(MEMBERS),
        || {
            sign_in("admin");
            let again = move |_| check_again();
            view! {
                <button class="again" on:click=handler(again)></button>
                {move || only(Permission::SeeTeam, || view! { <TeamPage /> }.into_any())}
            }
        },
    );
    settle().await;
    stage.find("#invite-email").unchecked_into::<HtmlInputElement>().set_value("bo@us.test");
    stage.find(".again").click();
    settle().await;
    assert_eq!(stage.find("#invite-email").unchecked_into::<HtmlInputElement>().value(), "bo@us.test");
}

#[wasm_bindgen_test]
async fn a_manager_sees_the_team_and_changes_nothing() {
    let stage = team_of("manager", ok("{}"));
    settle().await;
    let line = stage.find(".person:nth-child(2)").text_content().unwrap_or_default();
    assert!(line.contains("bo@us.test") && line.contains("Invited") && line.contains("Manager"), "{line}");
    assert!(!stage.has(".person select") && !stage.has(".person button:not([hidden])"));
    assert!(stage.find(".people-invite").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_role_that_is_refused_is_set_back_and_the_reason_is_shown() {
    let last =
        r#"{"type":"x","title":"This is the last admin","status":409,"detail":"Make somebody else an admin first."}"#;
    let stage = team_of("admin", refused(409, last));
    settle().await;
    let choice: HtmlSelectElement = stage.find(".person select").unchecked_into();
    assert_eq!(
        (choice.value().as_str(), choice.get_attribute("aria-label").as_deref()),
        ("rep", Some("Role of bo@us.test"))
    );
    choice.set_value("admin");
    choice.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
    settle().await;
    let asked = stage.find("dialog").inner_text();
    assert!(asked.contains("Make bo@us.test an admin?") && asked.contains("may do everything"), "{asked}");
    assert!(!stage.calls().iter().any(|call| call.method == Method::Patch), "it asks first");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert!(stage.find("[role=alert]").inner_text().contains("Make somebody else an admin first."));
    stage.find("dialog button[type=button]").click();
    settle().await;
    assert_eq!(choice.value(), "rep");
    assert!(!stage.has("dialog"));
    let call = stage.calls().into_iter().find(|call| call.method == Method::Patch).expect("a change");
    assert_eq!(call.body.as_deref(), Some(r#"{"role":"admin"}"#));
}

#[wasm_bindgen_test]
async fn an_invitation_shows_its_link_and_an_error_stands_at_the_field() {
    let wrong = r#"{"type":"x","title":"A field is wrong","status":422,
        "errors":[{"pointer":"/email","reason":"is not an e-mail address"}]}"#;
    for (reply, expected) in [(ok(INVITATION), "c2VjcmV0"), (refused(422, wrong), "is not an e-mail address")] {
        let stage = team_of("admin", reply);
        settle().await;
        let email: HtmlInputElement = stage.find("#invite-email").unchecked_into();
        email.set_value("bo@us.test");
        email.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
        stage.find(".people-invite button[type=submit]").click();
        settle().await;
        let invite = stage.find(".people-invite").text_content().unwrap_or_default();
        assert!(invite.contains(expected), "{invite}");
        let call = stage.calls().into_iter().find(|call| call.method == Method::Post).expect("an invitation");
        assert_eq!(call.body.as_deref(), Some(r#"{"email":"bo@us.test","role":"rep"}"#));
    }
}

#[wasm_bindgen_test]
async fn a_session_that_was_ended_leaves_the_list() {
    let answer = |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/password") => ok(r#"{"is_set":false,"signs_in":true}"#),
        (Method::Get, _) => ok(SESSIONS),
        _ => refused(204, ""),
    };
    let stage = Stage::answering(answer, || {
        sign_in("rep");
        view! { <Router><OwnAccountPage /></Router> }
    });
    settle().await;
    assert!(stage.find(".person:first-child").inner_text().contains("This browser"));
    stage.find(".person:first-child button").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("you are signed out of this browser"));
    stage.find("dialog button[type=button]").click();
    settle().await;
    stage.find(".person:nth-child(2) button").click();
    settle().await;
    assert!(!stage.calls().iter().any(|call| call.method == Method::Delete), "it asks first");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert!(!stage.has(".person:nth-child(2)") && !stage.has("dialog"));
    assert!(stage.calls().iter().any(|call| call.path == "/api/v1/sessions/04b1" && call.method == Method::Delete));
}

#[wasm_bindgen_test]
async fn a_key_is_created_shown_once_and_revoked_after_a_question() {
    let answer = |call: &Call| match (&call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/members") => ok(MEMBERS),
        (Method::Get, _) => ok(KEYS),
        (Method::Post, _) => ok(KEY),
        _ => refused(204, ""),
    };
    let stage = Stage::answering(answer, || {
        sign_in("admin");
        view! { <KeysPage /> }
    });
    settle().await;
    let line = stage.find(".person:first-child").text_content().unwrap_or_default();
    assert!(
        line.contains("Data team") && line.contains("Rep, writes as Zapier (integration), by ann@acme.test, used"),
        "{line}"
    );
    let name: HtmlInputElement = stage.find("#key-name").unchecked_into();
    name.set_value("Nightly");
    name.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
    stage.find(".people-invite button[type=submit]").click();
    settle().await;
    let call = stage.calls().into_iter().find(|call| call.method == Method::Post).expect("a key");
    assert_eq!(call.body.as_deref(), Some(r#"{"name":"Nightly","role":"ingest"}"#));
    assert!(stage.find(".invitation").text_content().unwrap_or_default().contains("c2VjcmV0"));

    stage.find(".person:first-child button").click();
    settle().await;
    assert!(!stage.calls().iter().any(|call| call.method == Method::Delete), "it asks first");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let revoked = |call: &Call| call.path == "/api/v1/keys/9f2c" && call.method == Method::Delete;
    assert!(stage.calls().iter().any(revoked));
}

#[wasm_bindgen_test]
async fn a_page_of_another_role_says_so_in_a_sentence() {
    let stage = Stage::show(ok("{}"), || {
        sign_in("rep");
        only(Permission::ManageSites, || view! { <p id="page">"Sites"</p> }.into_any())
    });
    settle().await;
    assert!(!stage.has("#page"));
    assert!(stage.text().contains("Your role, rep, may not see and change sites."), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_link_for_a_member_is_made_and_shown() {
    let stage = team_of("admin", ok(r#"{"link":"https://knock.test/app/sign-in?token=abc","expires_at":1}"#));
    settle().await;
    let line = |place: u8| stage.find(&format!(".person:nth-child({place})")).text_content().unwrap_or_default();
    assert!(line(1).contains("New sign-in link") && !line(1).contains("Invited"), "{}", line(1));
    assert!(line(2).contains("New sign-in link") && line(2).contains("Invited"), "{}", line(2));
    assert!(stage.find(".panel.invitation").has_attribute("hidden"));
    let buttons = stage.all(".person .person-actions > button");
    let button = buttons.into_iter().find(|button| button.inner_text().starts_with("New sign-in link"));
    let button = button.expect("it is offered");
    assert!(button.text_content().is_some_and(|text| text.contains("New sign-in link for bo@us.test")));
    button.click();
    settle().await;
    let shown = stage.find(".panel.invitation");
    assert!(!shown.has_attribute("hidden"));
    let text = shown.text_content().unwrap_or_default();
    assert!(text.contains("Send this link to bo@us.test only.") && text.contains("token=abc"), "{text}");
    let call = stage.calls().into_iter().find(|call| call.method == Method::Post).expect("a link");
    assert!(call.path.starts_with("/api/v1/members/") && call.path.ends_with("/link"), "{}", call.path);
}
