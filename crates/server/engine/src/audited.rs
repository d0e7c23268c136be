//! Changes that leave an entry in the audit log, in their own transaction.
//!
//! A [`Change`] is no [`Command`]: the writer takes it only as an [`Audited`] one, which names its actor. So no caller
//! can omit the entry.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Destination, LeadId, Millis, WebhookId};
use knock_ports::{Actor, AuditEntry, AuditSubject, Fields, Ledger, Member, StoreError};
use serde_json::Value;

/// A change that a member, a program or a command makes to the workspace.
pub trait Change: Send + 'static {
    /// The result for the caller.
    type Outcome: Send + 'static;

    /// Reads what it needs, decides, and writes; notes what changed. The note is the entry of the audit log, none if
    /// nothing changed.
    ///
    /// # Errors
    /// When the store fails; then nothing of it is kept.
    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes)
    -> Result<(Self::Outcome, Option<Note>), StoreError>;

    /// The same as [`Command::coming`].
    fn coming(&self) -> Option<knock_ports::PrefetchHint<'_>> {
        None
    }

    /// The same as [`Command::after`].
    fn after(&self) -> After {
        After::Nothing
    }

    /// The command that makes this change.
    fn by(self, actor: Actor, at: Millis) -> Audited<Self>
    where
        Self: Sized,
    {
        Audited { actor, at, change: self }
    }
}

/// A change with its actor.
#[derive(Clone, Debug)]
pub struct Audited<C> {
    actor: Actor,
    at: Millis,
    change: C,
}

impl<C: Change> Command for Audited<C> {
    type Outcome = C::Outcome;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<C::Outcome, StoreError> {
        let (outcome, note) = self.change.make(ledger, changes)?;
        if let Some(note) = note {
            ledger.append_audit(&note.entry(self.actor.clone(), self.at))?;
        }
        Ok(outcome)
    }

    fn coming(&self) -> Option<knock_ports::PrefetchHint<'_>> {
        self.change.coming()
    }

    fn after(&self) -> After {
        self.change.after()
    }
}

/// The content of an entry beside author and instant.
#[derive(Clone, Debug)]
pub struct Note {
    action: AuditAction,
    subject: AuditSubject,
    lead: Option<LeadId>,
    before: Fields,
    after: Fields,
    receipt: String,
}

impl Note {
    pub(crate) fn new(action: AuditAction, subject: AuditSubject) -> Note {
        let (before, after) = (Fields::new(), Fields::new());
        Note { action, subject, lead: None, before, after, receipt: String::new() }
    }

    /// Adds the fields that differ between two JSON objects; a missing field counts as null.
    pub(crate) fn changed(self, before: Value, after: Value) -> Note {
        let (mut before, mut after) = (fields(before), fields(after));
        let names: Vec<String> = before.keys().chain(after.keys()).cloned().collect();
        for name in names {
            // A missing field is null.
            let value = |fields: &Fields| fields.get(&name).cloned().unwrap_or_default();
            if value(&before) == value(&after) {
                before.remove(&name);
                after.remove(&name);
            }
        }
        Note { before, after, ..self }
    }

    /// Adds the values after the change.
    pub(crate) fn with(self, after: Value) -> Note {
        Note { after: fields(after), ..self }
    }

    /// Adds the lead of the entry.
    pub(crate) fn about(self, lead: LeadId) -> Note {
        Note { lead: Some(lead), ..self }
    }

    /// Adds the receipt of an erasure.
    pub(crate) fn receipt(self, receipt: &str) -> Note {
        Note { receipt: receipt.to_owned(), ..self }
    }

    /// Returns the entry of the audit log.
    pub(crate) fn entry(self, actor: Actor, at: Millis) -> AuditEntry {
        let Note { action, subject, lead, before, after, receipt } = self;
        AuditEntry { at, actor, action, subject, lead, before, after, receipt }
    }
}

fn fields(value: Value) -> Fields {
    if let Value::Object(fields) = value { fields } else { Fields::new() }
}

/// The subject of an entry.
pub(crate) fn subject(kind: &str, id: impl Into<String>, name: impl Into<String>) -> AuditSubject {
    AuditSubject { kind: kind.to_owned(), id: id.into(), name: name.into() }
}

/// A member as the subject of an entry.
pub(crate) fn of_member(member: &Member) -> AuditSubject {
    subject("member", member.id.to_string(), &member.email)
}

/// A destination as the subject of an entry, with the host of its address: paths and queries may be secrets. Ids of all
/// kinds are formatted as those of webhooks.
pub(crate) fn of_destination(destination: Destination, settings: &str) -> AuditSubject {
    let settings: Value = serde_json::from_str(settings).unwrap_or_default();
    let url = settings["url"].as_str().and_then(|url| url::Url::parse(url).ok());
    let host = url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    subject(destination.kind.as_str(), WebhookId::from_bytes(destination.id).to_string(), host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_note_has_the_changed_fields_only() {
        let note = Note::new(AuditAction::SiteChanged, subject("site", "k", "Shop"))
            .changed(json!({"name": "Shop", "base": "/a", "old": 1}), json!({"name": "Shop", "base": "/b", "new": 2}));
        assert_eq!(Value::Object(note.before), json!({"base": "/a", "old": 1}));
        assert_eq!(Value::Object(note.after), json!({"base": "/b", "new": 2}));
    }

    #[test]
    fn a_destination_is_named_by_its_host_alone() {
        let to = Destination::MAIL;
        let named = of_destination(to, r#"{"url":"https://ann:pass@hooks.example/s3cret?key=s3cret"}"#);
        assert_eq!(named.name, "hooks.example");
        assert_eq!(of_destination(to, "{}").name, "");
    }
}
