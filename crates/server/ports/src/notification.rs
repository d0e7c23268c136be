//! Notification settings of members, and the chats that wait for a human's answer.
//! Every method fails only when the database does.

use crate::{SecretHash, StoreError};
use knock_model::{LeadId, Millis, RepId};
use knock_wire::NotificationSettings;

/// A lead who waits for a human's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The lead.
    pub lead: LeadId,
    /// The instant of the start.
    pub since: Millis,
    /// The rep who has the chat; none while it is unassigned.
    pub rep: Option<RepId>,
}

/// A browser of a member that gets push notifications: a destination of the outbox whose settings are the subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id, the same for the same address at the push service.
    pub id: [u8; 16],
    /// The member of the device.
    pub member: RepId,
    /// The session in which it was added last: when that ends, so does this.
    pub session: SecretHash,
    /// The display name.
    pub name: String,
    /// The instant of creation.
    pub created_at: Millis,
}

/// Writing notification settings, browsers of members, and sent notifications.
pub trait NotificationLedger {
    /// Stores a browser, new or known.
    fn save_device(&mut self, device: &Device) -> Result<(), StoreError>;

    /// Removes a browser with its destination and what was to be sent there; false when there is none.
    fn drop_device(&mut self, id: [u8; 16]) -> Result<bool, StoreError>;

    /// Removes all browsers whose session has ended.
    fn drop_signed_out_devices(&mut self, now: Millis) -> Result<(), StoreError>;

    /// Stores until when a member looks at an open dashboard, as far as is known.
    fn save_presence(&mut self, member: RepId, until: Millis) -> Result<(), StoreError>;

    /// Stores that a member was notified of a wait that began at an instant.
    fn note_wait_told(&mut self, lead: LeadId, member: RepId, since: Millis) -> Result<(), StoreError>;

    /// Stores what a member has set.
    fn save_notifications(&mut self, member: RepId, settings: &NotificationSettings) -> Result<(), StoreError>;

    /// Removes what a member has set.
    fn forget_notifications(&mut self, member: RepId) -> Result<(), StoreError>;
}

/// Reading what members have set, their browsers, and who waits.
pub trait NotificationView {
    /// The browsers of all members whose session goes on, in the order they were added.
    fn devices(&self, now: Millis) -> Result<Vec<Device>, StoreError>;

    /// The instant until which a member is known to look at an open dashboard.
    fn presence(&self, member: RepId) -> Result<Option<Millis>, StoreError>;

    /// The wait of a lead, if they wait.
    fn wait_of(&self, lead: LeadId) -> Result<Option<Wait>, StoreError>;

    /// The members who were notified of a wait of the lead, each with the instant that wait began.
    fn told_of_wait(&self, lead: LeadId) -> Result<Vec<(RepId, Millis)>, StoreError>;

    /// The notification settings of a member; the defaults if there are none.
    fn notifications(&self, member: RepId) -> Result<NotificationSettings, StoreError>;

    /// The leads who wait for this member or whose chat is unassigned, the longest wait first.
    fn waits_for(&self, member: RepId, limit: u32) -> Result<Vec<Wait>, StoreError>;
}
