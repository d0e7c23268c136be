//! Signing in.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
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
}

#[wasm_bindgen_test]
async fn without_a_token_there_is_no_button() {
    let stage = show("/app/sign-in", super::nothing());
    settle().await;
    assert!(!stage.has("button"));
    assert!(stage.text().contains("knock login-link"));
}
