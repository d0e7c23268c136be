//! The member's reminders about a lead.

use knock_model::{LeadId, ReminderId};
use knock_wire::{ReminderDraft, ReminderList};

use super::{Client, Failure, Method, json};

impl Client {
    /// The member's reminders about a lead that are to come.
    pub(crate) async fn reminders(&self, lead: LeadId) -> Result<ReminderList, Failure> {
        self.get(format!("/api/v1/contacts/{lead}/reminders")).await
    }

    pub(crate) async fn add_reminder(&self, lead: LeadId, draft: &ReminderDraft) -> Result<(), Failure> {
        self.post(format!("/api/v1/contacts/{lead}/reminders"), json(draft)?).await
    }

    pub(crate) async fn remove_reminder(&self, id: ReminderId) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/reminders/{id}"), None).await
    }
}
