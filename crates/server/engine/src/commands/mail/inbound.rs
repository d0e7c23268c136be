//! The way by which answers by mail come: its settings, and how it goes.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Millis};
use knock_ports::{InboundCursor, InboundMail, InboundState, InboundWay, Ledger, StoreError};
use serde_json::{Value, json};

/// Sets up the way by which answers come, or changes it.
#[derive(Clone, Debug)]
pub struct SaveInboundMail {
    pub mail: InboundMail,
    /// Where reading begins: none for a way without a mailbox.
    pub cursor: Option<InboundCursor>,
    pub now: Millis,
}

impl Change for SaveInboundMail {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.inbound_mail()?;
        ledger.save_inbound_mail(Some(&self.mail))?;
        // The change may have solved the last problem; what was taken stays counted.
        let InboundState { taken, last_at, cursor, .. } = ledger.inbound_state()?;
        // Another mailbox has numbers of its own; the same one goes on where it was.
        let cursor = self.cursor.map(|new| {
            let is_same = |old: &InboundCursor| {
                before.as_ref().is_some_and(|before| is_same_folder(before, &self.mail))
                    && old.uid_validity == new.uid_validity
            };
            cursor.filter(is_same).unwrap_or(new)
        });
        ledger.save_inbound_state(&InboundState {
            cursor,
            problem: String::new(),
            problem_since: None,
            taken,
            last_at,
        })?;
        let is_new_secret = before.as_ref().is_none_or(|before| secret(&before.way) != secret(&self.mail.way));
        let was = before.as_ref().map_or_else(|| json!({}), |before| shown(before, false));
        Ok(((), Some(note(AuditAction::InboundMailChanged, &self.mail).changed(was, shown(&self.mail, is_new_secret)))))
    }
}

/// Ends it; mails that came stay.
#[derive(Clone, Copy, Debug)]
pub struct DropInboundMail;

impl Change for DropInboundMail {
    /// False when none was set up.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let Some(before) = ledger.inbound_mail()? else { return Ok((false, None)) };
        ledger.save_inbound_mail(None)?;
        ledger.save_inbound_state(&InboundState::default())?;
        Ok((true, Some(note(AuditAction::InboundMailRemoved, &before).changed(shown(&before, false), json!({})))))
    }
}

/// Records how far a mailbox was read, and whether it could be.
#[derive(Clone, Debug)]
pub struct NoteInbound {
    /// How far it was read; none leaves what is known.
    pub cursor: Option<InboundCursor>,
    /// What is wrong, as a sentence; empty if nothing is.
    pub problem: String,
    pub now: Millis,
}

impl Command for NoteInbound {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        // It may have been switched off meanwhile.
        if ledger.inbound_mail()?.is_none() {
            return Ok(());
        }
        let before = ledger.inbound_state()?;
        let mut state = before.clone();
        advance(&mut state, self.cursor);
        if state.problem != self.problem {
            state.problem_since = (!self.problem.is_empty()).then(|| state.problem_since.unwrap_or(self.now));
            state.problem.clone_from(&self.problem);
        }
        if state == before { Ok(()) } else { ledger.save_inbound_state(&state) }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Moves the place in a mailbox on, never back within one numbering: another server may have read further.
pub(super) fn advance(state: &mut InboundState, cursor: Option<InboundCursor>) {
    let Some(new) = cursor else { return };
    let is_further = state.cursor.is_none_or(|old| old.uid_validity != new.uid_validity || old.last_uid < new.last_uid);
    if is_further {
        state.cursor = Some(new);
    }
}

fn is_same_folder(one: &InboundMail, other: &InboundMail) -> bool {
    match (&one.way, &other.way) {
        (
            InboundWay::Imap { account, folder, .. },
            InboundWay::Imap { account: other_account, folder: other_folder, .. },
        ) => account == other_account && folder == other_folder,
        _ => false,
    }
}

fn secret(way: &InboundWay) -> &str {
    match way {
        InboundWay::Imap { secret, .. } | InboundWay::Hook { secret } => secret,
    }
}

fn note(action: AuditAction, mail: &InboundMail) -> Note {
    Note::new(action, subject("inbound_mail", "", &mail.address))
}

/// The settings for the audit log; secrets are only said to have changed.
fn shown(mail: &InboundMail, is_new_secret: bool) -> Value {
    let secret = if is_new_secret { json!("changed") } else { Value::Null };
    match &mail.way {
        InboundWay::Imap { account, folder, .. } => json!({"way": "imap", "address": mail.address,
            "has_tags": mail.has_tags, "account": account, "folder": folder, "secret": secret}),
        InboundWay::Hook { .. } => {
            json!({"way": "hook", "address": mail.address, "has_tags": mail.has_tags, "secret": secret})
        }
    }
}
