//! The offer of notifications: browsers ask for permission only after a click.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::notifier;
use crate::kit::reactive::handler;
use crate::parts::page::when::When;
use crate::state::inbox::notifications::use_notifications;

/// A line with a button, shown after a chat for which a notification was not possible yet.
#[component]
pub(crate) fn NotificationOffer() -> impl IntoView {
    let notifications = use_notifications();
    let sound_on = move |_| {
        spawn_local(async move {
            let is_played = notifier::play().await;
            notifications.is_sound_blocked.try_set(!is_played);
        });
    };
    view! {
        <When is=notifications.is_offered>
            <div class="note password-offer" role="status">
                <p>"Let this browser show you new chats while you work elsewhere?"</p>
                <div class="form-actions">
                    <button class="button" type="button" on:click=handler(move |_| notifications.ask_permission())>
                        "Allow notifications"
                    </button>
                    <button
                        class="button button-quiet"
                        type="button"
                        on:click=handler(move |_| notifications.decline())
                    >
                        "Not now"
                    </button>
                </div>
            </div>
        </When>
        <When is=notifications.is_sound_blocked>
            <div class="note password-offer" role="status">
                <p>"A chat arrived, but this browser blocked the sound."</p>
                <button class="button" type="button" on:click=handler(sound_on)>
                    "Turn on sound"
                </button>
            </div>
        </When>
    }
}
