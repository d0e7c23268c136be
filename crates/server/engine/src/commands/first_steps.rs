//! Puts a first step aside, or takes it up again.

use crate::audited::{Change, Note, of_member, subject};
use crate::changes::Changes;
use knock_model::{AuditAction, FirstStep, MemberState, Millis, RepId};
use knock_ports::{Ledger, StoreError};
use serde_json::json;

/// Puts a first step aside: a personal one for the member, another one for the workspace.
#[derive(Clone, Copy, Debug)]
pub struct PutStepAside {
    pub step: FirstStep,
    /// The member who does.
    pub member: RepId,
    /// Whether it is put aside; else it is taken up again.
    pub is_put_aside: bool,
    pub now: Millis,
}

impl Change for PutStepAside {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let &PutStepAside { step, member, is_put_aside, now } = self;
        let known = ledger.member(member)?.filter(|known| known.state != MemberState::Removed);
        let Some(known) = known.filter(|_| step.can_wait()) else { return Ok(((), None)) };
        if ledger.steps_put_aside(member)?.contains(&step) == is_put_aside {
            return Ok(((), None));
        }
        let owner = step.is_personal().then_some(member);
        ledger.save_first_step(step, owner, is_put_aside.then_some(now))?;
        let about = if step.is_personal() { of_member(&known) } else { subject("workspace", "", "") };
        let note = Note::new(AuditAction::FirstStepChanged, about);
        Ok(((), Some(note.with(json!({"step": step, "is_put_aside": is_put_aside})))))
    }
}
