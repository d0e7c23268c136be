//! API keys: created, revoked.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Millis};
use knock_ports::{ApiKey, Ledger, Secret, SecretHash, StoreError};
use serde_json::json;

#[derive(Clone, Debug)]
pub struct CreateApiKey {
    pub key: ApiKey,
    /// The public id, as shown in lists.
    pub id: String,
    /// The SHA-256 of its secret.
    pub hash: SecretHash,
    pub now: Millis,
}

impl Change for CreateApiKey {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        ledger.save_secret(self.hash, &Secret::ApiKey(self.key.clone()), self.now)?;
        let ApiKey { name, role, ends_at, .. } = &self.key;
        let note = Note::new(AuditAction::KeyCreated, subject("api_key", &self.id, name));
        Ok(((), Some(note.with(json!({"role": role, "ends_at": ends_at})))))
    }
}

/// Revokes an API key with immediate effect.
#[derive(Clone, Debug)]
pub struct RevokeApiKey {
    /// The SHA-256 of its secret.
    pub hash: SecretHash,
    /// The public id, as shown in lists.
    pub id: String,
}

impl Change for RevokeApiKey {
    /// Whether there was such a key.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let stored = ledger.secret(self.hash)?;
        let Some(Secret::ApiKey(key)) = stored.map(|stored| stored.secret) else { return Ok((false, None)) };
        ledger.take_secret(self.hash)?;
        changes.push(Notice::Access);
        Ok((true, Some(Note::new(AuditAction::KeyRevoked, subject("api_key", &self.id, key.name)))))
    }
}
