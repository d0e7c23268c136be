//! The chat that visitors see: in a corner of a site, or as the page of a Knock Link.
//!
//! Texts of others are shown as text only; nothing but plain `http` and `https` addresses becomes a link.
#![expect(unreachable_pub, reason = "the component macro makes every component `pub`, the modules keep them inside")]

mod browser;
mod chat;
mod identity;
#[cfg(all(test, target_arch = "wasm32"))]
mod in_browser;
mod parts;
mod place;
mod rows;
mod talk;
mod view;
mod words;
mod world;

use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

use chat::{Chat, Fact};
use parts::Panel;
use place::Place;
use talk::Talk;
use view::{Layout, View};
use world::Outside;

/// A mounted chat. To `free` it takes it off the page, with its listeners, timers and its socket.
#[wasm_bindgen]
pub struct Widget {
    view: View,
    _mounted: Box<dyn Any>,
}

#[wasm_bindgen]
impl Widget {
    /// The chat of a site, closed at first. `listener` hears `'unread', count` and `'close'`: the visitor
    /// wants it closed.
    #[wasm_bindgen(js_name = onSite)]
    pub fn on_site(root: HtmlElement, host: &str, site: String, listener: Function) -> Widget {
        let (view, mounted) = show(root, host, Place::Site(site), Layout::Corner, Some(listener));
        Widget { view, _mounted: mounted }
    }

    /// The chat of a Knock Link, which is the whole page and open at once: this is the click. It is called
    /// `title` until the server names it, and stays for as long as the page does.
    #[wasm_bindgen(js_name = onPage)]
    pub fn on_page(root: HtmlElement, host: &str, link: String, title: String) {
        root.set_text_content(None);
        let (view, mounted) = show(root, host, Place::Link(link), Layout::Page { title }, None);
        view.open();
        // Scripts drop what nobody holds any more.
        std::mem::forget(mounted);
    }

    /// Shows the panel and moves the focus into it.
    pub fn open(&self) {
        self.view.open();
    }

    /// Hides it. The chat goes on behind it.
    pub fn close(&self) {
        self.view.close();
    }
}

/// Mounts a chat; it lives until what is returned is dropped.
fn show(
    root: HtmlElement,
    host: &str,
    place: Place,
    layout: Layout,
    listener: Option<Function>,
) -> (View, Box<dyn Any>) {
    let made = Rc::new(Cell::new(None));
    let host = host.to_owned();
    let (slot, element) = (made.clone(), root.clone());
    let mounted = mount_to(root, move || {
        let talk = Talk::new(Chat::new(place.recall(), true), listener);
        let outside = Outside::new(place, &host, move |fact| talk.tell(fact));
        outside.fit(&element);
        let is_online = outside.is_online();
        talk.connect(Rc::new(outside));
        talk.tell(if is_online { Fact::Ticked } else { Fact::WentOffline });
        let view = View::new(talk);
        slot.set(Some(view));
        view! { <Panel view layout /> }
    });
    let view = made.take().expect("mounting runs what it mounts at once");
    (view, Box::new(mounted))
}
