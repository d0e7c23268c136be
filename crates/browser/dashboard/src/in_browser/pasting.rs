//! What is pasted into the composer: text, or files. The kinds are listed in the test of the chat.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::Event;
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, writing_to_lead};
use super::{Stage, settle};
use crate::sample;

/// A paste of a picture, with these texts of a table.
const PASTE: &str = "(plain, html) => {
    const clipboardData = new DataTransfer();
    if (plain) clipboardData.setData('text/plain', plain);
    if (html) clipboardData.setData('text/html', html);
    clipboardData.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
    return new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
}";

/// Pastes into the field; returns whether the browser would insert the text itself.
fn paste(stage: &Stage, plain: &str, html: &str) -> bool {
    let make: js_sys::Function = js_sys::eval(&format!("({PASTE})")).expect("it is a function").unchecked_into();
    let event: Event = make.call2(&JsValue::NULL, &plain.into(), &html.into()).expect("an event").unchecked_into();
    stage.find("textarea").dispatch_event(&event).expect("it is dispatched")
}

#[wasm_bindgen_test]
async fn a_table_is_pasted_as_text_and_a_picture_alone_as_a_file() {
    let stage = writing_to_lead(|_| answer(&sample::record()));
    settle().await;
    assert!(paste(&stage, "A1\tB1", "<table><tr><td>A1</td><td>B1</td></tr></table>"), "left to the browser");
    settle().await;
    assert!(!stage.has(".file-card, .message-unsent"), "{}", stage.text());
    assert!(!paste(&stage, "", "<img src='https://example.com/a.png'>"), "taken as a file");
    settle().await;
    assert!(stage.calls().iter().any(|call| call.file.is_some()), "{:?}", stage.calls());
}
