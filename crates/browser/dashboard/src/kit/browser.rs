//! Browser functions; only this module uses the DOM.

pub(crate) mod files;
pub(crate) mod keys;

use js_sys::Date;
use knock_model::Millis;
use leptos::prelude::{RwSignal, Set, document, on_cleanup, window, window_event_listener};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, EventTarget, HtmlDialogElement, HtmlElement, KeyboardEvent, MouseEvent, Node};
use wasm_bindgen::prelude::*;

use crate::kit::civil::{Civil, civil};

#[wasm_bindgen]
extern "C" {
    /// Missing on pages without a secure context: the call fails then.
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    async fn write_text(text: &str) -> Result<JsValue, JsValue>;

    type Navigator;
    #[wasm_bindgen(thread_local_v2, js_name = navigator)]
    static NAVIGATOR: Navigator;
    #[wasm_bindgen(method, getter, js_name = onLine)]
    fn on_line(this: &Navigator) -> bool;

    type Visibility;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static VISIBILITY: Visibility;
    #[wasm_bindgen(method, getter, js_name = visibilityState)]
    fn state(this: &Visibility) -> String;

    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_randomly(bytes: &mut [u8]);

    #[wasm_bindgen(js_name = URLSearchParams)]
    type UrlSearchParams;
    #[wasm_bindgen(constructor, js_class = "URLSearchParams")]
    fn new(query: &str) -> UrlSearchParams;
    #[wasm_bindgen(method)]
    fn get(this: &UrlSearchParams, name: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn set(this: &UrlSearchParams, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = toString)]
    fn text(this: &UrlSearchParams) -> String;

    /// All fail if the browser has no storage for the page.
    #[wasm_bindgen(js_namespace = localStorage, js_name = getItem, catch)]
    fn get_item(name: &str) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(js_namespace = localStorage, js_name = setItem, catch)]
    fn set_item(name: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = localStorage, js_name = removeItem, catch)]
    fn remove_item(name: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = matchMedia)]
    fn match_media(query: &str) -> MediaQuery;
    type MediaQuery;
    #[wasm_bindgen(method, getter, js_name = matches)]
    fn is_met(this: &MediaQuery) -> bool;

    type Popover;
    #[wasm_bindgen(method, js_name = hidePopover, catch)]
    fn hide(this: &Popover) -> Result<(), JsValue>;

    type Selection;
    #[wasm_bindgen(js_name = getSelection)]
    fn get_selection() -> Option<Selection>;
    #[wasm_bindgen(method, js_name = selectAllChildren)]
    fn select_all_children(this: &Selection, of: &Node);
}

/// The browser's own clock, which may be wrong.
pub(crate) fn clock() -> Millis {
    Millis(Date::now() as i64)
}

/// An instant in the reader's local time.
pub(crate) fn local(at: Millis) -> Civil {
    let offset = Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset();
    civil(at, if offset.is_finite() { -offset as i64 } else { 0 })
}

/// The instant of a date and time field, in the reader's local time.
pub(crate) fn instant(text: &str) -> Option<Millis> {
    let at = Date::parse(text);
    at.is_finite().then_some(Millis(at as i64))
}

/// A random number, for spreading retries.
pub(crate) fn chance() -> f64 {
    js_sys::Math::random()
}

/// Ten unpredictable bytes for an id.
pub(crate) fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    fill_randomly(&mut bytes);
    bytes
}

/// The address of the live feed on this server.
pub(crate) fn live_address() -> String {
    let location = window().location();
    let secure = location.protocol().is_ok_and(|protocol| protocol == "https:");
    let host = location.host().unwrap_or_default();
    format!("{}://{host}/api/v1/live", if secure { "wss" } else { "ws" })
}

/// A parameter of the address's query; empty if it is missing.
pub(crate) fn query(name: &str) -> String {
    parameter(&window().location().search().unwrap_or_default(), name)
}

/// A parameter of a query; empty if it is missing.
pub(crate) fn parameter(query: &str, name: &str) -> String {
    UrlSearchParams::new(query).get(name).unwrap_or_default()
}

pub(crate) fn is_online() -> bool {
    NAVIGATOR.with(Navigator::on_line)
}

pub(crate) fn is_visible() -> bool {
    VISIBILITY.with(Visibility::state) == "visible"
}

/// Whether a page has place for a list beside it, as the style sheet says.
pub(crate) fn is_wide() -> bool {
    match_media("(width >= 64rem)").is_met()
}

/// Whether the page is scrolled to its top.
pub(crate) fn is_at_top() -> bool {
    window().scroll_y().is_ok_and(|y| y < 24.0)
}

pub(crate) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Replaces the query of the page's address.
pub(crate) fn replace_query(query: &str) {
    let path = window().location().pathname().unwrap_or_default();
    let address = if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('&')) };
    // Browsers refuse this only after a hundred calls within seconds: the next change is written again.
    let _ = window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}

/// Replaces a parameter in the query of the page's address.
pub(crate) fn replace_parameter(name: &str, value: &str) {
    let search = window().location().search().unwrap_or_default();
    let parameters = UrlSearchParams::new(&search);
    parameters.set(name, value);
    replace_query(&parameters.text());
}

/// Adds an entry to the history, without navigation.
pub(crate) fn push_address(address: &str) {
    // Browsers refuse this only after a hundred calls within seconds.
    let _ = window().history().and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
}

/// The path and the query of the page's address.
pub(crate) fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The origin of this server.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Leaves the app for another address.
pub(crate) fn go_to(address: &str) {
    // Fails for an invalid address, without an effect.
    let _ = window().location().set_href(address);
}

