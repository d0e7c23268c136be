//! Manual assignments of a chat with their reasons, from the audit log.

use super::Presenter;
use knock_model::{AuditAction, LeadId};
use knock_ports::{StoreError, StoredAudit};
use knock_wire::AssignmentShown;

impl Presenter<'_> {
    /// Returns the manual assignments of the lead's chats, oldest first.
    pub(super) fn assignments(&self, lead: LeadId) -> Result<Vec<AssignmentShown>, StoreError> {
        let entries = self.view.audit_of(lead)?.into_iter();
        let is_one = |entry: &StoredAudit| entry.action == AuditAction::ChatAssigned.as_str();
        Ok(entries.filter(|entry| is_one(entry) && entry.at <= self.arrived_by).map(shown).collect())
    }
}

fn shown(entry: StoredAudit) -> AssignmentShown {
    let text = |fields: &knock_ports::Fields, name: &str| {
        fields.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    };
    AssignmentShown {
        at: entry.at,
        by: entry.actor_name,
        from: text(&entry.before, "rep_owner"),
        to: text(&entry.after, "rep_owner"),
        reason: text(&entry.after, "reason"),
    }
}
