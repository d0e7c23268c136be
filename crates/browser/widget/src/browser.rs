//! Browser functions of the chat: requests, socket, storage, clock and randomness. The script is in `js/`.

use js_sys::{Date, Function, Math, encode_uri_component};
use knock_model::Millis;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/browser.js")]
extern "C" {
    /// The connection to the server, and the events of the page.
    pub(crate) type Browser;
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(host: &str, tell: &Tell) -> Browser;
    #[wasm_bindgen(method, js_name = isOnline)]
    pub(crate) fn is_online(this: &Browser) -> bool;
    /// Whether the page is in the background.
    #[wasm_bindgen(method, js_name = isHidden)]
    pub(crate) fn is_hidden(this: &Browser) -> bool;
    /// Reports `acted` at the first key, press or touch of a person.
    #[wasm_bindgen(method, js_name = awaitAct)]
    pub(crate) fn await_act(this: &Browser);
    #[wasm_bindgen(method)]
    pub(crate) fn fit(this: &Browser, element: &HtmlElement);
    #[wasm_bindgen(method)]
    pub(crate) fn ask(this: &Browser, number: f64, path: &str, token: &str, body: &str);
    /// The same with the body that `write` returns, in one tab of the browser at a time.
    #[wasm_bindgen(method, js_name = askInTurn)]
    pub(crate) fn ask_in_turn(this: &Browser, number: f64, path: &str, write: &JsValue);
    #[wasm_bindgen(method)]
    pub(crate) fn upload(this: &Browser, number: f64, path: &str, token: &str, id: &str, file: u32);
    #[wasm_bindgen(method)]
    pub(crate) fn connect(this: &Browser, number: f64, path: &str);
    #[wasm_bindgen(method)]
    pub(crate) fn send(this: &Browser, text: &str);
    #[wasm_bindgen(method, js_name = type)]
    pub(crate) fn type_now(this: &Browser);
    #[wasm_bindgen(method)]
    pub(crate) fn disconnect(this: &Browser);
    #[wasm_bindgen(method)]
    pub(crate) fn wake(this: &Browser, delay_ms: f64);
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Browser);

    /// The stored text under a key; empty for none.
    pub(crate) fn recall(key: &str) -> String;
    /// Stores a text under a key; only until the page ends if there is no storage.
    pub(crate) fn keep(key: &str, text: &str);
    /// Removes a key.
    pub(crate) fn forget(key: &str);
    /// The text of the visitor's tab under a key; empty for none.
    #[wasm_bindgen(js_name = recallInTab)]
    pub(crate) fn recall_in_tab(key: &str) -> String;
    /// Stores a text for the visitor's tab; an empty one is removed.
    #[wasm_bindgen(js_name = keepInTab)]
    pub(crate) fn keep_in_tab(key: &str, text: &str);
    #[wasm_bindgen(js_name = keysOf)]
    fn keys_of(prefix: &str) -> String;

    /// Calls the listener of the script that mounted the chat with the number of unread messages and the last of them; its
    /// exceptions are ignored.
    pub(crate) fn announce(
        listener: &Function,
        count: f64,
        id: &str,
        name: &str,
        title: &str,
        picture: &str,
        text: &str,
    );
    /// Whether the server has another version by now, so that the files of this one are gone; fails without a network.
    #[wasm_bindgen(catch, js_name = isOutdated)]
    pub(crate) async fn is_outdated(host: &str) -> Result<JsValue, JsValue>;
    /// Loads the page anew.
    pub(crate) fn reload();

    #[wasm_bindgen(js_name = randomBytes)]
    fn random_bytes() -> Vec<u8>;
    /// The time zone of the browser; empty if it is not known.
    #[wasm_bindgen(js_name = timeZone)]
    pub(crate) fn time_zone() -> String;

    #[wasm_bindgen(js_name = timeOfDay)]
    fn js_time_of_day(code: &str, at: f64) -> String;
    #[wasm_bindgen(js_name = exactTime)]
    fn js_exact_time(code: &str, at: f64) -> String;
    #[wasm_bindgen(js_name = isoTime)]
    fn js_iso_time(at: f64) -> String;
    #[wasm_bindgen(js_name = dateOf)]
    fn js_date(code: &str, at: f64, now: f64) -> String;
    /// A local time in words, by its own offset from UTC: the browser's own rules for time zones may be older.
    #[wasm_bindgen(js_name = clockOf)]
    pub(crate) fn clock_words(code: &str, clock: &str) -> String;
    #[wasm_bindgen(js_name = relative)]
    fn js_relative(code: &str, count: f64, unit: &str) -> String;
    #[wasm_bindgen(js_name = nearDay)]
    fn js_near_day(code: &str, days: f64) -> String;
    #[wasm_bindgen(js_name = number)]
    fn js_number(code: &str, count: f64) -> String;
    #[wasm_bindgen(js_name = sizeOf)]
    fn js_size(code: &str, bytes: f64) -> String;
    #[wasm_bindgen(js_name = isOne)]
    fn js_is_one(code: &str, count: f64) -> bool;
    #[wasm_bindgen(js_name = localDay)]
    fn js_local_day(at: f64) -> f64;
}