pub(crate) fn go_back() {
    // Without an earlier entry it has no effect.
    let _ = window().history().and_then(|history| history.back());
}

/// A listener of the window that gets events before all others; it is removed when dropped.
pub(crate) struct EarlyListener {
    name: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Drop for EarlyListener {
    fn drop(&mut self) {
        // Fails if the listener is already removed.
        let _ = window().remove_event_listener_with_callback_and_bool(
            self.name,
            self.callback.as_ref().unchecked_ref(),
            true,
        );
    }
}

/// Listens to an event before all other listeners.
pub(crate) fn before_others(name: &'static str, handler: impl Fn(&Event) + 'static) -> EarlyListener {
    let callback = Closure::<dyn FnMut(Event)>::new(move |event: Event| handler(&event));
    // Fails for an unknown event name.
    let _ = window().add_event_listener_with_callback_and_bool(name, callback.as_ref().unchecked_ref(), true);
    EarlyListener { name, callback }
}

/// The path and query of the app's link that a plain click opens in this tab.
pub(crate) fn link_of(event: &Event) -> Option<String> {
    let click = event.dyn_ref::<MouseEvent>()?;
    let is_plain =
        click.button() == 0 && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let stays = link.has_attribute("target") || link.has_attribute("download");
    (is_plain && !stays && href.starts_with("/app")).then_some(href)
}

/// Sets the title of the browser's tab.
pub(crate) fn set_title(title: &str) {
    document().set_title(&format!("{title} \u{b7} Knock"));
}

/// Moves the keyboard focus; no effect on an element that cannot have it.
pub(crate) fn focus(element: &HtmlElement) {
    // An element removed meanwhile cannot take the focus.
    let _ = element.focus();
}

/// Takes the keyboard focus from an element that has it.
pub(crate) fn blur(element: &HtmlElement) {
    // An element removed meanwhile has none.
    let _ = element.blur();
}

/// Moves the keyboard focus to the element with this id, if there is one.
pub(crate) fn focus_on(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        focus(&element);
    }
}

/// A text encoded for an address.
pub(crate) fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Whether the page is visible and focused.
pub(crate) fn focus_of_page() -> RwSignal<bool> {
    let has_focus = || document().has_focus().unwrap_or_default();
    let focus = RwSignal::new(has_focus());
    let gained = window_event_listener(leptos::ev::focus, move |_| focus.set(has_focus()));
    let lost = window_event_listener(leptos::ev::blur, move |_| focus.set(has_focus()));
    on_cleanup(move || {
        gained.remove();
        lost.remove();
    });
    focus
}

/// Whether the target of an event is in an element.
pub(crate) fn holds(element: &HtmlElement, named: Option<EventTarget>) -> bool {
    let node = named.and_then(|named| named.dyn_into::<Node>().ok());
    node.is_some_and(|node| element.contains(Some(&node)))
}

pub(crate) fn holds_focus(element: &HtmlElement) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}

/// Whether the end of a scrolling element is visible. The element counts from its end upwards.
pub(crate) fn is_at_end(element: &HtmlElement) -> bool {
    element.scroll_top() > -48
}

pub(crate) fn scroll_to_end(element: &HtmlElement) {
    element.set_scroll_top(0);
}

/// Opens a modal dialog: everything else is inert until it closes.
pub(crate) fn open_over(dialog: &HtmlDialogElement) {
    // Fails if the dialog is already open or was removed meanwhile: no action is needed.
    let _ = dialog.show_modal();
}

pub(crate) fn close_popover(id: &str) {
    if let Some(panel) = document().get_element_by_id(id) {
        // Fails if the popover is already closed: no action is needed.
        let _ = JsValue::from(panel).unchecked_into::<Popover>().hide();
    }
}

/// Whether Enter was pressed alone: not with Shift, not to confirm a composition of an input method.
pub(crate) fn is_plain_enter(event: &KeyboardEvent) -> bool {
    // Safari ends a composition before the key event; the old key code still shows it.
    let composes = event.is_composing() || event.key_code() == 229;
    event.key() == "Enter" && !event.shift_key() && !composes
}

/// Copies a text to the clipboard; `false` if the browser refuses it.
pub(crate) async fn copy(text: &str) -> bool {
    write_text(text).await.is_ok()
}

/// Selects the text of an element, so that it can be copied by hand.
pub(crate) fn select(element: &HtmlElement) {
    if let Some(selection) = get_selection() {
        selection.select_all_children(element);
    }
}

/// The root element of the app, without its loading placeholder.
pub(crate) fn root() -> Option<HtmlElement> {
    let element = document().get_element_by_id("app")?;
    element.set_text_content(None);
    element.dyn_into().ok()
}

/// The stored text under a key; empty if there is none.
pub(crate) fn kept(name: &str) -> String {
    get_item(name).ok().flatten().unwrap_or_default()
}

/// Stores a text in this browser, if possible.
pub(crate) fn keep(name: &str, value: &str) {
    // If it fails, the text is missing at the next visit.
    let _ = set_item(name, value);
}

/// Decodes a part of an address; `None` if it is invalid.
pub(crate) fn decoded(text: &str) -> Option<String> {
    js_sys::decode_uri_component(text).ok().map(String::from)
}

/// Removes the stored text under a key.
pub(crate) fn drop_kept(name: &str) {
    // Without storage there is nothing to remove.
    let _ = remove_item(name);
}
