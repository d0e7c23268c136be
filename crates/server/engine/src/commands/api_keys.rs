//! API keys: created, revoked.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, IntegrationId, MemberState, Millis, RepId};
use knock_ports::{ApiKey, Integration, Ledger, Secret, SecretHash, StoreError, TeamAuthor};
use serde_json::json;

/// Who is to write with a new key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyAuthor {
    /// No one of the team: it writes nothing to leads or to the team.
    None,
    /// An active member, who ends it when they leave.
    Member(RepId),
    /// The integration of this name, which is created if there is none; `fresh` is then its id.
    Integration { name: String, fresh: IntegrationId },
}

#[derive(Clone, Debug)]
pub struct CreateApiKey {
    /// The key; its author is [`Self::author`].
    pub key: ApiKey,
    pub author: KeyAuthor,
    /// The public id, as shown in lists.
    pub id: String,
    /// The SHA-256 of its secret.
    pub hash: SecretHash,
    pub now: Millis,
}

/// The outcome of creating a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMade {
    Made,
    /// No active member has the id of its author.
    NoMember,
}

impl Change for CreateApiKey {
    type Outcome = KeyMade;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(KeyMade, Option<Note>), StoreError> {
        let (author, name_of_author) = match &self.author {
            KeyAuthor::None => (None, None),
            KeyAuthor::Member(id) => {
                let member = ledger.member(*id)?.filter(|member| member.state == MemberState::Active);
                let Some(member) = member else { return Ok((KeyMade::NoMember, None)) };
                (Some(TeamAuthor::Member(*id)), Some(member.email))
            }
            KeyAuthor::Integration { name, fresh } => {
                let known = ledger.integrations()?.into_iter().find(|known| known.name == *name);
                let id = known.as_ref().map_or(*fresh, |known| known.id);
                if known.is_none() {
                    ledger.create_integration(&Integration { id, name: name.clone(), created_at: self.now })?;
                }
                (Some(TeamAuthor::Integration(id)), Some(name.clone()))
            }
        };
        let key = ApiKey { author, ..self.key.clone() };
        ledger.save_secret(self.hash, &Secret::ApiKey(key), self.now)?;
        let ApiKey { name, role, ends_at, .. } = &self.key;
        let note = Note::new(AuditAction::KeyCreated, subject("api_key", &self.id, name));
        Ok((KeyMade::Made, Some(note.with(json!({"role": role, "ends_at": ends_at, "author": name_of_author})))))
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
