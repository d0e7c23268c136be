//! Sounds and notifications of the browser.

use knock_json::parse_with_fractions as parse;
use knock_wire::{Channels, PushSubscription};
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/notify.js")]
extern "C" {
    /// `granted`, `denied`, `default` before a request, `missing` if the browser has no notifications.
    pub(crate) fn permission() -> String;
    #[wasm_bindgen(js_name = askPermission, catch)]
    async fn ask_permission_of_browser() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = begin)]
    fn begin_with(chosen: &JsValue, looks: &JsValue);
    /// Whether this browser can show notifications while the page is closed.
    #[wasm_bindgen(js_name = hasPush)]
    pub(crate) fn has_push() -> bool;
    #[wasm_bindgen(js_name = subscribe, catch)]
    async fn subscribe_to(key: &str, is_wanted: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = unsubscribe, catch)]
    async fn end_subscription() -> Result<JsValue, JsValue>;
    /// Ends notifications, and withdraws those of this tab.
    pub(crate) fn finish();
    /// Sets the conversation or meeting that this tab shows, by its id; empty for none.
    pub(crate) fn look(chat: &str);
    #[wasm_bindgen(js_name = play)]
    async fn play_sound(aloud: bool) -> JsValue;
    #[wasm_bindgen(js_name = show)]
    async fn show_notification(chat: &str, path: &str, title: &str, body: &str) -> JsValue;
    #[wasm_bindgen(js_name = notify)]
    async fn notify_of(chat: &str, path: &str, title: &str, body: &str, sound: bool, notification: bool) -> JsValue;
    /// Withdraws the notification of a conversation or meeting.
    pub(crate) fn withdraw(chat: &str);
    #[wasm_bindgen(js_name = timeOfWeek)]
    fn time_of_week_in(zone: &str) -> String;
    /// The browser's own time zone.
    #[wasm_bindgen(js_name = timeZone)]
    pub(crate) fn time_zone() -> String;
}

/// Starts notifications, from one tab of this browser only; `chosen` gets the page of a clicked notification, `looks`
/// whether the member looks at this tab, on each change and every 45 seconds.
pub(crate) fn begin(chosen: impl Fn(String) + 'static, looks: impl Fn(bool) + 'static) {
    let looks = Closure::<dyn Fn(bool)>::new(looks).into_js_value();
    begin_with(&Closure::<dyn Fn(String)>::new(chosen).into_js_value(), &looks);
}

/// The push subscription of this browser for a key; created if `is_wanted` and missing; none if the browser
/// refuses.
pub(crate) async fn subscribe(key: &str, is_wanted: bool) -> Option<PushSubscription> {
    let json = subscribe_to(key, is_wanted).await.ok()?.as_string()?;
    parse(&json)
}

/// Ends the subscription of this browser.
pub(crate) async fn unsubscribe() {
    // If it fails there is none, and the server has dropped it.
    drop(end_subscription().await);
}

/// Requests the permission; returns its new state.
pub(crate) async fn ask_permission() -> String {
    // Fails if the page cannot request it: the permission is unchanged.
    drop(ask_permission_of_browser().await);
    permission()
}

/// A notification.
pub(crate) struct Shown {
    /// The id of its conversation or meeting: another one of the same replaces it. Empty for a test.
    pub(crate) of: String,
    /// The page that a click opens; empty for none.
    pub(crate) path: String,
    pub(crate) title: Cow<'static, str>,
    pub(crate) body: String,
}

/// Shows a notification; false if the browser refuses it.
pub(crate) async fn show(Shown { of, path, title, body }: &Shown) -> bool {
    show_notification(of, path, title, body).await.is_truthy()
}

/// Plays the sound; false while the browser blocks it.
pub(crate) async fn play() -> bool {
    play_sound(true).await.is_truthy()
}

/// Notifies of a conversation or meeting, unless the member looks at it or another tab notifies; false if the sound is
/// blocked.
pub(crate) async fn notify(Shown { of, path, title, body }: &Shown, channels: Channels) -> bool {
    notify_of(of, path, title, body, channels.sound, channels.browser).await.is_truthy()
}

/// Day of the week (1 is Monday) and time, such as `18:30`, in a time zone.
pub(crate) fn time_of_week(zone: &str) -> (u8, String) {
    let text = time_of_week_in(zone);
    let (day, time) = text.split_once(' ').unwrap_or_default();
    (day.parse().unwrap_or_default(), time.to_owned())
}
