//! The reason of a rejection, chosen or written, and the list of reasons in the settings.

use knock_wire::RejectReasons;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlElement, HtmlSelectElement, HtmlTextAreaElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, posts};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::reject_reasons::RejectReasonsPage;
use crate::parts::inbox::lead_actions::LeadActions;
use crate::sample;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::thread::Thread;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\">";

fn reasons(all: &[&str]) -> Reply {
    let reasons = RejectReasons { reasons: all.iter().map(|reason| (*reason).to_owned()).collect() };
    Reply { status_code: 200, body: serde_json::to_string(&reasons).expect("it has a JSON form") }
}

fn dispatch(element: &HtmlElement, kind: &str) {
    let event = Event::new(kind).expect("an event can be made");
    element.dispatch_event(&event).expect("it is dispatched");
}

/// The open question, with reasons to choose from.
async fn asked() -> Stage {
    let reply = |call: &Call| match call.method {
        Method::Post => Reply { status_code: 204, body: String::new() },
        _ if call.path.ends_with("/reject-reasons") => reasons(&["Not a fit", HOSTILE]),
        _ => answer(&sample::record()),
    };
    let stage = Stage::answering(reply, || {
        let thread = Thread::start(sample::conversation().id);
        let state = Signal::stored(sample::conversation().state);
        view! { <LeadActions thread state owning=ChatOwnership::new(thread, state) /> }
    });
    settle().await;
    stage.find(".lead-actions .button").click();
    settle().await;
    stage
}

fn choose(stage: &Stage, value: &str) {
    let choice: HtmlSelectElement = stage.find("#reject-choice").unchecked_into();
    choice.set_value(value);
    dispatch(&choice, "change");
}

fn rejected(stage: &Stage) -> Vec<Option<String>> {
    posts(stage).into_iter().map(|call| call.body).collect()
}

#[wasm_bindgen_test]
async fn a_reason_is_chosen_from_the_list_of_the_workspace() {
    let stage = asked().await;
    assert!(!stage.has("#reject-reason") && !stage.has("#reject-choice img"));
    let offered: Vec<String> = stage.all("#reject-choice option").iter().map(HtmlElement::inner_text).collect();
    assert_eq!(offered, ["Choose a reason", "Not a fit", HOSTILE, "Another reason\u{2026}"]);
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert!(stage.find("#reject-choice-notes").inner_text().contains("Give a reason"));
    choose(&stage, "Not a fit");
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert_eq!(rejected(&stage), [Some(r#"{"reject":"Not a fit"}"#.to_owned())]);
    assert!(!stage.has("dialog"));
}

#[wasm_bindgen_test]
async fn another_reason_is_written() {
    let stage = asked().await;
    choose(&stage, crate::state::inbox::rejecting::OTHER);
    settle().await;
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert_eq!(rejected(&stage), []);
    assert!(stage.find("#reject-reason-notes").inner_text().contains("Give a reason"));
    let field = stage.find("#reject-reason");
    js_sys::Reflect::set(&field, &"value".into(), &JsValue::from("Too far")).expect("a field takes a value");
    dispatch(&field, "input");
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert_eq!(rejected(&stage), [Some(r#"{"reject":"Too far"}"#.to_owned())]);
}

#[wasm_bindgen_test]
async fn the_settings_save_a_reason_a_line() {
    let stage = Stage::answering(
        |call| if call.method == Method::Put { reasons(&["Vendor"]) } else { reasons(&["Not a fit", "Vendor"]) },
        || view! { <Router><RejectReasonsPage /></Router> },
    );
    settle().await;
    let field: HtmlTextAreaElement = stage.find("#reject-reasons").unchecked_into();
    assert_eq!(field.value(), "Not a fit\nVendor");
    field.set_value("Vendor");
    dispatch(&field, "input");
    settle().await;
    assert_eq!(stage.find("[role=status]").inner_text(), "Unsaved changes");
    stage.find(".save-bar [type=button]").click();
    settle().await;
    assert_eq!((&*field.value(), &*stage.find("[role=status]").inner_text()), ("Not a fit\nVendor", ""));
    field.set_value("\n Vendor \n");
    dispatch(&field, "input");
    stage.find("[type=submit]").click();
    settle().await;
    let sent = stage.calls().into_iter().find(|call| call.method == Method::Put).expect("it is sent");
    assert_eq!(sent.body.as_deref(), Some(r#"{"reasons":["Vendor"]}"#));
    assert_eq!(field.value(), "Vendor");
    assert!(stage.find("[role=status]").inner_text().contains("Saved"));
}
