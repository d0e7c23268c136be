//! Settings > Mail, answers by mail: off, by IMAP and by a provider.

use knock_wire::{CredentialField, CredentialForm, InboundMailSettings, InboundWay};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::parts::settings::inbound_mail::InboundMail;
use crate::sample::AT;

const URL: &str = "https://knock.test/hooks/mail/heron-granite-41";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn off() -> InboundMailSettings {
    let field = |name: &str, label: &str, is_secret| CredentialField {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        is_secret,
    };
    let fields = vec![field("url", "Server", false), field("user", "User", false), field("password", "Password", true)];
    InboundMailSettings { form: CredentialForm { fields, steps: Vec::new() }, ..InboundMailSettings::default() }
}

fn imap() -> InboundMailSettings {
    let credentials = [("url", "imaps://mail.acme.test"), ("user", "replies")];
    InboundMailSettings {
        way: InboundWay::Imap,
        address: "replies@acme.test".to_owned(),
        server: "mail.acme.test".to_owned(),
        folder: "INBOX".to_owned(),
        credentials: credentials.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        taken: 12,
        last_at: Some(AT),
        ..off()
    }
}

fn show(settings: InboundMailSettings, put: Reply) -> Stage {
    let reply = move |call: &Call| match call.method {
        Method::Put => put.clone(),
        Method::Delete => Reply { status_code: 204, body: String::new() },
        Method::Get | Method::Post | Method::Patch => ok(&settings),
    };
    Stage::answering(reply, || view! { <InboundMail /> })
}

fn button(stage: &Stage, label: &str) -> leptos::web_sys::HtmlElement {
    let found =
        stage.all("button").into_iter().find(|button| button.text_content().is_some_and(|text| text.trim() == label));
    found.unwrap_or_else(|| panic!("no button {label} in {}", stage.text()))
}

fn fill(stage: &Stage, selector: &str, value: &str) {
    let field: HtmlInputElement = stage.find(selector).unchecked_into();
    field.set_value(value);
    let event = leptos::web_sys::Event::new("input").expect("an event");
    field.dispatch_event(&event).expect("it is dispatched");
}

fn puts(stage: &Stage) -> Vec<serde_json::Value> {
    let calls = stage.calls().into_iter().filter(|call| call.method == Method::Put);
    calls.map(|call| serde_json::from_str(&call.body.unwrap_or_default()).expect("JSON")).collect()
}

#[wasm_bindgen_test]
async fn without_a_way_answers_go_to_the_rep_and_a_mailbox_can_be_named() {
    let stage = show(off(), ok(&imap()));
    settle().await;
    assert!(stage.text().contains("goes to the rep who wrote it"), "{}", stage.text());
    button(&stage, "Read a mailbox by IMAP\u{2026}").click();
    settle().await;
    fill(&stage, "#inbound-address", " replies@acme.test ");
    fill(&stage, "#inbound-url", "imaps://mail.acme.test");
    fill(&stage, "#inbound-user", "replies");
    fill(&stage, "#inbound-password", "heron-granite-41");
    button(&stage, "Save").click();
    settle().await;
    let expected = serde_json::json!({
        "way": "imap", "address": "replies@acme.test", "has_tags": false,
        "credentials": {"url": "imaps://mail.acme.test", "user": "replies", "password": "heron-granite-41"},
    });
    assert_eq!(puts(&stage), [expected]);
    assert!(stage.text().contains("mail.acme.test") && stage.text().contains("Look now"), "{}", stage.text());
    assert!(!stage.has("#inbound-password"), "the form is closed");
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_stands_at_its_field() {
    let problem = r#"{"type":"x","title":"A field is wrong","status":422,"errors":[{"pointer":"/credentials/password","reason":"is not accepted"}]}"#;
    let stage = show(off(), Reply { status_code: 422, body: problem.to_owned() });
    settle().await;
    button(&stage, "Read a mailbox by IMAP\u{2026}").click();
    settle().await;
    button(&stage, "Save").click();
    settle().await;
    assert!(stage.find("#inbound-password-notes").inner_text().contains("is not accepted"));
    assert!(!stage.has(".form-error"), "it is said once");
}

#[wasm_bindgen_test]
async fn the_address_for_a_provider_is_shown_once_and_a_new_one_is_asked_about() {
    let hook = InboundMailSettings { way: InboundWay::Hook, address: "replies@acme.test".to_owned(), ..off() };
    let made = InboundMailSettings { hook_url: Some(URL.to_owned().into()), ..hook.clone() };
    let stage = show(hook, ok(&made));
    settle().await;
    assert!(!stage.text().contains("/hooks/mail/"));
    button(&stage, "New URL\u{2026}").click();
    settle().await;
    assert!(puts(&stage).is_empty(), "it is asked about first");
    button(&stage, "Make a new one").click();
    settle().await;
    assert_eq!(puts(&stage)[0]["is_new_hook"], true);
    assert!(stage.text().contains(URL), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_mailbox_that_cannot_be_read_says_so_and_is_left_after_a_question() {
    let problem = "the server does not accept the password".to_owned();
    let stage = show(InboundMailSettings { problem, problem_since: Some(AT), ..imap() }, ok(&imap()));
    settle().await;
    assert!(stage.find("[role=alert]").inner_text().contains("does not accept the password"));
    button(&stage, "Disconnect\u{2026}").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("replies@acme.test"));
    button(&stage, "Disconnect").click();
    settle().await;
    assert!(stage.calls().iter().any(|call| call.method == Method::Delete));
    assert!(stage.text().contains("goes to the rep who wrote it"));
}
