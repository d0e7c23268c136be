//! Shortcuts of the inbox: their actions, and whether this browser uses them.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::chat_ownership::ChatOwnership;
use super::composing::Composing;
use super::unsent::Mode;
use crate::kit::browser;
use crate::kit::browser::keys;

/// The storage key that turns shortcuts off.
const OFF: &str = "knock_shortcuts_off";

/// The search field of the inbox.
const SEARCH: &str = ".inbox-list input[type=search]";

/// Each key with its action.
const KEYS: [(&str, &str); 10] = [
    ("j", "Next chat"),
    ("k", "Previous chat"),
    ("r", "Write a reply"),
    ("n", "Write a note"),
    ("a", "Assign the chat to me"),
    ("h", "Hand the chat back to the AI agent"),
    ("/", "Search"),
    ("Enter", "Send; Ctrl or Cmd with Enter too"),
    ("?", "Show these keys"),
    ("Esc", "Close what is open"),
];

/// Each key with an action on this page, with its label.
pub(crate) fn keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    KEYS.into_iter().filter(|(key, _)| *key != "/" || keys::has(SEARCH))
}

/// The shortcuts of an open conversation.
#[derive(Clone, Copy)]
pub(crate) struct Shortcuts {
    composing: Composing,
    owning: ChatOwnership,
    /// Whether the list of keys is shown.
    pub(crate) is_help: RwSignal<bool>,
    /// Whether this browser uses shortcuts.
    pub(crate) is_on: RwSignal<bool>,
}

impl Shortcuts {
    /// Handles keys until the calling component is removed.
    pub(crate) fn start(composing: Composing, owning: ChatOwnership) -> Shortcuts {
        let is_on = RwSignal::new(browser::kept(OFF).is_empty());
        let shortcuts = Shortcuts { composing, owning, is_help: RwSignal::new(false), is_on };
        // Removed with the component.
        StoredValue::new_local(browser::before_others("keydown", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && shortcuts.is_on.get_untracked()
                && keys::is_shortcut(event)
                && shortcuts.act(&event.key())
            {
                event.prevent_default();
            }
        }));
        shortcuts
    }

    /// Turns shortcuts on or off in this browser.
    pub(crate) fn turn(self, is_on: bool) {
        self.is_on.set(is_on);
        if is_on { browser::drop_kept(OFF) } else { browser::keep(OFF, "off") }
    }

    /// Executes the action of a key; returns whether it has one.
    fn act(self, key: &str) -> bool {
        match key {
            "j" => keys::click_next_to_current(".inbox-lines a[href]", 1),
            "k" => keys::click_next_to_current(".inbox-lines a[href]", -1),
            "r" => self.composing.choose(Mode::Reply),
            "n" => self.composing.choose(Mode::Note),
            "a" => self.owning.take_over(),
            "h" => self.owning.hand_back(),
            "/" => return keys::focus_first(SEARCH),
            "?" => self.is_help.set(true),
            _ => return false,
        }
        true
    }
}
