//! A page with a panel; the test plays its server.

use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use knock_model::{ConversationId, MeetingId, MessageId, Millis};
use knock_wire::{Author, CardMeeting, ChatStarted, Message, MessageCard};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlTextAreaElement, ShadowRoot, ShadowRootInit, ShadowRootMode};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test_configure;

use crate::chat::{Chat, Effect, Fact, Remembered};
use crate::controller::ChatController;
use crate::entry_point::EntryPoint;
use crate::environment::Environment;
use crate::look::Look;
use crate::parts::Panel;
use crate::view::{Home, Layout, View};
use crate::words::Words;

wasm_bindgen_test_configure!(run_in_browser);

/// The storage key of the text in the composer.
pub(super) const UNSENT: &str = "knock_d:site:sitekey:";

/// A panel in a shadow root of the page; removed when dropped.
pub(super) struct Stage {
    host: Element,
    pub(super) root: ShadowRoot,
    pub(super) view: View,
    effects: Rc<RefCell<Vec<Effect>>>,
    _mounted: Box<dyn Any>,
}

/// Records the effects of the chat, and its end.
struct Notes {
    effects: Rc<RefCell<Vec<Effect>>>,
    ended: Rc<Cell<u32>>,
}

impl Environment for Notes {
    fn perform(&self, effect: Effect) {
        // Sent for each key; the browser limits the reports.
        if effect != Effect::Type {
            self.effects.borrow_mut().push(effect);
        }
    }

    fn wake(&self, _: Option<Millis>) {}
}

impl Drop for Notes {
    fn drop(&mut self) {
        self.ended.set(self.ended.get() + 1);
    }
}

impl Stage {
    /// A closed panel.
    pub(super) fn set() -> Stage {
        Stage::set_with(Rc::default(), Function::default())
    }

    /// The same in another language.
    pub(super) fn set_in(tag: &'static str) -> Stage {
        Stage::made(tag, "", Rc::default(), Function::default())
    }

    /// The same in a look, as JSON.
    pub(super) fn set_in_look(look: &str) -> Stage {
        Stage::made("en", look, Rc::default(), Function::default())
    }

    /// The same; `ended` counts the dropped worlds, `listener` gets the calls of a launcher.
    pub(super) fn set_with(ended: Rc<Cell<u32>>, listener: Function) -> Stage {
        Stage::made("en", "", ended, listener)
    }

    fn made(tag: &'static str, look: &str, ended: Rc<Cell<u32>>, listener: Function) -> Stage {
        let look = Look::of(look.to_owned());
        let host = document().create_element("knock-widget").expect("the name is valid");
        document().body().expect("the page has a body").append_child(&host).expect("the body takes it");
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).expect("it takes one");
        let place: HtmlElement = document().create_element("div").expect("a div can be made").unchecked_into();
        root.append_child(&place).expect("the root takes it");
        let effects = Rc::new(RefCell::new(Vec::new()));
        let made = Rc::new(Cell::new(None));
        let (slot, world) = (made.clone(), Notes { effects: effects.clone(), ended });
        let mounted = mount_to(place, move || {
            let words = Words::of_look(tag, look);
            let talk = ChatController::new(Chat::new(Remembered::default(), true), words, Some(listener));
            talk.connect(Rc::new(world));
            let home = Home { look, ..Home::of("", EntryPoint::Site("sitekey".to_owned())) };
            let view = View::new(talk, words, home);
            slot.set(Some(view));
            view! { <Panel view layout=Layout::Corner /> }
        });
        let view = made.take().expect("it was mounted");
        Stage { host, root, view, effects, _mounted: Box::new(mounted) }
    }

    /// A panel that is opened, connected and greeted.
    pub(super) async fn live() -> Stage {
        let stage = Stage::set();
        stage.greet().await;
        stage
    }

    /// Opens the panel and plays the server's part.
    pub(super) async fn greet(&self) {
        self.view.open();
        let conversation = ConversationId::new([1; 16]);
        let started = ChatStarted { conversation, token: "t".to_owned().into(), title: "Acme".to_owned() };
        self.view.talk.tell(Fact::Started(Ok(started)));
        self.view.talk.tell(Fact::SocketOpened(1));
        self.receive(1, Author::AiAgent, "Hi!");
        settle().await;
    }

    /// Delivers a message.
    pub(super) fn receive(&self, seq: u64, author: Author, text: &str) {
        self.receive_offer(seq, (author, text), &[]);
    }

    /// The same, with offered answers.
    pub(super) fn receive_offer(&self, seq: u64, (author, text): (Author, &str), choices: &[&str]) {
        let id = MessageId::new(Millis(1_795_163_907_000), &[seq as u8; 10]);
        let at = crate::browser::now();
        let choices = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let name = "Ana Ruiz".to_owned();
        let message = Message { name, choices, ..Message::plain(seq, id, author, text.to_owned(), at) };
        self.view.talk.tell(Fact::Received(1, message));
    }

    /// Delivers a card, or its outcome: a booked meeting that begins at this local time.
    pub(super) fn receive_card(&self, seq: u64, local: Option<&str>) {
        let id = MessageId::new(Millis(1_795_163_907_000), &[seq as u8; 10]);
        let (at, text) = (crate::browser::now(), "Choose a time for a meeting.".to_owned());
        let meeting = local.map(|local| CardMeeting {
            id: MeetingId::new([7; 16]),
            start_at: at,
            local: local.to_owned(),
            state: "booked".to_owned(),
            manage: "/m/abc".to_owned(),
        });
        let card = Some(MessageCard { kind: "meeting".to_owned(), own: false, meeting });
        let message = Message { card, ..Message::plain(seq, id, Author::AiAgent, text, at) };
        self.view.talk.tell(Fact::Received(1, message));
    }

    /// The effects since the last call, without those of the storage.
    pub(super) fn effects(&self) -> Vec<Effect> {
        let all = self.effects.take();
        all.into_iter().filter(|effect| !matches!(effect, Effect::Keep(_) | Effect::Remember(..))).collect()
    }

    pub(super) fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).expect("the selector is valid");
        found.unwrap_or_else(|| panic!("nothing is {selector} in {}", self.root.inner_html())).unchecked_into()
    }

    pub(super) fn has(&self, selector: &str) -> bool {
        self.root.query_selector(selector).expect("the selector is valid").is_some()
    }

    pub(super) fn text(&self) -> String {
        self.find(".panel").text_content().unwrap_or_default()
    }

    /// The last message in the log.
    pub(super) fn last(&self) -> HtmlElement {
        self.find(".entry:last-child .bubble")
    }

    /// Puts a text into the composer as typing does.
    pub(super) fn type_in(&self, text: &str) {
        let composer: HtmlTextAreaElement = self.find("textarea").unchecked_into();
        composer.set_value(text);
        dispatch(&composer, "new Event('input', {bubbles: true})");
    }

    /// Presses a key in the composer; returns whether the browser would handle it.
    pub(super) fn press(&self, key: &str) -> bool {
        let options = format!("{{key: {key}, bubbles: true, composed: true, cancelable: true}}");
        dispatch(&self.find("textarea"), &format!("new KeyboardEvent('keydown', {options})"))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.host.remove();
        // The next test is another visit.
        crate::browser::keep_in_tab(UNSENT, "");
    }
}

fn dispatch(element: &HtmlElement, event: &str) -> bool {
    let made = js_sys::eval(event).expect("the event can be made").unchecked_into();
    element.dispatch_event(&made).expect("the event can be dispatched")
}

/// Lets the browser dispatch what is pending and the panel draw it.
pub(super) async fn settle() {
    TimeoutFuture::new(50).await;
}
