//! Meetings that were booked or changed since the member looked: their count, their notes, and notifications.

use knock_model::MeetingId;
use knock_wire::MeetingChanged;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::borrow::Cow;
use std::time::Duration;

use super::notifications::{MOST_PERSONAL, Notifications};
use crate::kit::browser;
use crate::kit::browser::keys;
use crate::kit::notifier::Shown;
use crate::words::notification::{meeting_body, meeting_title};

/// The pages of meetings.
const MEETINGS: &str = "/app/meetings";

const SHOWN: Duration = Duration::from_secs(20);
/// The interval at which a note with the pointer or the focus on it is looked at again.
const AGAIN: Duration = Duration::from_secs(1);
const HELD: &str = ".personal-toasts:hover, .personal-toasts:focus-within";

impl Notifications {
    /// The number of meetings that were booked or changed since the member looked.
    pub(crate) fn unseen_meetings(self) -> usize {
        self.unseen.with(Vec::len)
    }

    /// Whether a shown meeting was booked or changed since the member last looked.
    pub(crate) fn is_fresh(self, meeting: MeetingId) -> bool {
        self.fresh.with(|fresh| fresh.contains(&meeting))
    }

    /// Notes that the member looks at a meeting, or at all of them, until the calling component is removed.
    pub(crate) fn look_at_meetings(self, meeting: Option<MeetingId>) {
        self.load_unseen();
        let has_focus = browser::focus_of_page();
        Effect::new(move |_| {
            let seen: Vec<MeetingId> = self.unseen.with(|unseen| {
                unseen.iter().copied().filter(|id| meeting.is_none_or(|meeting| meeting == *id)).collect()
            });
            if !seen.is_empty() && has_focus.get() {
                self.unseen.update(|unseen| unseen.retain(|id| !seen.contains(id)));
                self.meetings.update(|news| news.retain(|changed| !seen.contains(&changed.id)));
                self.fresh.update(|fresh| fresh.extend(seen));
                let client = self.session.client();
                // If it fails, they are counted again at the next look.
                spawn_local(async move { drop(client.note_meetings_seen(meeting).await) });
            }
        });
        on_cleanup(move || drop(self.fresh.try_set(Vec::new())));
    }

    pub(super) fn load_unseen(self) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(found) = client.unseen_meetings().await {
                self.unseen.try_maybe_update(|unseen| (*unseen != found.meetings, *unseen = found.meetings));
            }
        });
    }

    /// Notifies of a change of a meeting that concerns the member.
    pub(super) fn take_meeting(self, changed: &MeetingChanged) {
        let settings = self.settings.get_untracked();
        let Some(title) = meeting_title(changed, &self.me(), settings.all_meetings) else { return };
        self.load_unseen();
        if !browser::address().starts_with(MEETINGS) {
            self.meetings.update(|all| {
                all.retain(|other| other.id != changed.id);
                all.push(changed.clone());
                let more = all.len().saturating_sub(MOST_PERSONAL);
                all.drain(..more);
            });
            self.end_note_after(changed.clone(), SHOWN);
        }
        let body = meeting_body(changed, settings.shows_text, browser::local);
        let path = format!("/app/meetings/{}", changed.id);
        self.notify(Shown { of: changed.id.to_string(), path, title, body }, settings.meeting);
    }

    /// Takes the note of a change away after some seconds, longer while it is read or the page is in the background: the
    /// count beside the name of the page stays.
    fn end_note_after(self, changed: MeetingChanged, wait: Duration) {
        let look = move || {
            let is_shown = self.meetings.try_with_untracked(|all| all.contains(&changed)).unwrap_or_default();
            if is_shown && (keys::has(HELD) || !browser::is_visible()) {
                self.end_note_after(changed, AGAIN);
            } else if is_shown {
                self.meetings.update(|all| all.retain(|other| *other != changed));
            }
        };
        set_timeout(look, wait);
    }

    /// Takes the note of a meeting away.
    pub(crate) fn dismiss_meeting(self, id: MeetingId) {
        self.meetings.update(|all| all.retain(|changed| changed.id != id));
    }

    /// The title and the text of the note of a meeting.
    pub(crate) fn meeting_words(self, changed: &MeetingChanged) -> (Cow<'static, str>, String) {
        let covers_all = self.settings.with_untracked(|settings| settings.all_meetings);
        let title = meeting_title(changed, &self.me(), covers_all).unwrap_or_default();
        (title, meeting_body(changed, true, browser::local))
    }
}
