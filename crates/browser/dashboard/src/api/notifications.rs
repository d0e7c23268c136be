//! The member's notification settings and waiting chats.

use knock_model::MeetingId;
use knock_wire::{
    DashboardPresence, MeetingsSeen, NotificationSettings, PushDevices, PushSubscription, TeamNotifications,
    UnseenMeetings, WaitingChats,
};

use super::{Client, Failure, Method, encode, json};

const TEAM: &str = "/api/v1/notifications/team";
const MEETINGS: &str = "/api/v1/notifications/meetings";
const DEVICES: &str = "/api/v1/notifications/devices";

impl Client {
    pub(crate) async fn notification_settings(&self) -> Result<NotificationSettings, Failure> {
        self.get("/api/v1/notifications".to_owned()).await
    }

    pub(crate) async fn change_notification_settings(
        &self,
        settings: &NotificationSettings,
    ) -> Result<NotificationSettings, Failure> {
        self.ask(Method::Put, "/api/v1/notifications".to_owned(), Some(json(settings)?)).await
    }

    pub(crate) async fn team_notifications(&self) -> Result<TeamNotifications, Failure> {
        self.get(TEAM.to_owned()).await
    }

    pub(crate) async fn change_team_notifications(
        &self,
        settings: TeamNotifications,
    ) -> Result<TeamNotifications, Failure> {
        self.ask(Method::Put, TEAM.to_owned(), Some(json(&settings)?)).await
    }

    /// The browsers of the member that get push notifications.
    pub(crate) async fn push_devices(&self) -> Result<PushDevices, Failure> {
        self.get(DEVICES.to_owned()).await
    }

    /// Adds this browser to the push devices.
    pub(crate) async fn add_push_device(&self, subscription: &PushSubscription) -> Result<(), Failure> {
        self.post(DEVICES.to_owned(), json(subscription)?).await
    }

    /// Sends a test notification to a push device.
    pub(crate) async fn test_push_device(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Post, format!("{DEVICES}/{}/test", encode(id)), None).await
    }

    pub(crate) async fn remove_push_device(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("{DEVICES}/{}", encode(id)), None).await
    }

    /// Reports whether the member looks at the dashboard.
    pub(crate) async fn say_presence(&self, is_looking: bool) -> Result<(), Failure> {
        let body = json(&DashboardPresence { is_looking })?;
        self.done(Method::Put, "/api/v1/notifications/presence".to_owned(), Some(body)).await
    }

    /// The meetings whose last change the member has not looked at.
    pub(crate) async fn unseen_meetings(&self) -> Result<UnseenMeetings, Failure> {
        self.get(MEETINGS.to_owned()).await
    }

    /// Notes that the member has looked at a meeting, or at all of them.
    pub(crate) async fn note_meetings_seen(&self, meeting: Option<MeetingId>) -> Result<(), Failure> {
        let body = json(&MeetingsSeen { meeting })?;
        self.done(Method::Put, MEETINGS.to_owned(), Some(body)).await
    }

    /// The waiting chats of the member, and unassigned ones.
    pub(crate) async fn waiting(&self) -> Result<WaitingChats, Failure> {
        self.get("/api/v1/notifications/waiting".to_owned()).await
    }
}
