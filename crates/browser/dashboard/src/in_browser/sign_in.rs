//! Signing in.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlInputElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::SignInPage;

fn show(address: &str, reply: Reply) -> Stage {
    let history = window().history().expect("the page has a history");
    history.replace_state_with_url(&JsValue::NULL, "", Some(address)).expect("the address is of this origin");
    Stage::show(reply, || view! { <Router><SignInPage /></Router> })
}

#[wasm_bindgen_test]
async fn the_button_posts_the_token_once_and_the_page_alone_posts_nothing() {
    let body = r#"{"email":"ann@acme.test","role":"admin","now":1795163907123}"#.to_owned();
    let stage = show("/app/sign-in?token=t0k", Reply { status_code: 200, body });
    settle().await;
    assert_eq!(stage.calls(), []);
    stage.find("button").click();
    stage.find("button").click();
    settle().await;
    let expected =
        Call { method: Method::Post, path: "/api/v1/session".to_owned(), body: Some(r#"{"token":"t0k"}"#.to_owned()) };
    assert_eq!(stage.calls(), [expected]);
    assert_eq!(window().location().search().as_deref(), Ok(""));
}

#[wasm_bindgen_test]
async fn a_used_link_says_so_and_how_to_get_another() {
    let body = r#"{"type":"x","title":"This link is used","status":401}"#.to_owned();
    let stage = show("/app/sign-in?token=used", Reply { status_code: 401, body });
    stage.find("button").click();
    settle().await;
    assert!(stage.find("[role=alert]").inner_text().contains("This link is used"));
    assert!(stage.text().contains("knock login-link"));
    assert!(stage.has("#link-email"));
}

#[wasm_bindgen_test]
async fn without_a_token_there_is_no_button_but_that_for_a_link() {
    let stage = show("/app/sign-in", super::nothing());
    settle().await;
    assert_eq!(stage.root.get_elements_by_tag_name("button").length(), 1);
    assert_eq!(stage.find("button").inner_text(), "Mail me a sign-in link");
    assert!(stage.text().contains("knock login-link"));
    assert_eq!(stage.calls(), []);
}

/// Asks for a link with this address, and pressing the button twice.
async fn ask(address: &str, reply: Reply) -> Stage {
    let stage = show("/app/sign-in", reply);
    let field: HtmlInputElement = stage.find("#link-email").unchecked_into();
    field.set_value(address);
    let event = Event::new("input").expect("events can be made");
    field.dispatch_event(&event).expect("it is dispatched");
    stage.find("button").click();
    stage.find("button").click();
    settle().await;
    stage
}

fn answered(is_mail_set_up: bool) -> Reply {
    Reply { status_code: 202, body: format!(r#"{{"is_mail_set_up":{is_mail_set_up}}}"#) }
}

#[wasm_bindgen_test]
async fn a_link_is_asked_for_once_and_the_answer_is_announced() {
    let stage = ask("ann@acme.test", answered(true)).await;
    let expected = Call {
        method: Method::Post,
        path: "/api/v1/session/link".to_owned(),
        body: Some(r#"{"email":"ann@acme.test"}"#.to_owned()),
    };
    assert_eq!(stage.calls(), [expected]);
    let said = stage.find("[role=status]").inner_text();
    assert_eq!(said, "If this address belongs to a member, a link is on its way. It works once, within an hour.");
    assert!(stage.text().contains("knock login-link"));
}

#[wasm_bindgen_test]
async fn a_server_without_mail_says_how_to_get_a_link_there() {
    let stage = ask("ann@acme.test", answered(false)).await;
    let said = stage.find("[role=status]").inner_text();
    assert!(said.contains("This server does not send mail. Get a link on the server:"), "{said}");
    assert!(said.contains("knock login-link"), "{said}");
    assert_eq!(stage.text().matches("knock login-link").count(), 1);
}

#[wasm_bindgen_test]
async fn a_wrong_address_is_named_at_its_field_which_has_the_focus() {
    let body = r#"{"type":"x","title":"The request is not valid","status":422,
        "errors":[{"pointer":"/email","reason":"is not an e-mail address"}]}"#;
    let stage = ask("ann", Reply { status_code: 422, body: body.to_owned() }).await;
    assert!(stage.find("#link-email-notes").inner_text().starts_with("is not an e-mail address"));
    let field = stage.find("#link-email");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&field))));
}

#[wasm_bindgen_test]
async fn who_asks_too_often_is_told_to_try_later() {
    let body = r#"{"type":"x","title":"Too much at once","status":429,"detail":"more than this address may send"}"#;
    let stage = ask("ann@acme.test", Reply { status_code: 429, body: body.to_owned() }).await;
    assert_eq!(stage.find("[role=alert]").inner_text(), "Too much at once Try again later.");
}
