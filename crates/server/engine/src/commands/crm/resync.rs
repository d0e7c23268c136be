//! A full resync: every lead is written as they are, step by step, and goes on after a restart.

use super::write::known;
use crate::audited::{Change, Note, subject};
use crate::commands::crm_change::{Cause, changed};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{AuditAction, Millis};
use knock_ports::{CrmResyncState, Ledger, StoreError};
use knock_routing::CrmSystem;
use serde_json::json;

/// Leads of one step.
const STEP: u32 = 100;

/// Begins a resync. One that is under way begins again.
#[derive(Clone, Copy, Debug)]
pub struct StartCrmResync {
    /// Of which CRM.
    pub system: CrmSystem,
    /// The instant now.
    pub now: Millis,
}

impl Change for StartCrmResync {
    /// False while the sync is off or not connected.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<(bool, Option<Note>), StoreError> {
        let is_on = ledger.crm_sync(self.system)?.is_some_and(|sync| sync.is_on && sync.connection.is_some());
        if !is_on {
            return Ok((false, None));
        }
        let total = ledger.count_named()?;
        let mut state = ledger.crm_state(self.system)?;
        state.resync = Some(CrmResyncState { started_at: self.now, past: None, done: 0, total, ended_at: None });
        ledger.save_crm_state(self.system, &state)?;
        let note = Note::new(AuditAction::CrmResyncStarted, subject("crm", self.system.as_str(), self.system.as_str()));
        Ok((true, Some(note.with(json!({"leads": total})))))
    }
}

/// Hands out the next leads of a resync.
#[derive(Clone, Copy, Debug)]
pub struct StepCrmResync {
    /// Of which CRM.
    pub system: CrmSystem,
    /// The instant now.
    pub now: Millis,
}

impl Command for StepCrmResync {
    /// Whether there is more.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        let mut state = ledger.crm_state(self.system)?;
        let Some(mut resync) = state.resync.filter(|resync| resync.ended_at.is_none()) else { return Ok(false) };
        let Some(sync) = ledger.crm_sync(self.system)?.filter(|sync| sync.is_on) else { return Ok(false) };
        let leads = ledger.named_past(resync.past, STEP)?;
        for lead in &leads {
            let mut record = known(ledger, self.system, &sync, *lead)?;
            record.record.forget();
            ledger.save_crm_record(self.system, *lead, &record)?;
            changed(ledger, *lead, Cause::Resync, self.now, notices)?;
        }
        resync.past = leads.last().copied().or(resync.past);
        resync.done += u64::try_from(leads.len()).unwrap_or_default();
        let is_more = leads.len() == STEP as usize;
        resync.ended_at = (!is_more).then_some(self.now);
        state.resync = Some(resync);
        ledger.save_crm_state(self.system, &state)?;
        Ok(is_more)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
