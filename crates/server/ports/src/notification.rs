//! Notification settings of members, and the chats that wait for an answer of a human.
//! Every method fails only when the database does.

use crate::{SecretHash, StoreError};
use knock_model::{LeadId, MeetingId, Millis, RepId};
use knock_wire::NotificationSettings;

/// A lead who waits for an answer of a human.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    pub lead: LeadId,
    /// The instant of the start.
    pub since: Millis,
    /// The owner of the chat; none while it is unassigned.
    pub rep: Option<RepId>,
    /// Whether the AI agent has the chat until one of those whom its last decision names can take it.
    pub is_queued: bool,
}

/// A push device: a browser of a member, and a destination of the outbox whose settings are the push subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The id, the same for the same address at the push service.
    pub id: [u8; 16],
    pub member: RepId,
    /// The session in which it was last added: it ends with that session.
    pub session: SecretHash,
    /// The display name.
    pub name: String,
    pub created_at: Millis,
}

/// Writing notification settings, push devices of members, and sent notifications.
pub trait NotificationLedger {
    /// Stores a push device, new or known.
    fn save_device(&mut self, device: &Device) -> Result<(), StoreError>;

    /// Removes a push device with its destination and deliveries; false if there is none.
    fn drop_device(&mut self, id: [u8; 16]) -> Result<bool, StoreError>;

    /// Removes all push devices whose session has ended.
    fn drop_signed_out_devices(&mut self, now: Millis) -> Result<(), StoreError>;

    /// Stores the instant until which a member is assumed to view an open dashboard.
    fn save_presence(&mut self, member: RepId, until: Millis) -> Result<(), StoreError>;

    /// Forgets that a member was notified of a wait of the lead: they are notified once more.
    fn forget_wait_notice(&mut self, lead: LeadId, member: RepId) -> Result<(), StoreError>;

    /// Stores that a member was notified of a wait that began at an instant.
    fn note_wait_told(&mut self, lead: LeadId, member: RepId, since: Millis) -> Result<(), StoreError>;

    /// Stores that a member has not looked at a change of a meeting yet.
    fn note_meeting_news(&mut self, member: RepId, meeting: MeetingId, at: Millis) -> Result<(), StoreError>;

    /// Stores that a member has looked at a meeting; at all of them for none.
    fn clear_meeting_news(&mut self, member: RepId, meeting: Option<MeetingId>) -> Result<(), StoreError>;

    /// Stores the settings of a member.
    fn save_notifications(&mut self, member: RepId, settings: &NotificationSettings) -> Result<(), StoreError>;

    /// Removes the settings of a member, and the meetings that they have not looked at.
    fn forget_notifications(&mut self, member: RepId) -> Result<(), StoreError>;
}

/// Reading notification settings, push devices of members, and waiting leads.
pub trait NotificationView {
    /// Returns the push devices of all members whose session has not ended, in the order of their creation.
    fn devices(&self, now: Millis) -> Result<Vec<Device>, StoreError>;

    /// The instant until which a member is known to look at an open dashboard.
    fn presence(&self, member: RepId) -> Result<Option<Millis>, StoreError>;

    /// The wait of a lead, if they wait.
    fn wait_of(&self, lead: LeadId) -> Result<Option<Wait>, StoreError>;

    /// The members who were notified of a wait of the lead, each with the instant that wait began.
    fn told_of_wait(&self, lead: LeadId) -> Result<Vec<(RepId, Millis)>, StoreError>;

    /// The notification settings of a member; the defaults if there are none.
    fn notifications(&self, member: RepId) -> Result<NotificationSettings, StoreError>;

    /// The meetings that are not over and whose last change a member has not looked at, the latest change first.
    fn meeting_news(&self, member: RepId, now: Millis, limit: u32) -> Result<Vec<MeetingId>, StoreError>;

    /// The members who have not looked at the last change of a meeting, with the instant of that change.
    fn news_of_meeting(&self, meeting: MeetingId) -> Result<Vec<(RepId, Millis)>, StoreError>;

    /// Returns the waiting leads whose chat is this member's or no one's, the longest wait first.
    fn waits_for(&self, member: RepId, limit: u32) -> Result<Vec<Wait>, StoreError>;

    /// Returns the waiting leads of the whole team, the longest wait first.
    fn waits_of_team(&self, limit: u32) -> Result<Vec<Wait>, StoreError>;
}
