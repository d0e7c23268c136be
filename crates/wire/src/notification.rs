//! `/api/v1/notifications`: the notifications of a member.

#[cfg(feature = "openapi")]
use crate::schema::{MeetingIdSchema, MillisSchema};
use crate::{ConversationRow, DeliveryStateWord};
use knock_model::{MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/notifications`: the notification settings of the calling member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotificationSettings {
    /// The channels for an unassigned chat that begins to wait.
    pub new_chat: Channels,
    /// The channels for a chat that is assigned to the member.
    pub assigned: Channels,
    /// The channels for a message of a lead in a chat of the member.
    pub message: Channels,
    /// The channels for a lead who has waited for `wait_minutes`.
    pub waiting: Channels,
    /// The channels for a meeting of the member that is booked, moved, reassigned or cancelled.
    #[serde(default = "all")]
    pub meeting: Channels,
    /// Whether `meeting` and the count of changed meetings also apply to the meetings of colleagues.
    #[serde(default)]
    pub all_meetings: bool,
    /// The channels for a note of a colleague that names the member.
    #[serde(default = "all")]
    pub mention: Channels,
    /// Whether `mention` is also sent by mail.
    #[serde(default = "yes")]
    pub mention_mail: bool,
    /// The channels for a reminder that the member set, also in `quiet` hours.
    #[serde(default = "all")]
    pub reminder: Channels,
    /// Whether `reminder` is also sent by mail.
    #[serde(default = "yes")]
    pub reminder_mail: bool,
    /// Whether `waiting` is also sent by mail, once for each wait.
    #[serde(default = "yes")]
    pub mail: bool,
    /// The number of minutes without an answer after which `waiting` applies, 1 to 1,440; 0 is never.
    pub wait_minutes: u32,
    /// Whether `waiting` also applies to unassigned chats.
    pub covers_unassigned: bool,
    /// Whether notifications show the text of the lead's message.
    pub shows_text: bool,
    /// The quiet hours of the member, at most 10.
    #[serde(default)]
    pub quiet: Vec<QuietHours>,
    /// The time zone of `quiet`, such as `Europe/Berlin`; empty is UTC.
    #[serde(default)]
    pub time_zone: String,
}

/// `GET` and `PUT /api/v1/notifications/team`: what holds for the notifications of the whole team. Absent fields have
/// their defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TeamNotifications {
    /// The minutes of a wait after which the other members of the pool are notified; 0 is never.
    #[cfg_attr(feature = "openapi", schema(maximum = 1440))]
    pub pool_minutes: u32,
    /// The minutes of a wait after which managers and admins are notified; 0 is never.
    #[cfg_attr(feature = "openapi", schema(maximum = 1440))]
    pub manager_minutes: u32,
    /// The hours of an absence after which a hand-over of the member's chats is offered; 0 is never. Absent: it is
    /// offered after the end of the member's next working day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(maximum = 720))]
    pub absence_hours: Option<u32>,
}

impl Default for TeamNotifications {
    fn default() -> TeamNotifications {
        TeamNotifications { pool_minutes: 10, manager_minutes: 30, absence_hours: None }
    }
}

/// The channels of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// A sound in an open dashboard.
    pub sound: bool,
    /// A notification of the browser, from an open dashboard.
    pub browser: bool,
    /// A push notification to every push device of the member, while they look at no open dashboard.
    pub push: bool,
}

/// Hours of the week in which a member is not notified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// The weekdays on which the hours begin: 1 is Monday, 7 is Sunday.
    pub days: Vec<u8>,
    /// The start, such as `18:30`.
    pub from: String,
    /// The end, on the next day if it is not after `from`.
    pub to: String,
}

impl Default for NotificationSettings {
    fn default() -> NotificationSettings {
        NotificationSettings {
            new_chat: all(),
            assigned: all(),
            message: all(),
            waiting: all(),
            meeting: all(),
            all_meetings: false,
            mention: all(),
            mention_mail: yes(),
            reminder: all(),
            reminder_mail: yes(),
            mail: yes(),
            wait_minutes: 2,
            covers_unassigned: true,
            shows_text: false,
            quiet: Vec::new(),
            time_zone: String::new(),
        }
    }
}

const fn yes() -> bool {
    true
}

const fn all() -> Channels {
    Channels { sound: true, browser: true, push: true }
}

impl NotificationSettings {
    /// Whether a time of the week (day 1 to 7, time as `18:30`) is in the quiet hours.
    pub fn is_quiet(&self, day: u8, time: &str) -> bool {
        self.quiet.iter().any(|hours| hours.hold(day, time))
    }
}

impl QuietHours {
    /// Whether a time of the week is in these hours.
    fn hold(&self, day: u8, time: &str) -> bool {
        let (from, to) = (&*self.from, &*self.to);
        let begins = |day: u8| self.days.contains(&day);
        let day_before = if day == 1 { 7 } else { day.saturating_sub(1) };
        if from < to {
            return begins(day) && (from..to).contains(&time);
        }
        begins(day) && time >= from || begins(day_before) && time < to
    }
}

/// `POST /api/v1/notifications/devices`: the push subscription of the calling browser, as the browser provides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PushSubscription {
    /// The address at the browser's push service.
    pub endpoint: String,
    /// The public key of the browser, base64url.
    pub p256dh: String,
    /// The authentication secret of the browser, base64url.
    pub auth: String,
}

/// A push device: a browser in which the member receives push notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushDevice {
    /// Its id.
    pub id: String,
    /// The browser, such as `Firefox on Linux`; empty if unknown.
    pub name: String,
    /// The instant of its registration, in ms since 1970.
    pub since: Millis,
    /// Whether it is the calling browser.
    pub is_this: bool,
    /// The instant of the last push, in ms since 1970; none before the first.
    #[serde(default)]
    pub last_at: Option<Millis>,
    /// The state of that delivery.
    #[serde(default)]
    pub last_state: Option<DeliveryStateWord>,
    /// The response of the push service; empty if there is none.
    #[serde(default)]
    pub last_answer: String,
}

/// `GET /api/v1/notifications/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushDevices {
    /// The public key for push subscriptions (VAPID), base64url.
    pub key: String,
    /// The push devices of the member, in the order of registration.
    pub devices: Vec<PushDevice>,
}

/// `PUT /api/v1/notifications/presence`: whether the member looks at an open dashboard, repeated every minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DashboardPresence {
    /// Whether the member looks at an open dashboard.
    pub is_looking: bool,
}

