//! The chat controller: passes facts to the state machine, runs its effects, and updates views.

use js_sys::Function;
use knock_model::MessageId;
use leptos::prelude::*;
use std::rc::Rc;

use crate::browser;
use crate::chat::{Chat, Draft, Fact, Moment};
use crate::environment::Environment;

/// The chat of this panel.
#[derive(Clone, Copy)]
pub(crate) struct ChatController {
    chat: RwSignal<Chat>,
    outside: StoredValue<Outer, LocalStorage>,
}

/// The runner of effects, and the listener of the host page.
#[derive(Clone, Default)]
struct Outer {
    world: Option<Rc<dyn Environment>>,
    listener: Option<Function>,
}

impl ChatController {
    /// A new chat; `listener` receives the unread count and requests to close the panel.
    pub(crate) fn new(chat: Chat, listener: Option<Function>) -> ChatController {
        ChatController { chat: RwSignal::new(chat), outside: StoredValue::new_local(Outer { world: None, listener }) }
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
            (effects, (unread != before).then_some(unread), chat.next_change_at())
        });
        let Some((effects, news, next)) = applied else { return };
        let outer = self.outside.try_get_value().unwrap_or_default();
        if let Some(world) = outer.world {
            effects.into_iter().for_each(|effect| world.perform(effect));
            world.wake(next);
        }
        if let Some(unread) = news {
            browser::tell(outer.listener.as_ref(), "unread", unread);
        }
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

    /// A part of the chat, tracked.
    pub(crate) fn read<T>(self, read: impl FnOnce(&Chat) -> T) -> T {
        self.chat.with(read)
    }
}
