//! Keyboard shortcuts of a page: which key presses count, and focus by selector.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::prelude::*;

use super::focus;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = document, js_name = querySelectorAll)]
    fn query_all(selector: &str) -> JsValue;
}

/// Whether a key press is a shortcut: without modifiers, and not in a text field or while a dialog is open.
pub(crate) fn is_shortcut(event: &KeyboardEvent) -> bool {
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing());
    let taken = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [popover]:popover-open";
    let is_taken = is_within(event, taken);
    let is_asked = document().query_selector("dialog[open]").is_ok_and(|found| found.is_some());
    is_plain && !is_taken && !is_asked
}

/// Whether a key was pressed in an element that a selector matches.
pub(crate) fn is_within(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether Escape was pressed, not to cancel a composition of an input method.
pub(crate) fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.is_composing()
}

/// Whether the keys that send a text of several lines were pressed: Ctrl or Cmd and Enter.
pub(crate) fn is_sending(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing()
}

/// Whether the keys that undo typing were pressed: Ctrl or Cmd and Z.
pub(crate) fn is_undo(event: &KeyboardEvent) -> bool {
    event.key().eq_ignore_ascii_case("z")
        && (event.ctrl_key() || event.meta_key())
        && !event.shift_key()
        && !event.alt_key()
}

/// Moves the keyboard focus to the first element that a selector matches; returns whether there is one.
pub(crate) fn focus_first(selector: &str) -> bool {
    all(selector).first().inspect(|found| focus(found)).is_some()
}

/// Clicks the first match of the first selector that has one; returns whether there is one.
pub(crate) fn click_first(selectors: &[&str]) -> bool {
    let found = selectors.iter().find_map(|selector| all(selector).into_iter().next());
    found.inspect(|found| found.click()).is_some()
}

/// Whether a selector matches any element.
pub(crate) fn has(selector: &str) -> bool {
    !all(selector).is_empty()
}

/// Clicks the link `by` places after the current one among the matches of a selector; the first one if none is current.
pub(crate) fn click_next_to_current(selector: &str, by: isize) {
    let links = all(selector);
    let current = links.iter().position(|link| link.get_attribute("aria-current").is_some_and(|word| word == "page"));
    let next = current.map_or(Some(0), |current| current.checked_add_signed(by));
    if let Some(link) = next.and_then(|next| links.get(next)) {
        link.click();
    }
}

/// Moves the focus to the element `by` places after the focused one among the matches of a selector; returns whether
/// there is one.
pub(crate) fn focus_beside(selector: &str, by: isize) -> bool {
    let (steps, focused) = (all(selector), document().active_element());
    let is_focused = |step: &HtmlElement| focused.as_ref().is_some_and(|focused| focused.is_same_node(Some(step)));
    let next = steps.iter().position(is_focused).and_then(|at| at.checked_add_signed(by));
    next.and_then(|next| steps.get(next)).inspect(|step| focus(step)).is_some()
}

/// All elements that a selector matches, in order.
fn all(selector: &str) -> Vec<HtmlElement> {
    js_sys::Array::from(&query_all(selector)).iter().filter_map(|found| found.dyn_into().ok()).collect()
}
