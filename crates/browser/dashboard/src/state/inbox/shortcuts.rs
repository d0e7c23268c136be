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

/// The links of the lines.
const LINES: &str = ".inbox-lines a[href]";

/// Buttons of keys: where lines are selected, the key is for them, else for the open conversation.
const DONE: [&str; 2] = [".inbox-bulk .work-done", ".conversation-head .work-done"];
const SNOOZE: [&str; 2] = [".inbox-bulk [popovertarget=bulk-snooze]", ".conversation-head [popovertarget=snooze]"];
const TAGS: [&str; 2] = [".inbox-bulk [popovertarget=bulk-tags]", ".conversation-head [popovertarget=tags]"];
const REMIND: [&str; 1] = [".remind-me"];
const UNDO: [&str; 1] = [".toast .button"];
/// The box of the line with the focus, else of the line whose conversation is open.
const SELECT: [&str; 2] =
    [".inbox-line:focus-within .inbox-check input", ".inbox-line:has([aria-current=page]) .inbox-check input"];
/// The first choice of an open menu.
const CHOICE: &str = ".menu-panel:popover-open .menu-link";
/// The field of an open menu of tags.
const FIND_TAG: &str = ".menu-panel:popover-open .tag-find";

/// Each key with its action.
const KEYS: [(&str, &str); 16] = [
    ("j", "Next chat"),
    ("k", "Previous chat"),
    ("e", "Mark as done"),
    ("s", "Snooze"),
    ("z", "Undo, while it is offered"),
    ("m", "Remind me"),
    ("t", "Tags"),
    ("x", "Select the chat; then e, s and t are for all selected ones"),
    ("r", "Write a reply"),
    ("n", "Write a note"),
    ("a", "Assign the chat to me"),
    ("h", "Hand the chat back to the AI agent"),
    ("/", "Search"),
    ("Enter", "Send; Ctrl or Cmd with Enter too"),
    ("?", "Show these keys"),
    ("Esc", "Close what is open, or leave the field"),
];

/// Each key with an action on this page, with its label.
pub(crate) fn keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    KEYS.into_iter().filter(|(key, _)| *key != "/" || keys::has(SEARCH))
}

/// The shortcuts of the inbox.
#[derive(Clone, Copy)]
pub(crate) struct Shortcuts {
    /// The open conversation.
    open: StoredValue<Option<(Composing, ChatOwnership)>>,
    /// Whether the list of keys is shown.
    pub(crate) is_help: RwSignal<bool>,
    /// Whether this browser uses shortcuts.
    pub(crate) is_on: RwSignal<bool>,
}

impl Shortcuts {
    /// Handles keys until the calling component is removed.
    pub(crate) fn start() -> Shortcuts {
        let is_on = RwSignal::new(browser::kept(OFF).is_empty());
        let shortcuts = Shortcuts { open: StoredValue::new(None), is_help: RwSignal::new(false), is_on };
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

    /// Handles the keys of an open conversation too, until the calling component is removed.
    pub(crate) fn open(self, composing: Composing, owning: ChatOwnership) {
        self.open.set_value(Some((composing, owning)));
        let id = composing.thread.id;
        on_cleanup(move || {
            // The next one may be open already.
            self.open.try_update_value(|open| open.take_if(|(composing, _)| composing.thread.id == id));
        });
    }

    /// Turns shortcuts on or off in this browser.
    pub(crate) fn turn(self, is_on: bool) {
        self.is_on.set(is_on);
        if is_on { browser::drop_kept(OFF) } else { browser::keep(OFF, "off") }
    }

    /// Executes the action of a key; returns whether it has one here.
    fn act(self, key: &str) -> bool {
        match key {
            "j" => keys::click_next_to_current(LINES, 1),
            "k" => keys::click_next_to_current(LINES, -1),
            "e" => return keys::click_first(&DONE),
            "s" => return keys::click_first(&SNOOZE) && keys::focus_first(CHOICE),
            "m" => return keys::click_first(&REMIND),
            "t" => return keys::click_first(&TAGS) && keys::focus_first(FIND_TAG),
            "z" => return keys::click_first(&UNDO),
            "x" => return keys::click_first(&SELECT),
            "/" => return keys::focus_first(SEARCH),
            "?" => self.is_help.set(true),
            _ => return self.act_on_open(key),
        }
        true
    }

    /// The keys that need an open conversation.
    fn act_on_open(self, key: &str) -> bool {
        let Some((composing, owning)) = self.open.get_value() else { return false };
        match key {
            "r" => composing.choose(Mode::Reply),
            "n" => composing.choose(Mode::Note),
            "a" => owning.take_over(),
            "h" => owning.hand_back(),
            _ => return false,
        }
        true
    }
}

/// The shortcuts of the inbox, on its page.
pub(crate) fn use_shortcuts() -> Shortcuts {
    expect_context()
}
