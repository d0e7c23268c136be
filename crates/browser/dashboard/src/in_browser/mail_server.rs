//! Settings > Mail, the mail server: filled in by provider, tested before it is saved, saved, and removed.

use knock_wire::{MailPage as Page, MailSecurity, MailServerSettings, MailServerSource, MailServerTested};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement};
use leptos_router::components::Router;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::mail::MailPage;

const SERVER: &str = "/api/v1/mail/server";
const TEST: &str = "/api/v1/mail/server/test";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn saved() -> MailServerSettings {
    MailServerSettings {
        source: MailServerSource::Dashboard,
        host: "smtp.gmail.com".to_owned(),
        port: 465,
        security: MailSecurity::Tls,
        username: "ann@gmail.com".to_owned(),
        has_password: true,
        from_address: "ann@gmail.com".to_owned(),
        ..MailServerSettings::default()
    }
}

fn show(stored: MailServerSettings, put: Reply, tested: Reply) -> Stage {
    let reply = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, SERVER) => ok(&stored),
        (Method::Put, SERVER) => put.clone(),
        (Method::Delete, SERVER) => Reply { status_code: 204, body: String::new() },
        (Method::Post, TEST) => tested.clone(),
        _ => {
            let (from, server) = (String::new(), String::new());
            ok(&Page { is_set_up: false, from, server, mails: Vec::new(), next: None })
        }
    };
    Stage::answering(reply, || {
        super::team::sign_in("admin");
        view! { <Router><MailPage /></Router> }
    })
}

fn button(stage: &Stage, label: &str) -> HtmlElement {
    let is_it = |button: &HtmlElement| button.text_content().is_some_and(|text| text.trim() == label);
    stage.all("button").into_iter().find(is_it).unwrap_or_else(|| panic!("no button {label} in {}", stage.text()))
}

fn fill(stage: &Stage, id: &str, value: &str) {
    let field: HtmlInputElement = stage.find(id).unchecked_into();
    field.set_value(value);
    field.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
}

fn value(stage: &Stage, id: &str) -> String {
    stage.find(id).unchecked_into::<HtmlInputElement>().value()
}

fn bodies(stage: &Stage, method: Method, path: &str) -> Vec<Value> {
    let calls = stage.calls().into_iter().filter(|call| call.method == method && call.path == path);
    calls.map(|call| serde_json::from_str(&call.body.unwrap_or_default()).expect("JSON")).collect()
}

fn draft() -> Value {
    json!({"host": "smtp.gmail.com", "port": 465, "security": "tls", "username": "ann@gmail.com",
        "password": "heron-granite-41", "from_address": "ann@gmail.com", "from_name": ""})
}

async fn filled(put: Reply, tested: Reply) -> Stage {
    let stage = show(MailServerSettings::default(), put, tested);
    settle().await;
    fill(&stage, "#mail-from", "ann@gmail.com");
    settle().await;
    assert!(stage.find(".mail-suggestion").inner_text().contains("smtp.gmail.com, port 465, TLS"));
    button(&stage, "Fill it in").click();
    settle().await;
    assert!(!stage.has(".mail-suggestion") && stage.text().contains("app password"), "{}", stage.text());
    fill(&stage, "#mail-password", "heron-granite-41");
    stage
}

#[wasm_bindgen_test]
async fn a_server_is_filled_in_by_its_provider_and_tested_before_it_is_saved() {
    let refused = MailServerTested {
        is_sent: false,
        step: "login".to_owned(),
        text: "The server does not accept the user or the password.".to_owned(),
        detail: "permanent error (535)".to_owned(),
    };
    let stage = filled(ok(&saved()), ok(&refused)).await;
    assert_eq!(value(&stage, "#mail-to"), "ann@us.test");
    button(&stage, "Send a test").click();
    settle().await;
    assert_eq!(bodies(&stage, Method::Post, TEST), [json!({"to": "ann@us.test", "server": draft()})]);
    let outcome = stage.find(".mail-test [role=status]");
    assert!(outcome.inner_text().contains("Not sent. The server does not accept"), "{}", outcome.inner_text());
    assert!(outcome.text_content().is_some_and(|text| text.contains("permanent error (535)")));

    button(&stage, "Save").click();
    settle().await;
    assert_eq!(bodies(&stage, Method::Put, SERVER), [draft()]);
    assert!(stage.text().contains("Mail is sent by this server from now on"), "{}", stage.text());
    assert_eq!(value(&stage, "#mail-password"), "", "it is not kept in the page");
}

#[wasm_bindgen_test]
async fn what_the_mail_server_refuses_stands_at_its_field_with_its_words_behind() {
    let problem = json!({"type": "x", "title": "A field is wrong", "status": 422,
        "detail": "The server offers no STARTTLS on port 465; choose TLS. the words of it",
        "errors": [{"pointer": "/security", "reason": "The server offers no STARTTLS on port 465; choose TLS."}]});
    let put = Reply { status_code: 422, body: problem.to_string() };
    let stage = filled(put, ok(&MailServerTested::default())).await;
    button(&stage, "Save").click();
    settle().await;
    assert!(stage.find("#mail-security-notes").inner_text().contains("choose TLS."));
    assert!(!stage.has(".form-error"), "it is said once");
    assert_eq!(stage.find(".mail-server .technical bdi").text_content().as_deref(), Some("the words of it"));
}

#[wasm_bindgen_test]
async fn removing_it_is_asked_about_and_a_password_that_is_lost_is_asked_for() {
    let problem = "Its password cannot be read with the secret.key of this server: give it again.".to_owned();
    let stage = show(MailServerSettings { problem, ..saved() }, ok(&saved()), ok(&MailServerTested::default()));
    settle().await;
    assert!(stage.find(".mail-server [role=alert]").inner_text().contains("give it again"));
    button(&stage, "Remove").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("Nothing is mailed from then on"));
    assert!(stage.calls().iter().all(|call| call.method != Method::Delete));
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert!(stage.calls().iter().any(|call| call.method == Method::Delete && call.path == SERVER));
    assert_eq!(value(&stage, "#mail-host"), "");
}
