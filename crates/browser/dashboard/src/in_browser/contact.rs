//! The details of a contact, and editing them.

use futures_util::FutureExt;
use knock_model::LeadId;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlInputElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::paged::Phase;
use crate::kit::reactive::{dynamic, memo};
use crate::kit::single::Single;
use crate::parts::record::contact_details::ContactDetails;
use crate::state::session::use_session;

const RECORD: &str = include_str!("../../../../../tests/wire/contact_record.json");
const FIELD: &str = "#contact-detail";

fn answered(status_code: u16, body: &str) -> Reply {
    Reply { status_code, body: body.to_owned() }
}

/// The details of a contact to a member with this role; a change gets `change`.
fn shown(role: &'static str, is_past: bool, change: Reply) -> Stage {
    let answer = move |call: &Call| if call.method == Method::Get { answered(200, RECORD) } else { change.clone() };
    Stage::answering(answer, move || {
        sign_in(role);
        let (session, id) = (use_session(), LeadId::new([4; 16]));
        let store = Single::new(move || {
            let client = session.client();
            async move { client.contact(id, None).await }.boxed_local()
        });
        store.load();
        dynamic(move || {
            (store.phase.get() == Phase::Ready).then(|| {
                let record = memo(move || store.value.get().expect("it is loaded"));
                view! { <ContactDetails id store record is_past /> }
            })
        })
    })
}

fn types(stage: &Stage, text: &str) {
    let field: HtmlInputElement = stage.find(FIELD).unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("events can be made")).expect("it is dispatched");
}

fn presses_escape(stage: &Stage) {
    let pressed = Event::new("keydown").expect("events can be made");
    let properties: [(&str, JsValue); 2] = [("key", "Escape".into()), ("isComposing", false.into())];
    for (name, value) in properties {
        js_sys::Reflect::set(&pressed, &name.into(), &value).expect("an event takes a property");
    }
    stage.find("form").dispatch_event(&pressed).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn a_detail_is_edited_in_its_line_and_the_number_calls() {
    let renamed = RECORD.replace("\"name\": \"Ann Lee\"", "\"name\": \"Ann Berg\"");
    let stage = shown("rep", false, answered(200, &renamed));
    settle().await;
    assert_eq!(stage.find("a[href^='tel:']").get_attribute("href").as_deref(), Some("tel:+49301234567"));
    assert!(stage.text().contains("Set by Bo Rep"), "{}", stage.text());
    stage.find("[aria-label='Edit name']").click();
    settle().await;
    let field: HtmlInputElement = stage.find(FIELD).unchecked_into();
    assert_eq!(field.value(), "Ann Lee");
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&field))));
    types(&stage, "Ann Berg");
    stage.find("form button[type=submit]").click();
    settle().await;
    let call = stage.calls().pop().expect("a request");
    assert_eq!((call.method, call.path), (Method::Patch, format!("/api/v1/contacts/{}", LeadId::new([4; 16]))));
    assert_eq!(call.body.as_deref(), Some(r#"{"name":"Ann Berg"}"#));
    assert!(stage.text().contains("Ann Berg") && !stage.has(FIELD), "{}", stage.text());
    let button = stage.find("[aria-label='Edit name']");
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&button))));
}

#[wasm_bindgen_test]
async fn escape_changes_nothing_and_a_refusal_is_at_the_field() {
    let refused =
        r#"{"type":"x","title":"Invalid","status":422,"errors":[{"pointer":"/phone","reason":"is no phone number"}]}"#;
    let stage = shown("rep", false, answered(422, refused));
    settle().await;
    stage.find("[aria-label='Edit phone']").click();
    settle().await;
    types(&stage, "call me");
    presses_escape(&stage);
    settle().await;
    assert!(!stage.has(FIELD) && stage.calls().iter().all(|call| call.method == Method::Get));
    stage.find("[aria-label='Edit phone']").click();
    settle().await;
    types(&stage, "call me");
    stage.find("form button[type=submit]").click();
    settle().await;
    assert_eq!(stage.find(".field-error").inner_text(), "This is no phone number.");
    assert!(!stage.has("[role=alert]"), "the field says it");
}

#[wasm_bindgen_test]
async fn the_past_and_those_who_may_not_see_no_buttons() {
    for (role, is_past) in [("rep", true), ("auditor", false)] {
        let stage = shown(role, is_past, answered(500, ""));
        settle().await;
        assert!(stage.text().contains("Ann Lee") && !stage.has("button"), "{role}");
    }
}
