//! A button that opens a panel over the page: one at a time, closed by Escape and by a click elsewhere.

use leptos::prelude::*;

use crate::kit::reactive::handler;

/// The button and its panel; the browser opens and closes it.
#[component]
pub(crate) fn Menu(
    /// The id of the panel.
    id: &'static str,
    /// The label of the button.
    #[prop(into)]
    label: Signal<String>,
    /// The class of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// Whether the panel has room for lines of fields.
    #[prop(default = false)]
    is_wide: bool,
    /// Called when the button is pressed, as to load what the panel shows.
    #[prop(optional, into)]
    pressed: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let panel = if is_wide { "menu-panel menu-wide" } else { "menu-panel" };
    view! {
        <button
            class=class
            type="button"
            popovertarget=id
            on:click=handler(move |_| pressed.iter().for_each(|pressed| pressed.run(())))
        >
            {label}
        </button>
        <div class=panel popover="auto" id=id>
            {children()}
        </div>
    }
}
