//! Signing in.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlInputElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::sign_in::SignInPage;
use crate::state::inbox::drafts::Begun;
use crate::state::inbox::unsent::Mode;
use crate::state::inbox::writing::use_writing;
use crate::state::session::use_session;

const MAIL: &str = r#"{"mail":true,"password":false}"#;
const PASSWORD: &str = r#"{"mail":false,"password":true}"#;

/// The page of a server with these sign-in methods; other requests get the response `reply`.
fn show(address: &str, methods: &'static str, reply: Reply) -> Stage {
    let history = window().history().expect("the page has a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some(address)).expect("the address is of this origin");
    let answer = move |call: &Call| match call.path.as_str() {
        "/api/v1/session/methods" => Reply { status_code: 200, body: methods.to_owned() },
        _ => reply.clone(),
    };
    Stage::answering(answer, || view! { <Router><SignInPage /></Router> })
}

pub(super) fn type_into(stage: &Stage, selector: &str, text: &str) {
    let field: HtmlInputElement = stage.find(selector).unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("events can be made")).expect("it is dispatched");
}

/// The sent requests, without the one for the sign-in methods.
fn sent(stage: &Stage) -> Vec<Call> {
    stage.calls().into_iter().filter(|call| call.method == Method::Post).collect()
}

#[wasm_bindgen_test]
async fn the_button_posts_the_token_once_and_the_page_alone_posts_nothing() {
    let body = r#"{"email":"ann@acme.test","role":"admin","now":1795163907123}"#.to_owned();
    let stage = show("/app/sign-in?token=t0k", MAIL, Reply { status_code: 200, body });
    settle().await;
    assert_eq!(sent(&stage), []);
    stage.find("button").click();
    stage.find("button").click();
    settle().await;
    let expected = Call {
        method: Method::Post,
        path: "/api/v1/session".to_owned(),
        body: Some(r#"{"token":"t0k"}"#.to_owned()),
        file: None,
    };
    assert_eq!(sent(&stage), [expected]);
    assert_eq!(window().location().search().as_deref(), Ok(""));
}

#[wasm_bindgen_test]
async fn a_used_link_says_so_and_how_to_get_another() {
    let body = r#"{"type":"x","title":"This link is used","status":401}"#.to_owned();
    let stage = show("/app/sign-in?token=used", MAIL, Reply { status_code: 401, body });
    stage.find("button").click();
    settle().await;
    assert!(stage.find("[role=alert]").inner_text().contains("This link is used"));
    assert!(stage.text().contains("knock login-link"));
    assert!(stage.has("#link-email"));
}

#[wasm_bindgen_test]
async fn each_server_shows_the_ways_in_that_it_has() {
    for (methods, buttons, parts) in [
        (MAIL, vec!["Mail me a sign-in link"], "Or get a link on the server"),
        (PASSWORD, vec!["Sign in"], "No password yet?"),
        (r#"{"mail":true,"password":true}"#, vec!["Sign in", "Mail me a sign-in link"], "Or get a link"),
        (r#"{"mail":false,"password":false}"#, vec![], "This server does not send mail."),
    ] {
        let stage = show("/app/sign-in", methods, super::nothing());
        settle().await;
        let found = stage.root.get_elements_by_tag_name("button");
        let found: Vec<String> = (0..found.length())
            .filter_map(|at| found.item(at)?.text_content())
            .map(|text| text.trim().to_owned())
            .collect();
        assert_eq!(found, buttons, "{methods}");
        assert!(
            stage.text().contains(parts) && stage.text().contains("knock login-link"),
            "{methods}: {}",
            stage.text()
        );
        assert_eq!(sent(&stage), []);
    }
}

#[wasm_bindgen_test]
async fn address_and_password_are_posted_once_and_the_page_goes_on() {
    let body = r#"{"email":"ann@acme.test","role":"rep","now":1795163907123}"#.to_owned();
    let stage = show("/app/sign-in", PASSWORD, Reply { status_code: 200, body });
    settle().await;
    type_into(&stage, "#sign-in-email", "ann@acme.test");
    type_into(&stage, "#sign-in-password", "heron-granite-41");
    assert_eq!(stage.find("#sign-in-password").get_attribute("autocomplete").as_deref(), Some("current-password"));
    stage.find("button").click();
    stage.find("button").click();
    settle().await;
    let expected = Call {
        method: Method::Post,
        path: "/api/v1/session/password".to_owned(),
        body: Some(r#"{"email":"ann@acme.test","password":"heron-granite-41"}"#.to_owned()),
        file: None,
    };
    assert_eq!(sent(&stage), [expected]);
    assert_eq!(window().location().pathname().as_deref(), Ok("/app/home"));
}

/// Signs in by a password on the sign-in page of this address; returns where it led.
async fn led_to(address: &str, role: &str) -> String {
    let body = format!(r#"{{"email":"ann@acme.test","role":"{role}","now":1795163907123}}"#);
    let stage = show(address, PASSWORD, Reply { status_code: 200, body });
    settle().await;
    stage.find("button").click();
    settle().await;
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn signing_in_leads_to_the_page_that_was_asked_for_and_never_out_of_the_app() {
    let to = |page: &str| format!("/app/sign-in?next={}", crate::api::encode(page));
    let chat = "/app/inbox/06060606-0606-4606-8606-060606060606?view=mine";
    assert_eq!(led_to(&to(chat), "admin").await, chat);
    for page in ["https://evil.test/app/", "//evil.test", "/demo/", "/app/../demo/", "javascript:alert(1)"] {
        assert_eq!(led_to(&to(page), "rep").await, "/app/home", "{page}");
    }
}

#[wasm_bindgen_test]
async fn a_sign_in_link_of_another_tab_leads_to_the_page_that_was_asked_for_once() {
    let stage = show("/app/sign-in?next=%2Fapp%2Fcontacts%3Fq%3Dann%2520lee", MAIL, super::nothing());
    settle().await;
    assert!(stage.find(".note").inner_text().contains("Sign in to go on to the page that you opened."));
    drop(stage);
    let link = "/app/sign-in?token=t0k";
    assert_eq!(led_to(link, "admin").await, "/app/contacts?q=ann%20lee");
    assert_eq!(led_to(link, "admin").await, "/app/home");
}

#[wasm_bindgen_test]
async fn the_end_of_a_session_is_said_with_what_is_kept() {
    let stage = Stage::answering(
        |call| match call.path.as_str() {
            "/api/v1/session/methods" => Reply { status_code: 200, body: PASSWORD.to_owned() },
            _ => Reply { status_code: 401, body: "{}".to_owned() },
        },
        || {
            super::team::sign_in("rep");
            let (session, writing) = (use_session(), use_writing());
            writing.restore("ann@ended.test");
            let to = crate::sample::conversation().id;
            writing.keep(to, Mode::Reply, Begun { text: "Half a sen".to_owned(), since: None });
            let ask = move |_| leptos::task::spawn_local(async move { drop(session.client().sites().await) });
            view! {
                <button id="ask" on:click=ask></button>
                <button id="forget" on:click=move |_| writing.clear()></button>
                <Router><SignInPage /></Router>
            }
        },
    );
    settle().await;
    assert!(!stage.text().contains("Your session has ended"));
    stage.find("#ask").click();
    settle().await;
    assert!(stage.text().contains("Your session has ended. Sign in again; your draft is kept."), "{}", stage.text());
    stage.find("#forget").click();
    settle().await;
    assert!(stage.text().contains("Your session has ended. Sign in again to go on."), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_wrong_password_is_said_and_its_field_has_the_focus() {
    let body = r#"{"type":"x","title":"The e-mail address or the password is wrong","status":401,
        "detail":"Try again, or get a sign-in link from an admin."}"#;
    let stage = show("/app/sign-in", PASSWORD, Reply { status_code: 401, body: body.to_owned() });
    settle().await;
    stage.find("button").click();
    settle().await;
    let said = stage.find("[role=alert]").inner_text();
    assert!(said.contains("The e-mail address or the password is wrong") && said.contains("from an admin"), "{said}");
    let field = stage.find("#sign-in-password");
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&field))));
}

/// Requests a link for this address, and presses the button twice.
async fn ask(address: &str, reply: Reply) -> Stage {
    let stage = show("/app/sign-in", MAIL, reply);
    settle().await;
    type_into(&stage, "#link-email", address);
    stage.find("button").click();
    stage.find("button").click();
    settle().await;
    stage
}

fn answered() -> Reply {
    Reply { status_code: 202, body: r#"{"is_mail_set_up":true}"#.to_owned() }
}

#[wasm_bindgen_test]
async fn a_link_is_asked_for_once_and_the_answer_is_announced() {
    let stage = ask("ann@acme.test", answered()).await;
    let expected = Call {
        method: Method::Post,
        path: "/api/v1/session/link".to_owned(),
        body: Some(r#"{"email":"ann@acme.test"}"#.to_owned()),
        file: None,
    };
    assert_eq!(sent(&stage), [expected]);
    let said = stage.find("[role=status]").inner_text();
    assert_eq!(said, "If this address belongs to a member, a link is on its way. It works once, within an hour.");
    assert!(stage.text().contains("knock login-link"));
}

#[wasm_bindgen_test]
async fn a_wrong_address_is_named_at_its_field_which_has_the_focus() {
    let body = r#"{"type":"x","title":"The request is not valid","status":422,
        "errors":[{"pointer":"/email","reason":"is not an e-mail address"}]}"#;
    let stage = ask("ann", Reply { status_code: 422, body: body.to_owned() }).await;
    assert!(stage.find("#link-email-notes").inner_text().starts_with("This is not an e-mail address."));
    let field = stage.find("#link-email");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&field))));
}

#[wasm_bindgen_test]
async fn too_many_requests_show_a_line_to_try_later() {
    let body = r#"{"type":"x","title":"Too much at once","status":429,"detail":"more than this address may send"}"#;
    let stage = ask("ann@acme.test", Reply { status_code: 429, body: body.to_owned() }).await;
    assert_eq!(stage.find("[role=alert]").inner_text(), "Too much at once Try again later.");
}
