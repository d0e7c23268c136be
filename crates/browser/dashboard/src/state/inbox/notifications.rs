//! Notifications for the member: a count of waiting chats on every page, sound and notification for new chats, for
//! changes of their meetings, and for what concerns them alone.

use knock_model::{ConversationId, MeetingId, Millis};
use knock_wire::{
    Channels, ConversationRow, LiveEvent, MeetingChanged, NotificationSettings, PersonalNotice, PersonalNoticeKind,
};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use crate::api::{Client, Failure};
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::notifier::{self, Shown};
use crate::state::live::use_live;
use crate::state::session::Session;
use crate::words::form::is_by_form;
use crate::words::notification::{notification_body, notification_title, personal_body, personal_path, personal_title};
use crate::words::waiting::{Alert, Change, Waiting};

/// The interval at which waits are checked.
const LOOK: Duration = Duration::from_secs(10);

/// The largest number of mentions and reminders that are shown at once.
pub(super) const MOST_PERSONAL: usize = 3;

/// The storage key of the declined offer of notifications.
const DECLINED: &str = "knock_no_notifications";

#[derive(Clone, Copy)]
pub(crate) struct Notifications {
    pub(super) session: Session,
    waiting: RwSignal<Waiting>,
    pub(crate) settings: RwSignal<NotificationSettings>,
    /// The browser's permission, as [`notifier::permission`].
    pub(crate) permission: RwSignal<String>,
    /// Whether to offer the browser's notifications: a chat has come, and the permission was never requested.
    pub(crate) is_offered: RwSignal<bool>,
    /// Whether the browser blocked the sound of the last alert.
    pub(crate) is_sound_blocked: RwSignal<bool>,
    /// Mentions of the member and reminders that came while the page is open, until they are dismissed; the newest last.
    pub(crate) personal: RwSignal<Vec<PersonalNotice>>,
    /// The meetings whose last change the member has not looked at.
    pub(super) unseen: RwSignal<Vec<MeetingId>>,
    /// Those of them that a page of meetings shows now.
    pub(super) fresh: RwSignal<Vec<MeetingId>>,
    /// Changes of meetings that came while no page of meetings is open, until they are dismissed; the newest last.
    pub(crate) meetings: RwSignal<Vec<MeetingChanged>>,
    /// The number of changes from the live feed: a response from before a change is not taken for newer.
    turn: StoredValue<u64>,
}

impl Notifications {
    /// Without waiting chats, with default settings.
    pub(crate) fn new(session: Session) -> Notifications {
        Notifications {
            session,
            waiting: RwSignal::default(),
            settings: RwSignal::new(NotificationSettings::default()),
            permission: RwSignal::new(notifier::permission()),
            is_offered: RwSignal::new(false),
            is_sound_blocked: RwSignal::new(false),
            personal: RwSignal::new(Vec::new()),
            unseen: RwSignal::new(Vec::new()),
            fresh: RwSignal::new(Vec::new()),
            meetings: RwSignal::new(Vec::new()),
            turn: StoredValue::new(0),
        }
    }

    /// The number of waiting chats of the member and unassigned ones.
    pub(crate) fn count(self) -> usize {
        self.waiting.with(Waiting::count)
    }

    /// Notifies until the calling component is removed; `chosen` gets the page of a clicked notification.
    pub(crate) fn start(self, chosen: impl Fn(String) + 'static) {
        self.waiting.set(Waiting::default());
        notifier::begin(chosen, move |is_looking| self.say_looks(is_looking));
        self.load();
        self.load_unseen();
        self.load_settings();
        self.renew_push();
        use_live().after_gap(move || {
            self.load();
            self.load_unseen();
        });
        use_live().listen(move |event| match event {
            LiveEvent::Conversation(row) => {
                self.turn.update_value(|turn| *turn += 1);
                self.take(row);
            }
            LiveEvent::Meeting(changed) => self.take_meeting(changed),
            LiveEvent::Personal(notice) => self.take_personal(notice),
            _ => {}
        });
        let focused = window_event_listener(ev::focus, move |_| {
            self.permission.set(notifier::permission());
            self.load();
            self.load_unseen();
            self.load_settings();
        });
        let (clock, since) = (use_clock(), use_clock().instant());
        let looking = set_interval_with_handle(move || self.remind(since, clock.instant()), LOOK).ok();
        on_cleanup(move || {
            if let Some(looking) = looking {
                looking.clear();
            }
            focused.remove();
            notifier::finish();
        });
    }

    pub(crate) fn ask_permission(self) {
        spawn_local(async move {
            let permission = notifier::ask_permission().await;
            self.permission.try_set(permission);
            self.is_offered.try_set(false);
        });
    }

    /// Subscribes this browser to push notifications; returns whether it succeeded.
    pub(crate) async fn turn_push_on(self) -> Result<bool, Failure> {
        let permission = notifier::ask_permission().await;
        self.permission.try_set(permission);
        self.subscribe(true).await
    }

    /// Sends the subscription of this browser again: its address or its session may have changed.
    fn renew_push(self) {
        if notifier::has_push() && notifier::permission() == "granted" {
            spawn_local(async move { drop(self.subscribe(false).await) });
        }
    }

