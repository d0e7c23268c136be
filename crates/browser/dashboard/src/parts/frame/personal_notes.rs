//! Mentions of the member, reminders and changes of meetings that came while the page is open.

use knock_wire::{MeetingChanged, PersonalNotice, PersonalNoticeKind};
use leptos::prelude::*;
use leptos_router::components::A;
use std::borrow::Cow;

use crate::kit::reactive::{dynamic, handler};
use crate::state::inbox::notifications::use_notifications;
use crate::words::notification::{personal_body, personal_path, personal_title};

/// The title, the text, the page and the label of the way to it.
type Words = (Cow<'static, str>, String, String, &'static str);

/// One line for each, with the way to its page. Its region is always there, so that screen readers announce what comes
/// into it.
#[component]
pub(crate) fn PersonalNotes() -> impl IntoView {
    let notifications = use_notifications();
    let personal = move |(place, notice): (usize, PersonalNotice)| {
        let open = match notice.what {
            PersonalNoticeKind::Mention => "Open the note",
            PersonalNoticeKind::Reminder => "Open",
        };
        let words = (personal_title(&notice).into(), personal_body(&notice, true), personal_path(&notice), open);
        line(words, move || notifications.dismiss(place))
    };
    let meeting = move |changed: MeetingChanged| {
        let ((title, body), id) = (notifications.meeting_words(&changed), changed.id);
        line((title, body, format!("/app/meetings/{id}"), "Open the meeting"), move || {
            notifications.dismiss_meeting(id)
        })
    };
    let lines = move || {
        let mut lines: Vec<_> = notifications.personal.get().into_iter().enumerate().map(personal).collect();
        lines.extend(notifications.meetings.get().into_iter().map(meeting));
        lines
    };
    view! {
        <div class="personal-toasts" role="status">
            {dynamic(lines)}
        </div>
    }
}

fn line((title, body, path, open): Words, dismiss: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    view! {
        <div class="personal-toast">
            <p>
                <strong><bdi>{title}</bdi></strong>
                " "
                <bdi>{body}</bdi>
            </p>
            <A href=path attr:class="button" on:click=move |_| dismiss()>
                {open}
            </A>
            <button class="button button-quiet" type="button" on:click=handler(move |_| dismiss())>
                "Dismiss"
            </button>
        </div>
    }
    .into_any()
}
