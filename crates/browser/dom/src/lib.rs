//! What widget and dashboard do alike to a page: pasted text, and texts that a translation replaced. The scripts are in
//! `js/`, the tests beside those of both apps.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/pasted.js")]
extern "C" {
    /// Whether a `paste` event is text, with a picture of it perhaps; else its files are meant. Text without a plain form is
    /// inserted at once, any other by the browser.
    #[wasm_bindgen(js_name = takesText)]
    pub fn takes_text(event: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/js/translated.js")]
extern "C" {
    /// Keeps the texts below an element changing after a translation of the page has replaced them.
    #[wasm_bindgen(js_name = keepTexts)]
    pub fn keep_texts(root: &JsValue);
}
