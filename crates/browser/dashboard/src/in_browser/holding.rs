//! Messages that are held before they are sent: taken back, sent early, sent while the page closes.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlTextAreaElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, conversation, posts, press_enter, type_in};
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::sample;
use crate::state::inbox::{hold, unsent};

/// A conversation whose messages are held; they are not with the next test.
async fn holding_stage() -> Stage {
    hold::turn(true);
    let stage = conversation(|call| match call.method {
        Method::Post => Reply { status_code: 201, body: r#"{"seq":2}"#.to_owned() },
        _ => answer(&sample::record()),
    });
    settle().await;
    stage
}

async fn write(stage: &Stage, text: &str) {
    type_in(stage, text);
    press_enter(stage, false);
    settle().await;
}

fn typed(stage: &Stage) -> String {
    stage.find("textarea").unchecked_into::<HtmlTextAreaElement>().value()
}

fn press(stage: &Stage, key: &str, with_control: bool) {
    let make = "return new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true })";
    let make = js_sys::Function::new_with_args("key, ctrlKey", make);
    let event = make.call2(&JsValue::NULL, &key.into(), &with_control.into()).expect("an event can be made");
    stage.find("textarea").dispatch_event(&event.unchecked_into()).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn a_held_message_is_taken_back_before_what_was_typed_since() {
    let stage = holding_stage().await;
    write(&stage, "Hello Bob").await;
    assert!(stage.find(".message-held").inner_text().contains("Sending in 5 s"));
    type_in(&stage, "And more");
    stage.find(".message-held .button").click();
    settle().await;
    assert_eq!(typed(&stage), "Hello Bob\n\nAnd more");
    assert!(!stage.has(".message-held") && posts(&stage).is_empty());
    assert_eq!(unsent::kept(""), []);
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&stage.find("textarea")))));
    hold::turn(false);
}

#[wasm_bindgen_test]
async fn the_next_message_and_an_empty_enter_end_a_hold() {
    let stage = holding_stage().await;
    write(&stage, "First").await;
    assert_eq!(posts(&stage), []);
    write(&stage, "Second").await;
    let sent = || posts(&stage).into_iter().filter_map(|post| post.body).collect::<Vec<_>>();
    assert!(sent().len() == 1 && sent()[0].contains("First"), "{:?}", sent());
    press_enter(&stage, false);
    settle().await;
    assert!(sent().len() == 2 && sent()[1].contains("Second"), "{:?}", sent());
    hold::turn(false);
}

#[wasm_bindgen_test]
async fn the_keys_of_undo_take_a_note_back_as_a_note() {
    let stage = holding_stage().await;
    stage.all(".composer .tab")[1].click();
    write(&stage, "Between us").await;
    stage.all(".composer .tab")[0].click();
    settle().await;
    press(&stage, "z", true);
    settle().await;
    assert_eq!(typed(&stage), "Between us");
    assert!(stage.has(".composer-note") && posts(&stage).is_empty());
    hold::turn(false);
}

#[wasm_bindgen_test]
async fn a_page_that_closes_sends_what_it_holds() {
    let stage = holding_stage().await;
    write(&stage, "Last words").await;
    // In place of the browser's own function, which the page calls directly then.
    let replace = "const own = window.fetch; window.parted = [];
        window.fetch = (path, options) => { window.parted.push([path, options]); return Promise.resolve() };
        return () => { window.fetch = own; return window.parted }";
    let restore = js_sys::Function::new_no_args(replace).call0(&JsValue::NULL).expect("it can be replaced");
    window().dispatch_event(&Event::new("pagehide").expect("an event can be made")).expect("it is dispatched");
    let sent = restore.unchecked_into::<js_sys::Function>().call0(&JsValue::NULL).expect("it can be restored");
    let sent: String = js_sys::JSON::stringify(&sent).expect("it is data").into();
    assert!(sent.contains(r#""keepalive":true"#) && sent.contains("Last words"), "{sent}");
    assert_eq!(unsent::kept("").len(), 1, "for the next page, should it not get through");
    unsent::drop_all("");
    hold::turn(false);
}

#[wasm_bindgen_test]
async fn escape_leaves_the_field() {
    let stage = holding_stage().await;
    let field = stage.find("textarea");
    field.focus().expect("it takes the focus");
    press(&stage, "Escape", false);
    settle().await;
    assert!(document().active_element().is_none_or(|active| !active.is_same_node(Some(&field))));
    hold::turn(false);
}
