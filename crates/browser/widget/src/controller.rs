//! The chat controller: passes facts to the state machine, runs its effects, and updates views.

use js_sys::Function;
use knock_model::MessageId;
use knock_wire::Message;
use leptos::prelude::*;
use std::rc::Rc;

use crate::browser;
use crate::chat::{Chat, Draft, Fact, Moment};
use crate::environment::Environment;
use crate::words::{Words, author_name};

/// The chat of this panel.
#[derive(Clone, Copy)]
pub(crate) struct ChatController {
    chat: RwSignal<Chat>,
    outside: StoredValue<Outer, LocalStorage>,
    words: Words,
}

/// The runner of effects, and the listener of the host page.
#[derive(Clone, Default)]
struct Outer {
    world: Option<Rc<dyn Environment>>,
    listener: Option<Function>,
}

impl ChatController {
    /// A new chat; `listener` receives the unread count with the last unread message, and requests to close the panel.
    pub(crate) fn new(chat: Chat, words: Words, listener: Option<Function>) -> ChatController {
        let outside = StoredValue::new_local(Outer { world: None, listener });
        ChatController { chat: RwSignal::new(chat), outside, words }
    }

    /// Sets the runner of its effects.
    pub(crate) fn connect(self, world: Rc<dyn Environment>) {
        self.outside.update_value(|outer| outer.world = Some(world));
    }

    /// Handles a fact; ignored once the panel is gone.
    pub(crate) fn tell(self, fact: Fact) {
        let moment = Moment { now: browser::now(), chance: browser::chance() };
        let applied = self.chat.try_update(|chat| {
            let before = chat.unread();
            let effects = chat.apply(fact, moment);
            let unread = chat.unread();
            let news = (unread != before).then(|| (unread, chat.news().cloned()));
            (effects, news, chat.next_change_at())
        });
        let Some((effects, news, next)) = applied else { return };
        let outer = self.outside.try_get_value().unwrap_or_default();
        if let Some(world) = outer.world {
            effects.into_iter().for_each(|effect| world.perform(effect));
            world.wake(next);
        }
        if let (Some((unread, last)), Some(listener)) = (news, outer.listener) {
            self.announce(&listener, unread, last);
        }
    }

    /// Tells the listener the number of unread messages, and the last of them.
    fn announce(self, listener: &Function, unread: usize, last: Option<Message>) {
        let Some(last) = last else { return browser::announce(listener, unread as f64, "", "", "", "", "") };
        let name = author_name(self.words, last.author, &last.name);
        // A file stands in place of a text.
        let file = last.files.first().map_or("", |file| &*file.name);
        let text = if last.text.is_empty() { file } else { &last.text };
        browser::announce(listener, unread as f64, &last.id.to_string(), &name, &last.title, &last.picture, text);
    }

    /// Takes a message that the visitor wrote.
    pub(crate) fn write(self, text: String) {
        let at = self.chat.with_untracked(|chat| chat.next_at(browser::now()));
        self.tell(Fact::Written(Draft { id: MessageId::new(at, &browser::random()), text, file: None }));
    }

    /// Asks the host page to close the panel.
    pub(crate) fn ask_to_close(self) {
        let outer = self.outside.try_get_value().unwrap_or_default();
        browser::tell(outer.listener.as_ref(), "close", 0);
    }

    /// A part of the chat, untracked.
    pub(crate) fn peek<T: Default>(self, read: impl FnOnce(&Chat) -> T) -> T {
        self.chat.try_with_untracked(read).unwrap_or_default()
    }

    /// A part of the chat, tracked.
    pub(crate) fn read<T>(self, read: impl FnOnce(&Chat) -> T) -> T {
        self.chat.with(read)
    }
}
