//! The shortcuts of the inbox, and switches for them and for the hold of messages.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{dynamic, effect, handler};
use crate::state::inbox::hold;
use crate::state::inbox::shortcuts::{Shortcuts, keys};

/// A button that shows the shortcuts.
#[component]
pub(crate) fn ShortcutHelp(shortcuts: Shortcuts) -> impl IntoView {
    view! {
        <button
            class="link-button shortcut-button"
            type="button"
            on:click=handler(move |_| shortcuts.is_help.set(true))
        >
            "Keyboard shortcuts"
        </button>
    }
}

/// The list of shortcuts, while it is shown; once on a page.
#[component]
pub(crate) fn ShortcutList(shortcuts: Shortcuts) -> impl IntoView {
    dynamic(move || shortcuts.is_help.get().then(|| view! { <Card shortcuts /> }))
}

#[component]
fn Card(shortcuts: Shortcuts) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    effect(move || dialog.get().inspect(browser::open_over));
    let close = move |_| drop(dialog.get_untracked().inspect(|dialog| dialog.close()));
    let line = |(key, does): (&'static str, &'static str)| {
        view! { <div class="fact"><dt><kbd class="key">{key}</kbd></dt><dd>{does}</dd></div> }.into_any()
    };
    view! {
        <dialog
            class="dialog"
            aria-labelledby="shortcut-title"
            node_ref=dialog
            on:close=handler(move |_| shortcuts.is_help.set(false))
        >
            <div class="form">
                <h2 class="dialog-title" id="shortcut-title">"Keyboard shortcuts"</h2>
                <dl class="facts">{keys().map(line).collect::<Vec<_>>()}</dl>
                <label class="menu-choice">
                    <input
                        type="checkbox"
                        prop:checked=shortcuts.is_on
                        on:change:target=move |event| shortcuts.turn(event.target().checked())
                    />
                    "Use them in this browser"
                </label>
                <label class="menu-choice">
                    <input
                        type="checkbox"
                        prop:checked=hold::is_on()
                        on:change:target=move |event| hold::turn(event.target().checked())
                    />
                    "Hold messages for 5 seconds, so that they can be taken back"
                </label>
                <div class="form-actions">
                    <button class="button" type="button" on:click=handler(close)>
                        "Close"
                    </button>
                </div>
            </div>
        </dialog>
    }
}
