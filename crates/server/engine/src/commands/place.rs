//! Where a workspace is, and with which key: what tells a copy from the original.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::AuditAction;
use knock_ports::{Ledger, StoreError};
use serde_json::json;

/// Stores where the workspace is, at a start that finds no place stored.
#[derive(Clone, Debug)]
pub struct AdoptPlace {
    pub place: String,
}

impl Command for AdoptPlace {
    /// The stored place: another server may have been first.
    type Outcome = String;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<String, StoreError> {
        if let Some(stored) = ledger.place()? {
            return Ok(stored);
        }
        ledger.save_place(&self.place)?;
        Ok(self.place.clone())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Stores the fingerprint of the key of the first server, or of the one that replaces a lost key.
#[derive(Clone, Debug)]
pub struct NoteKey {
    pub fingerprint: String,
    /// Whether it replaces that of another key.
    pub replaces: bool,
}

impl Command for NoteKey {
    /// The stored fingerprint: another server may have been first.
    type Outcome = String;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<String, StoreError> {
        match ledger.key_fingerprint()? {
            Some(stored) if stored == self.fingerprint || !self.replaces => Ok(stored),
            _ => {
                ledger.save_key_fingerprint(&self.fingerprint)?;
                Ok(self.fingerprint.clone())
            }
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Lets a copy send: its place becomes that of the workspace.
#[derive(Clone, Debug)]
pub struct ReleaseOutbound {
    pub place: String,
    /// Whether deliveries that wait are discarded instead of sent.
    pub discards: bool,
}

impl Change for ReleaseOutbound {
    /// False when another server has released the workspace before; nothing is discarded then.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        if ledger.place()?.as_ref() == Some(&self.place) {
            return Ok((false, None));
        }
        let discarded = if self.discards { ledger.discard_waiting()? } else { 0 };
        ledger.save_place(&self.place)?;
        changes.push(Notice::Outbox);
        let note = Note::new(AuditAction::OutboundReleased, subject("workspace", "", ""));
        Ok((true, Some(note.with(json!({"discarded": discarded})))))
    }
}
