//! Mentions of the member and reminders that came while the page is open.

use knock_wire::{PersonalNotice, PersonalNoticeKind};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::kit::reactive::{dynamic, handler};
use crate::state::inbox::notifications::use_notifications;
use crate::words::notification::{personal_body, personal_path, personal_title};

/// One line for each, with the way to the chat. Its region is always there, so that screen readers announce what comes
/// into it.
#[component]
pub(crate) fn PersonalNotes() -> impl IntoView {
    let notifications = use_notifications();
    let line = move |(place, notice): (usize, PersonalNotice)| {
        let open = match notice.what {
            PersonalNoticeKind::Mention => "Open the note",
            PersonalNoticeKind::Reminder => "Open",
        };
        let dismiss = move || notifications.dismiss(place);
        view! {
            <div class="personal-toast">
                <p>
                    <strong><bdi>{personal_title(&notice)}</bdi></strong>
                    " "
                    <bdi>{personal_body(&notice, true)}</bdi>
                </p>
                <A href=personal_path(&notice) attr:class="button" on:click=move |_| dismiss()>
                    {open}
                </A>
                <button class="button button-quiet" type="button" on:click=handler(move |_| dismiss())>
                    "Dismiss"
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="personal-toasts" role="status">
            {dynamic(move || notifications.personal.get().into_iter().enumerate().map(line).collect::<Vec<_>>())}
        </div>
    }
}
