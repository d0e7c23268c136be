//! Elements by name that follow signals.
//!
//! A template is compiled separately for each shape of its view: without templates, the booking is a third of the download.

use leptos::prelude::*;
use leptos::tachys::dom::document;
use leptos::web_sys::{Element, Event, HtmlElement};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// The key of a part of the page: the part is redrawn when it changes.
pub(crate) type Key = [i32; 3];

/// An element.
#[derive(Clone)]
pub(crate) struct El(Element);

/// An element with a class.
pub(crate) fn el(name: &str, class: &str) -> El {
    let made = document().create_element(name).expect("the names of this module are those of elements");
    let el = El(made);
    if class.is_empty() { el } else { el.attr("class", class) }
}

/// An existing element.
pub(crate) fn within(element: HtmlElement) -> El {
    El(element.unchecked_into())
}

/// Runs now, and again whenever a value it read changes, until its owner is disposed.
pub(crate) fn follow(run: Box<dyn Fn()>) {
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}

impl El {
    /// Sets an attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> El {
        // The names are constants of this module.
        let _ = self.0.set_attribute(name, value);
        self
    }

    /// Sets an attribute that needs no value.
    pub(crate) fn flag(self, name: &str, is_set: bool) -> El {
        if is_set { self.attr(name, "") } else { self }
    }

    /// Appends a text.
    pub(crate) fn text(self, text: &str) -> El {
        let _ = self.0.append_child(&document().create_text_node(text));
        self
    }

    /// Appends elements.
    pub(crate) fn add<const COUNT: usize>(self, children: [El; COUNT]) -> El {
        for child in &children {
            self.append(child);
        }
        self
    }

    /// Appends elements, each created in turn: collecting them would be more code.
    pub(crate) fn add_all(self, children: impl IntoIterator<Item = El>) -> El {
        for child in children {
            self.append(&child);
        }
        self
    }

    fn append(&self, child: &El) {
        let _ = self.0.append_child(&child.0);
    }

    /// The value of a field.
    pub(crate) fn value(&self) -> String {
        let value = js_sys::Reflect::get(&self.0, &"value".into());
        value.ok().and_then(|value| value.as_string()).unwrap_or_default()
    }

    /// Whether a box is checked.
    pub(crate) fn is_checked(&self) -> bool {
        js_sys::Reflect::get(&self.0, &"checked".into()).is_ok_and(|checked| checked.is_truthy())
    }

    /// Sets the value of a field.
    pub(crate) fn set_value(&self, value: &str) {
        let _ = js_sys::Reflect::set(&self.0, &"value".into(), &value.into());
    }

    /// Listens to an event until its owner is disposed.
    pub(crate) fn on(self, kind: &str, act: impl Fn(Event) + 'static) -> El {
        self.listen(kind, Box::new(act))
    }

    fn listen(self, kind: &str, act: Box<dyn Fn(Event)>) -> El {
        let listener: Closure<dyn FnMut(Event)> = Closure::wrap(Box::new(act));
        let _ = self.0.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
        StoredValue::new_local(listener);
        self
    }

    /// Sets the text, and updates it.
    pub(crate) fn says(self, text: impl Fn() -> String + 'static) -> El {
        let (element, text): (_, Box<dyn Fn() -> String>) = (self.0.clone(), Box::new(text));
        follow(Box::new(move || say(&element, &text())));
        self
    }

    /// Sets an attribute, and updates it; removes it for none.
    pub(crate) fn keeps(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        let (element, value): (_, Box<dyn Fn() -> Option<String>>) = (self.0.clone(), Box::new(value));
        follow(Box::new(move || keep(&element, name, value())));
        self
    }

    /// Draws the content, and redraws it whenever the key changes.
    pub(crate) fn shows(
        self,
        key: impl Fn() -> Key + Send + Sync + 'static,
        make: impl Fn() -> Vec<El> + 'static,
    ) -> El {
        self.shows_boxed(Box::new(key), Box::new(make))
    }

    fn shows_boxed(self, key: Box<dyn Fn() -> Key + Send + Sync>, make: Box<dyn Fn() -> Vec<El>>) -> El {
        let (key, shown) = (Memo::new(move |_| key()), self.clone());
        follow(Box::new(move || {
            // Read, not only tracked: a memo without a read never notifies.
            key.get();
            shown.0.set_text_content(None);
            shown.clone().add_all(untrack(&make));
        }));
        self
    }
}

fn say(element: &Element, text: &str) {
    if element.text_content().unwrap_or_default() != text {
        element.set_text_content(Some(text));
    }
}

fn keep(element: &Element, name: &str, value: Option<String>) {
    if element.get_attribute(name) == value {
        return;
    }
    let _ = match value {
        Some(value) => element.set_attribute(name, &value),
        None => element.remove_attribute(name),
    };
}
