//! `/api/v1/notifications`: of what a member is notified, and how.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{ConversationRow, DeliveryStateWord};
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// `GET` and `PUT /api/v1/notifications`: the settings of the member who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NotificationSettings {
    /// An unassigned chat begins to wait.
    pub new_chat: Channels,
    /// A chat is assigned to the member.
    pub assigned: Channels,
    /// A lead writes in a chat of the member.
    pub message: Channels,
    /// A lead has waited for `wait_minutes`.
    pub waiting: Channels,
    /// Whether `waiting` is mailed too, once for each wait.
    #[serde(default = "yes")]
    pub mail: bool,
    /// After how many minutes without an answer `waiting` applies, 1 to 1,440; 0 is never.
    pub wait_minutes: u32,
    /// Whether `waiting` applies to unassigned chats, too.
    pub covers_unassigned: bool,
    /// Whether notifications show what the lead wrote.
    pub shows_text: bool,
    /// The quiet hours of the member, at most 10.
    #[serde(default)]
    pub quiet: Vec<QuietHours>,
    /// The time zone of `quiet`, such as `Europe/Berlin`; empty is UTC.
    #[serde(default)]
    pub time_zone: String,
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
    /// A push notification to every browser where the member has allowed it, while no dashboard of theirs is looked at.
    pub push: bool,
}

/// Hours of the week in which a member is not notified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// The days on which they begin: 1 is Monday, 7 is Sunday.
    pub days: Vec<u8>,
    /// The start, such as `18:30`.
    pub from: String,
    /// The end, on the next day if it is not after `from`.
    pub to: String,
}

impl Default for NotificationSettings {
    fn default() -> NotificationSettings {
        let all = Channels { sound: true, browser: true, push: true };
        NotificationSettings {
            new_chat: all,
            assigned: all,
            message: all,
            waiting: all,
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

impl NotificationSettings {
    /// Whether a time of the week (day 1 to 7, time as `18:30`) is in the quiet hours.
    pub fn is_quiet(&self, day: u8, time: &str) -> bool {
        self.quiet.iter().any(|hours| hours.hold(day, time))
    }
}

impl QuietHours {
    /// Whether a time of the week is in them.
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

/// `POST /api/v1/notifications/devices`: a push subscription of the browser that asks, as it gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PushSubscription {
    /// The address at the browser's push service.
    pub endpoint: String,
    /// The browser's public key, base64url.
    pub p256dh: String,
    /// The secret that the browser shares, base64url.
    pub auth: String,
}

/// A browser that gets push notifications of the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushDevice {
    /// Its id.
    pub id: String,
    /// The browser, such as `Firefox on Linux`; empty if unknown.
    pub name: String,
    /// Since when.
    pub since: Millis,
    /// Whether it is the browser that asks.
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
    /// The key that browsers bind a subscription to (VAPID), base64url.
    pub key: String,
    /// The member's browsers, in the order they were added.
    pub devices: Vec<PushDevice>,
}

/// `PUT /api/v1/notifications/presence`: whether the member looks at an open dashboard, said again every minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DashboardPresence {
    /// Whether they do.
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
