//! Browser functions of the booking, in `js/booking.js`, which is loaded together with it.

use js_sys::{Array, Function};
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/browser.js")]
extern "C" {
    /// Fetches the script, and the texts of a language.
    #[wasm_bindgen(catch, js_name = loadBooking)]
    pub(crate) async fn load_booking(code: &str) -> Result<JsValue, JsValue>;
}

// Tests have no build that puts the script next to the module.
#[cfg(test)]
#[wasm_bindgen(module = "/js/booking.js")]
extern "C" {
    #[wasm_bindgen(js_name = zone)]
    fn _beside() -> String;
}

#[wasm_bindgen]
extern "C" {
    /// The script.
    #[derive(Clone)]
    pub(crate) type Tools;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn texts(this: &Tools) -> String;
    #[wasm_bindgen(method)]
    pub(crate) fn zone(this: &Tools) -> String;
    /// Whether the browser names the visitor's time zone.
    #[wasm_bindgen(method, js_name = hasZone)]
    pub(crate) fn has_zone(this: &Tools) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn zones(this: &Tools) -> String;
    #[wasm_bindgen(method, js_name = zoneNamed)]
    pub(crate) fn zone_named(this: &Tools, text: &str) -> String;
    #[wasm_bindgen(method)]
    pub(crate) fn today(this: &Tools, zone: &str) -> String;
    #[wasm_bindgen(method)]
    pub(crate) fn write(this: &Tools, code: &str, kind: &str, clock: f64) -> String;
    #[wasm_bindgen(method, js_name = firstWeekday)]
    pub(crate) fn first_weekday(this: &Tools, code: &str) -> i32;
    #[wasm_bindgen(method, catch)]
    pub(crate) async fn ask(this: &Tools, url: &str, token: &str, key: &str, body: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub(crate) fn beacon(this: &Tools, url: &str, text: &str) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn watch(this: &Tools, element: &HtmlElement, tell: &Tell) -> Function;
    #[wasm_bindgen(method)]
    pub(crate) fn tick(this: &Tools, tell: &Tell) -> Function;
    #[wasm_bindgen(method)]
    pub(crate) fn push(this: &Tools);
    #[wasm_bindgen(method)]
    pub(crate) fn dress(this: &Tools, element: &HtmlElement);
    #[wasm_bindgen(method)]
    pub(crate) fn reveal(this: &Tools, element: &HtmlElement, selector: &str);
    #[wasm_bindgen(method, catch)]
    pub(crate) async fn copy(this: &Tools, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub(crate) fn focus(this: &Tools, element: &HtmlElement, selector: &str);
}

/// The callback for events of the page.
pub(crate) type Tell = Closure<dyn FnMut(String)>;

/// Calls the function that ends an earlier call.
pub(crate) fn end(ending: &Function) {
    let _ = ending.apply(&JsValue::NULL, &Array::new());
}
