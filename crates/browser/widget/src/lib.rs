//! The chat that visitors see: in a corner of a site, or as the page of a Knock Link.
//!
//! Texts of others are shown as text only; only plain `http` and `https` addresses become links.
#![expect(unreachable_pub, reason = "the component macro makes every component `pub`, the modules keep them inside")]

mod booking;
mod browser;
mod chat;
mod consent;
mod controller;
mod entry_point;
mod environment;
mod extras;
mod identity;
#[cfg(all(test, target_arch = "wasm32"))]
mod in_browser;
mod kept_meetings;
mod lazy;
mod look;
mod parts;
mod rows;
mod view;
mod words;

use js_sys::Function;
use knock_wire::RawSecret;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

use chat::{Chat, Fact, Remembered};
use controller::ChatController;
use entry_point::{EntryPoint, Opening};
use environment::BrowserEnvironment;
use look::Look;
use parts::Panel;
use view::{Home, Layout, View};
use words::Words;

/// A mounted chat. `free` removes it from the page, with its listeners, timers and its socket.
#[wasm_bindgen]
pub struct Widget {
    view: View,
    _mounted: Box<dyn Any>,
}

#[wasm_bindgen]
impl Widget {
    /// The chat of a site, initially closed. `listener` receives `'unread', count, message` with the last unread message,
    /// and `'close'`, which requests that it be closed. `lang` is the tag of its language, `look` the JSON of its look, if it is known.
    #[wasm_bindgen(js_name = onSite)]
    pub fn on_site(
        root: HtmlElement,
        host: &str,
        site: String,
        lang: &str,
        listener: Function,
        look: Option<String>,
    ) -> Widget {
        let look = Look::of(look.unwrap_or_default());
        let opening = (Words::of_look(lang, look), None);
        let home = Home { look, ..Home::of(host, EntryPoint::Site(site)) };
        let (view, mounted) = show(root, home, opening, Layout::Corner, Some(listener));
        Widget { view, _mounted: mounted }
    }

    /// The chat of a Knock Link, or of a site if one is named, as the whole page and open at once: this counts as the
    /// click. `title` is its title until the server sends one, `lang` the tag of its language, `look` the JSON of its
    /// look, if it is known; it stays for as long as the page does. `resume` is the query of the address, the token of a mailed link, or empty. The conversation
    /// of a mail is shown at once, and opened at the first act of a person: scanners open links too.
    #[wasm_bindgen(js_name = onPage)]
    #[expect(clippy::too_many_arguments, reason = "a script calls it, with what its page has")]
    pub fn on_page(
        root: HtmlElement,
        host: &str,
        link: String,
        site: String,
        title: String,
        lang: &str,
        resume: String,
        look: Option<String>,
    ) {
        root.set_text_content(None);
        let look = Look::of(look.unwrap_or_default());
        let entry_point = if site.is_empty() { EntryPoint::Link(link) } else { EntryPoint::Site(site) };
        let opening = (Words::of_look(lang, look), secret(resume));
        let home = Home { is_hosted: true, look, ..Home::of(host, entry_point) };
        let (view, mounted) = show(root, home, opening, Layout::Page { title }, None);
        view.open();
        // Garbage collection would drop a handle without a reference.
        std::mem::forget(mounted);
    }

    /// The booking of a Knock Link as the whole page, open at once: this counts as the click. With the token of a
    /// meeting it shows that one. `contact` is the token of a mail merge link, or empty; `look` as on a page.
    #[wasm_bindgen(js_name = onMeeting)]
    #[expect(clippy::too_many_arguments, reason = "a script calls it, with what its page has")]
    pub fn on_meeting(
        root: HtmlElement,
        host: &str,
        link: String,
        meeting: String,
        title: String,
        lang: &str,
        contact: String,
        look: Option<String>,
    ) {
        root.set_text_content(None);
        let look = Look::of(look.unwrap_or_default());
        let (is_hosted, is_page, meeting, contact) = (true, true, secret(meeting), secret(contact));
        let home = Home { is_hosted, is_page, meeting, contact, look, ..Home::of(host, EntryPoint::Link(link)) };
        let (view, mounted) = show(root, home, (Words::of_look(lang, look), None), Layout::Page { title }, None);
        view.book();
        std::mem::forget(mounted);
    }

    /// Shows the panel with a booking.
    #[wasm_bindgen(js_name = openMeeting)]
    pub fn open_meeting(&self) {
        self.view.book();
    }

    /// Shows the panel and moves the focus into it.
    pub fn open(&self) {
        self.view.open();
    }

    /// Shows the panel as the visitor left it on another page, without moving the focus, and without opening the chat on
    /// the server; returns whether there is a conversation to show.
    pub fn resume(&self) -> bool {
        self.view.resume()
    }

    /// Moves the focus to the composer.
    pub fn focus(&self) {
        self.view.focus_composer();
    }

    /// Shows the panel with the conversation of an invitation, the message by which a member wrote first; by the id of a
    /// nudge with the chat that it opens.
    pub fn invite(&self, id: String) {
        self.view.invite(id);
    }

    /// Tells the address by which the page identified the visitor; empty if it did not. Messages carry it.
    pub fn identify(&self, email: String) {
        environment::identify(email);
    }

    /// Hides the panel; the chat continues.
    pub fn close(&self) {
        self.view.close();
    }
}

/// A secret from a text; none for an empty one.
fn secret(text: String) -> Option<RawSecret> {
    (!text.is_empty()).then(|| text.into())
}

/// Mounts a chat; it lives until the returned value is dropped.
fn show(
    root: HtmlElement,
    home: Home,
    (words, resume): (Words, Option<RawSecret>),
    layout: Layout,
    listener: Option<Function>,
) -> (View, Box<dyn Any>) {
    let made = Rc::new(Cell::new(None));
    let (slot, element) = (made.clone(), root.clone());
    knock_dom::keep_texts(&root);
    let mounted = mount_to(root, move || {
        let entry_point = home.entry_point.clone();
        let is_mailed = resume.as_ref().is_some_and(|resume| !resume.reveal().starts_with('?'));
        // The conversation of the mail replaces the one stored in this browser.
        let remembered = if resume.is_some() { Remembered::default() } else { entry_point.recall() };
        let chat = if is_mailed { Chat::mailed(true) } else { Chat::new(remembered, true) };
        let talk = ChatController::new(chat, words, listener);
        let opening = Opening { language: words.code(), resume, invitation: None, conversation: None };
        let outside = BrowserEnvironment::new(entry_point, &home.host, opening, move |fact| talk.tell(fact));
        outside.fit(&element);
        if is_mailed {
            outside.await_act();
        }
        let (is_online, is_hidden) = (outside.is_online(), outside.is_hidden());
        talk.connect(Rc::new(outside));
        if is_hidden {
            talk.tell(Fact::BecameHidden);
        }
        talk.tell(if is_online { Fact::Ticked } else { Fact::WentOffline });
        let view = View::new(talk, words, home);
        slot.set(Some(view));
        view! { <Panel view layout /> }
    });
    let view = made.take().expect("mounting runs what it mounts at once");
    (view, Box::new(mounted))
}