    async fn subscribe(self, is_wanted: bool) -> Result<bool, Failure> {
        let client = self.session.client();
        let key = client.push_devices().await?.key;
        let Some(subscription) = notifier::subscribe(&key, is_wanted).await else { return Ok(false) };
        client.add_push_device(&subscription).await?;
        Ok(true)
    }

    fn say_looks(self, is_looking: bool) {
        let client = self.session.client();
        // A lost report is repeated a minute later.
        spawn_local(async move { drop(client.say_presence(is_looking).await) });
    }

    /// Dismisses the offer in this browser.
    pub(crate) fn decline(self) {
        browser::keep(DECLINED, "yes");
        self.is_offered.set(false);
    }

    pub(crate) fn client(self) -> Client {
        self.session.client()
    }

    pub(super) fn me(self) -> String {
        untrack(|| self.session.email())
    }

    fn load(self) {
        let (client, turn) = (self.session.client(), self.turn.get_value());
        spawn_local(async move {
            // If it fails, the next gap loads it.
            let Ok(answer) = client.waiting().await else { return };
            if self.turn.try_get_value() != Some(turn) {
                // A change came meanwhile: the response may be older.
                return self.load_again();
            }
            let me = self.me();
            let changes = self.waiting.try_update(|waiting| waiting.take_all(&answer.conversations, &me));
            for (id, change) in changes.unwrap_or_default() {
                self.act(id, change);
            }
        });
    }

    fn load_again(self) {
        if self.waiting.try_with_untracked(|_| ()).is_some() {
            self.load();
        }
    }

    fn load_settings(self) {
        let client = self.session.client();
        spawn_local(async move {
            if let Ok(settings) = client.notification_settings().await
                && self.settings.try_with_untracked(|known| *known != settings) == Some(true)
            {
                self.settings.set(settings);
            }
        });
    }

    fn take(self, row: &ConversationRow) {
        let me = self.me();
        if let Some(change) = self.waiting.try_update(|waiting| waiting.take(row, &me)) {
            self.act(row.id, change);
        }
    }

    fn act(self, id: ConversationId, change: Change) {
        match change {
            Change::Alert(alert) => self.alert(id, alert),
            Change::Left => notifier::withdraw(&id.to_string()),
            Change::None => {}
        }
    }

    fn remind(self, since: Millis, now: Millis) {
        let Some(settings) = self.settings.try_get_untracked() else { return };
        let due = self.waiting.try_maybe_update(|waiting| (false, waiting.remind(&settings, since, now)));
        for id in due.unwrap_or_default() {
            self.alert(id, Alert::Waiting);
        }
    }

    fn alert(self, id: ConversationId, alert: Alert) {
        let settings = self.settings.get_untracked();
        let row = self.waiting.with_untracked(|waiting| waiting.row(id).cloned());
        let title = notification_title(alert, row.as_ref().is_some_and(|row| is_by_form(&row.state)));
        let body = row.map(|row| notification_body(&row, settings.shows_text)).unwrap_or_default();
        let shown = Shown { of: id.to_string(), path: format!("/app/inbox/{id}"), title: title.into(), body };
        self.notify(shown, alert.channels(&settings));
    }

    /// Shows a mention of the member or a reminder, and notifies of it; of a reminder also in quiet hours.
    fn take_personal(self, notice: &PersonalNotice) {
        let path = personal_path(notice);
        let is_reminder = notice.what == PersonalNoticeKind::Reminder;
        if is_reminder || !browser::address().starts_with(&path) {
            self.personal.update(|all| {
                all.push(notice.clone());
                let more = all.len().saturating_sub(MOST_PERSONAL);
                all.drain(..more);
            });
        }
        let settings = self.settings.get_untracked();
        let channels = if is_reminder { settings.reminder } else { settings.mention };
        let of = notice.conversation.map_or_else(|| notice.lead.to_string(), |id| id.to_string());
        let (title, body) = (personal_title(notice), personal_body(notice, settings.shows_text));
        let shown = Shown { of, path, title: title.into(), body };
        if is_reminder { self.notify_anytime(shown, channels) } else { self.notify(shown, channels) }
    }

    /// Takes a shown mention or reminder away.
    pub(crate) fn dismiss(self, place: usize) {
        self.personal.update(|all| {
            if place < all.len() {
                all.remove(place);
            }
        });
    }

    /// Notifies in these channels, outside the quiet hours of the member.
    pub(super) fn notify(self, shown: Shown, channels: Channels) {
        let is_quiet = self.settings.with_untracked(|settings| {
            let (day, time) = notifier::time_of_week(&settings.time_zone);
            settings.is_quiet(day, &time)
        });
        if !is_quiet {
            self.notify_anytime(shown, channels);
        }
    }

    fn notify_anytime(self, shown: Shown, channels: Channels) {
        if !(channels.sound || channels.browser) {
            return;
        }
        let is_unasked = channels.browser && notifier::permission() == "default" && browser::kept(DECLINED).is_empty();
        self.is_offered.update(|is_offered| *is_offered |= is_unasked);
        spawn_local(async move {
            let is_played = notifier::notify(&shown, channels).await;
            self.is_sound_blocked.try_set(!is_played);
        });
    }
}

pub(crate) fn use_notifications() -> Notifications {
    expect_context()
}
