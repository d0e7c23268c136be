//! Of what members are notified.

use crate::Shape;
use crate::chats::row;
use crate::made::AT;
use knock_model::{DeliveryState, MeetingId};
use knock_wire::{
    Channels, DashboardPresence, MeetingsSeen, NotificationSettings, PushDevice, PushDevices, PushSubscription,
    QuietHours, TeamNotifications, UnseenMeetings, WaitingChats,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let quiet = QuietHours { days: vec![1, 2, 3, 4, 5], from: "18:30".into(), to: "09:00".into() };
    let settings = NotificationSettings {
        message: Channels { sound: false, ..NotificationSettings::default().message },
        quiet: vec![quiet],
        time_zone: "Europe/Berlin".into(),
        ..NotificationSettings::default()
    };
    let devices = DeliveryState::ALL.iter().map(|state| PushDevice {
        id: "2a".repeat(16),
        name: "Firefox on Linux".into(),
        since: AT,
        is_this: *state == DeliveryState::Delivered,
        last_at: Some(AT),
        last_state: Some((*state).into()),
        last_answer: "answered 201".into(),
    });
    let subscription = PushSubscription {
        endpoint: "https://push.example/send/abc".into(),
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".into(),
        auth: "BTBZMqHH6r4Tts7J_aSIgg".into(),
    };
    let (key, devices) = (subscription.p256dh.clone(), devices.collect());
    vec![
        Shape::of("dashboard_presence", &DashboardPresence { is_looking: true }),
        Shape::of("unseen_meetings", &UnseenMeetings { meetings: vec![MeetingId::new([0x0b; 16])] }),
        Shape::of("meetings_seen", &MeetingsSeen { meeting: Some(MeetingId::new([0x0b; 16])) }),
        Shape::of("push_devices", &PushDevices { key, devices }),
        Shape::of("push_subscription", &subscription),
        Shape::of("notification_settings", &settings),
        Shape::of("team_notifications", &TeamNotifications::default()),
        Shape::of(
            "team_notifications_set",
            &TeamNotifications { pool_minutes: 0, manager_minutes: 45, absence_hours: Some(24) },
        ),
        Shape::of("waiting_chats", &WaitingChats { conversations: vec![row()] }),
    ]
}
