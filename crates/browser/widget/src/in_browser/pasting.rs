//! What is pasted into the chat: text, or files.

use js_sys::Function;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Event, HtmlElement, HtmlTextAreaElement};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::Stage;

const TABLE: &str =
    "<html><style>td{color:red}</style><table><tr><td>A1</td> <td>B1 &amp; C</td></tr><tr><td>A2</td></tr></table>";
const PICTURE: &str = "<meta charset='utf-8'><img src='https://example.com/cat.png' alt='a cat'>";

/// A paste: a JavaScript array of pairs of type and text, and one of names and types of files.
const PASTE: &str = "(texts, files) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of texts) clipboardData.setData(type, text);
    for (const [name, type] of files) clipboardData.items.add(new File(['x'], name, { type }));
    return new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
}";

/// Pastes into an element; returns whether the browser would insert the text itself.
fn paste(into: &HtmlElement, texts: &[(&str, &str)], files: &[(&str, &str)]) -> bool {
    let [texts, files] = [texts, files].map(|pairs| {
        let pairs = pairs.iter().map(|(one, other)| js_sys::Array::of2(&(*one).into(), &(*other).into()));
        JsValue::from(pairs.collect::<js_sys::Array>())
    });
    let make: Function = js_sys::eval(&format!("({PASTE})")).expect("it is a function").unchecked_into();
    let event: Event = make.call2(&JsValue::NULL, &texts, &files).expect("it is an event").unchecked_into();
    into.dispatch_event(&event).expect("it is dispatched")
}

/// Texts by their types, or files by their names.
type Parts<'a> = &'a [(&'a str, &'a str)];

#[wasm_bindgen_test]
async fn text_with_a_picture_of_it_is_text_and_files_are_files() {
    let stage = Stage::live().await;
    let reached = Rc::new(Cell::new(0));
    let count = reached.clone();
    let outside: Closure<dyn FnMut()> = Closure::new(move || count.set(count.get() + 1));
    stage.root.add_event_listener_with_callback("paste", outside.as_ref().unchecked_ref()).expect("it listens");
    let [plain, html, uris] = ["text/plain", "text/html", "text/uri-list"];
    let (drawn, photo) = (("image.png", "image/png"), ("Bild 1.png", "image/png"));
    // Texts, files, and whether the files are meant.
    let cases: [(Parts<'_>, Parts<'_>, bool); 11] = [
        (&[(plain, "A1\tB1")], &[], false),
        (&[(plain, "A1\tB1"), (html, TABLE)], &[drawn], false),
        (&[(plain, "A1\tB1")], &[drawn], false),
        (&[], &[drawn], true),
        (&[(html, PICTURE)], &[drawn], true),
        (&[(plain, "https://example.com/cat.png"), (html, PICTURE)], &[drawn], true),
        (&[(plain, "Bild 1.png")], &[photo], true),
        (&[(plain, "/home/ann/Bild 1.png")], &[photo], true),
        (&[(plain, "file:///home/ann/Bild%201.png\nC:\\Ann\\image.png")], &[photo, drawn], true),
        (&[(plain, "anything"), (uris, "file:///a/b.png")], &[drawn], true),
        (&[(plain, "offer.pdf and more")], &[("offer.pdf", "application/pdf")], true),
    ];
    for (texts, files, are_meant) in cases {
        reached.set(0);
        assert!(paste(&stage.find("textarea"), texts, files), "{texts:?}: left to the browser");
        assert_eq!(reached.get() == 1, are_meant, "{texts:?} {files:?}");
    }
}

#[wasm_bindgen_test]
async fn html_without_a_plain_text_is_inserted_by_its_words() {
    let stage = Stage::live().await;
    let field: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
    field.focus().expect("it takes the focus");
    assert!(!paste(&field, &[("text/html", TABLE)], &[("image.png", "image/png")]));
    assert_eq!(field.value(), "A1\tB1 & C\nA2");
}