/// The callback of all events: kind, number, status code, pause in milliseconds, text.
pub(crate) type Tell = Closure<dyn FnMut(String, f64, u16, f64, String)>;

/// The browser's clock, which may be wrong.
pub(crate) fn now() -> Millis {
    Millis(Date::now() as i64)
}

/// A random number from 0 to 1, for spreading retries.
pub(crate) fn chance() -> f64 {
    Math::random()
}

/// Random bytes, fit for ids.
pub(crate) fn random() -> [u8; 10] {
    random_bytes().try_into().unwrap_or_default()
}

/// The stored keys that begin with `prefix`.
pub(crate) fn keys(prefix: &str) -> Vec<String> {
    keys_of(prefix).lines().map(str::to_owned).collect()
}

/// The time of day, in the reader's format for a language (ISO 639-1).
pub(crate) fn time_of_day(code: &str, at: Millis) -> String {
    js_time_of_day(code, at.0 as f64)
}

/// Day and time to the second.
pub(crate) fn exact_time(code: &str, at: Millis) -> String {
    js_exact_time(code, at.0 as f64)
}

/// A relative time, such as "3 min ago"; `unit` is one of `Intl.RelativeTimeFormat`.
pub(crate) fn relative(code: &str, count: i64, unit: &str) -> String {
    js_relative(code, count as f64, unit)
}

/// "Today" (0) or "Yesterday" (-1), as a heading.
pub(crate) fn near_day(code: &str, days: i64) -> String {
    js_near_day(code, days as f64)
}

/// A number, in the format of the language.
pub(crate) fn number(code: &str, count: usize) -> String {
    js_number(code, count as f64)
}

/// A size, such as "1.2 MB".
pub(crate) fn size(code: &str, bytes: u64) -> String {
    js_size(code, bytes as f64)
}

/// Whether a number takes the singular in a language.
pub(crate) fn is_one(code: &str, count: usize) -> bool {
    js_is_one(code, count as f64)
}

/// The instant as ISO 8601, for machines.
pub(crate) fn iso_time(at: Millis) -> String {
    js_iso_time(at.0 as f64)
}

/// The day in words.
pub(crate) fn date(code: &str, at: Millis, now: Millis) -> String {
    js_date(code, at.0 as f64, now.0 as f64)
}

/// The day in the reader's time zone, counted from 1970.
pub(crate) fn local_day(at: Millis) -> i64 {
    js_local_day(at.0 as f64) as i64
}

/// A text as part of a query or a path.
pub(crate) fn encoded(text: &str) -> String {
    encode_uri_component(text).into()
}

/// Moves the keyboard focus; no effect on an element that cannot have it.
pub(crate) fn focus(element: &HtmlElement) {
    // An element removed meanwhile cannot take the focus.
    let _ = element.focus();
}

pub(crate) fn is_at_end(log: &HtmlElement) -> bool {
    log.scroll_height() - log.scroll_top() - log.client_height() < 48
}

pub(crate) fn show_end(log: &HtmlElement) {
    log.set_scroll_top(log.scroll_height());
}

/// Calls the listener of the script that mounted the chat; its exceptions are ignored.
pub(crate) fn tell(listener: Option<&Function>, word: &str, count: usize) {
    if let Some(listener) = listener {
        let _ = listener.call2(&JsValue::NULL, &word.into(), &JsValue::from_f64(count as f64));
    }
}
