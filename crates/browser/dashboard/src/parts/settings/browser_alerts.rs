//! Notifications in this browser: permission, and tests of sound and notification.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::notifier::{self, Shown};
use crate::kit::reactive::{derived, handler};
use crate::state::inbox::notifications::Notifications;
use crate::words::notification::permission_words;

/// The permission of this browser, with test buttons.
#[component]
pub(crate) fn BrowserAlerts(notifications: Notifications) -> impl IntoView {
    let said = RwSignal::new("");
    let permission = notifications.permission;
    let play = move |_| {
        spawn_local(async move {
            let is_played = notifier::play().await;
            notifications.is_sound_blocked.try_set(!is_played);
            said.try_set(if is_played {
                "The sound was played."
            } else {
                "This browser blocks the sound: allow sound for this site in its settings."
            });
        });
    };
    let show = move |_| {
        spawn_local(async move {
            let (title, body) = ("Test notification".into(), "Notifications of Knock look like this.".to_owned());
            let is_shown = notifier::show(&Shown { of: String::new(), path: String::new(), title, body }).await;
            said.try_set(if is_shown {
                "A notification was sent to this device."
            } else {
                "This browser shows no notification."
            });
        });
    };
    let is_granted = move || permission.with(|permission| permission == "granted");
    let is_unasked = move || permission.with(|permission| permission == "default");
    view! {
        <section class="panel alerts-browser" aria-labelledby="this-browser">
            <h2 class="panel-title" id="this-browser">"This browser"</h2>
            <p>{derived(move || permission.with(|permission| permission_words(permission)))}</p>
            <div class="form-actions">
                <button
                    class="button button-strong"
                    type="button"
                    hidden=derived(move || !is_unasked())
                    on:click=handler(move |_| notifications.ask_permission())
                >
                    "Allow notifications"
                </button>
                <button class="button" type="button" on:click=handler(play)>"Test sound"</button>
                <button
                    class="button"
                    type="button"
                    prop:disabled=derived(move || !is_granted())
                    on:click=handler(show)
                >
                    "Test notification"
                </button>
            </div>
            <p class="muted" role="status">{said}</p>
        </section>
    }
}
