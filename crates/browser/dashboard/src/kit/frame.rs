//! A page of this server in a frame, which gets messages once it is ready.

use leptos::html::Iframe;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::browser;

/// The message of the page in the frame once it takes messages.
const READY: &str = "ready";

#[wasm_bindgen]
extern "C" {
    type HasWindow;
    #[wasm_bindgen(method, getter, js_name = contentWindow)]
    fn window(this: &HasWindow) -> JsValue;

    type Receiver;
    #[wasm_bindgen(method, js_name = postMessage, catch)]
    fn post(this: &Receiver, message: &str, origin: &str) -> Result<(), JsValue>;
}

/// The frame and whether its page is ready.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) element: NodeRef<Iframe>,
    /// Whether its page takes messages.
    pub(crate) is_ready: RwSignal<bool>,
}

impl Frame {
    /// No page yet; listens until the component is removed.
    pub(crate) fn new() -> Frame {
        let frame = Frame { element: NodeRef::new(), is_ready: RwSignal::new(false) };
        let heard = window_event_listener(leptos::ev::message, move |event| {
            let is_own = event.origin() == browser::origin();
            if is_own && event.data().as_string().as_deref() == Some(READY) && frame.is_from(&event.source().into()) {
                // A page that was loaded anew gets the last message again.
                frame.is_ready.set(true);
            }
        });
        on_cleanup(move || heard.remove());
        frame
    }

    fn is_from(self, source: &JsValue) -> bool {
        let element = self.element.get_untracked();
        element.is_some_and(|element| JsValue::from(element).unchecked_into::<HasWindow>().window() == *source)
    }

    /// Sends a text to the page.
    pub(crate) fn post(self, message: &str) {
        if let Some(element) = self.element.get_untracked() {
            let window = JsValue::from(element).unchecked_into::<HasWindow>().window();
            // A frame that was removed has no window.
            if !window.is_null() {
                let _ = window.unchecked_into::<Receiver>().post(message, &browser::origin());
            }
        }
    }
}
