//! The page: what happens on it comes as messages, what is to be done are methods.

use alloc::boxed::Box;
use alloc::string::String;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/page.js")]
extern "C" {
    fn open(config: &JsValue, handle: JsValue, path: &str);

    /// All calls go this one way: each import of its own would cost bytes on both sides.
    fn ask(action: &str, first: &str, second: &str) -> String;
}

/// What gets the messages of the page, one after the other.
pub type Handler = Box<dyn FnMut(String)>;

/// The page that this script runs on.
#[derive(Clone, Copy, Debug)]
pub struct Page(());

impl Page {
    /// The page that the loader describes with `config`, whose posts go to `path` of its host. The
    /// handler lives as long as the page does; opening again replaces both.
    pub fn open(config: &JsValue, path: &str, handler: impl FnOnce(Page) -> Handler) -> Page {
        let page = Page(());
        open(config, Closure::wrap(handler(page)).into_js_value(), path);
        page
    }

    /// The page that a script has opened: closures and values of scripts would cost visitors 1 KB.
    pub fn current() -> Page {
        Page(())
    }

    /// Tells `start`, then what the loader has kept, then whatever happens.
    pub fn begin(&self) {
        ask("begin", "", "");
    }

    /// Listens to actions, navigation and visibility, or stops: then the page is as it was before.
    pub fn watch(&self, is_on: bool) {
        // An empty text is false for scripts.
        ask("watch", if is_on { "1" } else { "" }, "");
    }

    /// Sends a message of this kind after a delay, milliseconds as a text; a later call for the kind
    /// replaces an earlier one.
    pub fn wake(&self, kind: &str, delay_ms: &str) {
        ask("wake", kind, delay_ms);
    }

    /// Posts a batch as plain text, surviving the end of the page, without cookies. One `reply` follows.
    pub fn post(&self, body: &str) {
        ask("post", body, "");
    }

    /// Hands a batch to the browser to send even after the page has gone; whether it took it.
    pub fn hand(&self, body: &str) -> bool {
        !ask("hand", body, "").is_empty()
    }

    /// Tells the page's listeners what the visitor seems to want.
    pub fn intent(&self, category: &str, kind: &str) {
        ask("intent", category, kind);
    }

    /// 32 random bits, fit for ids, as a decimal text.
    pub fn random(&self) -> String {
        ask("random", "", "")
    }

    /// The text under a key, empty when there is none.
    pub fn get(&self, key: &str) -> String {
        ask("get", key, "")
    }

    /// Keeps a text under a key, until the page ends where it cannot be stored.
    pub fn set(&self, key: &str, text: &str) {
        ask("set", key, text);
    }

    /// Removes a key.
    pub fn remove(&self, key: &str) {
        ask("remove", key, "");
    }

    /// The stored keys that begin with `prefix`, one per line. Those in memory are not among them.
    pub fn keys(&self, prefix: &str) -> String {
        ask("keys", prefix, "")
    }
}