/// `GET /api/v1/notifications/waiting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingChats {
    /// The waiting chats of the member and the unassigned ones, the longest wait first; at most 200.
    pub conversations: Vec<ConversationRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet(days: &[u8], from: &str, to: &str) -> NotificationSettings {
        let hours = QuietHours { days: days.to_vec(), from: from.into(), to: to.into() };
        NotificationSettings { quiet: vec![hours], ..NotificationSettings::default() }
    }

    #[test]
    fn settings_stored_before_there_was_an_event_have_its_default() {
        let mut stored = serde_json::to_value(NotificationSettings::default()).expect("JSON");
        for event in ["meeting", "mention", "mention_mail", "reminder", "reminder_mail"] {
            assert!(stored.as_object_mut().expect("an object").remove(event).is_some(), "{event}");
        }
        let read: NotificationSettings = serde_json::from_value(stored).expect("settings");
        assert_eq!(read, NotificationSettings::default());
    }

    #[test]
    fn quiet_hours_begin_on_their_days_and_may_last_until_the_next() {
        let nights = quiet(&[5, 7], "18:00", "09:00");
        for (day, time, expected) in [
            (5, "17:59", false),
            (5, "18:00", true),
            (6, "08:59", true),
            (6, "09:00", false),
            (6, "23:00", false),
            (7, "23:59", true),
            (1, "00:00", true),
            (1, "18:00", false),
        ] {
            assert_eq!(nights.is_quiet(day, time), expected, "{day} {time}");
        }
        let lunch = quiet(&[1], "12:00", "13:00");
        assert!(lunch.is_quiet(1, "12:30") && !lunch.is_quiet(1, "13:00") && !lunch.is_quiet(2, "12:30"));
        let whole = quiet(&[6], "00:00", "00:00");
        assert!(whole.is_quiet(6, "00:00") && whole.is_quiet(6, "23:59") && !whole.is_quiet(7, "00:00"));
    }
}

/// `GET /api/v1/notifications/meetings`: the meetings whose last change the member has not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnseenMeetings {
    /// Their ids, the latest change first; those that are over are left out.
    pub meetings: Vec<MeetingId>,
}

/// `PUT /api/v1/notifications/meetings`: the member has looked at meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingsSeen {
    /// The meeting; all of them without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
}
