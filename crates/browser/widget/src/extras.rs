//! What a site adds to the chat beside messages: a form, its end with a rating, its transcript, earlier chats. It is in a
//! script of its own (`www/extras.js`), loaded when the panel is opened on a site whose look has any of it.

use leptos::html::Section;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::*;

use crate::chat::Fact;
use crate::view::View;

/// Opens the chat with an id.
type Open = Closure<dyn FnMut(String)>;

#[wasm_bindgen(module = "/js/browser.js")]
extern "C" {
    /// The script, while it is loaded and after.
    type Extras;
    #[wasm_bindgen(constructor)]
    fn new(panel: &HtmlElement, host: &str, code: &str, site: &str, link: &str, look: &str, open: &Open) -> Extras;
    /// Tells the state of the chat.
    #[wasm_bindgen(method)]
    fn update(this: &Extras, conversation: &str, token: &str, written: u32, last: f64, is_open: bool);
    /// Removes all that it added.
    #[wasm_bindgen(method)]
    fn end(this: &Extras);
}

/// The script that works on a panel; ends once it is dropped.
struct Attached {
    script: Extras,
    _open: Open,
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.script.end();
    }
}

/// Loads the script once the panel is open, and passes every change of the chat to it from then on.
pub(crate) fn attach(view: View, panel: NodeRef<Section>) {
    if !view.look().has_extras() {
        return;
    }
    let attached = StoredValue::new_local(None::<Attached>);
    Effect::new(move || {
        let is_open = view.is_open.get() && !view.is_booking.get();
        let state =
            view.talk.read(|chat| (chat.open_conversation().cloned(), chat.own_messages() as u32, chat.last() as f64));
        let Some(panel) = panel.get().filter(|_| is_open || attached.with_value(Option::is_some)) else { return };
        attached.update_value(|attached| {
            let Attached { script, .. } = attached.get_or_insert_with(|| load(view, &panel));
            let (started, written, last) = &state;
            let (conversation, token) = match started {
                Some(started) => (started.conversation.to_string(), started.token.reveal()),
                None => (String::new(), ""),
            };
            script.update(&conversation, token, *written, *last, is_open);
        });
    });
}

fn load(view: View, panel: &HtmlElement) -> Attached {
    let home = view.home();
    let (site, link) = home.entry_point.names();
    let open = Closure::new(move |id: String| view.talk.tell(Fact::Chosen(id)));
    let [site, link] = [site, link].map(Option::unwrap_or_default);
    let script = Extras::new(panel, &home.host, view.words.code(), &site, &link, &view.look().text, &open);
    Attached { script, _open: open }
}
