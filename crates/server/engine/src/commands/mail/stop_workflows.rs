//! The end of mails of workflows to a lead, and of that end.

use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{DeliveryState, LeadId, Millis};
use knock_ports::{Ledger, OutboxEntry, StoreError, WorkflowMail};

/// Ends mails of workflows to a lead, or allows them again. Other mails are not concerned.
#[derive(Clone, Copy, Debug)]
pub struct StopWorkflowMail {
    pub lead: LeadId,
    pub is_stopped: bool,
    pub now: Millis,
}

impl Command for StopWorkflowMail {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let lead = ledger.merged_into(self.lead)?;
        // An erased lead stays erased.
        if ledger.lead(lead)?.is_none() || ledger.workflow_mail_stopped_at(lead)?.is_some() == self.is_stopped {
            return Ok(());
        }
        if self.is_stopped {
            ledger.stop_workflow_mail(lead, self.now)?;
            withdraw(ledger, lead, self.now)?;
        } else {
            ledger.allow_workflow_mail(lead)?;
        }
        changes.push(Notice::Lead(lead));
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Withdraws the mails of workflows that wait, for the first attempt or the next one.
fn withdraw(ledger: &mut dyn Ledger, lead: LeadId, now: Millis) -> Result<(), StoreError> {
    let is_waiting = |entry: &OutboxEntry| {
        let waits = matches!(entry.state, DeliveryState::Waiting | DeliveryState::Behind);
        waits && entry.effect.kind == WorkflowMail::KIND
    };
    for entry in ledger.deliveries_of(lead)?.into_iter().filter(is_waiting) {
        ledger.withdraw(entry.number, now)?;
    }
    Ok(())
}
