//! A batch of a full resync: the leads of one request, planned together and recorded together.

use super::resync::CrmResyncTurn;
use super::write::{CompleteCrmWrite, HELD, PlannedCrmWrite, plan};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_model::{Destination, LeadId, Millis};
use knock_ports::{CrmWritten, Ledger, Refusal, StoreError};

/// Plans the writes of some leads. Until they are recorded, no other write of these leads is claimed: a later write
/// could otherwise arrive first.
#[derive(Clone, Debug)]
pub struct PlanCrmBatch {
    pub turn: CrmResyncTurn,
    pub leads: Vec<LeadId>,
    pub now: Millis,
}

impl Command for PlanCrmBatch {
    /// None if this server no longer carries out the resync.
    type Outcome = Option<Vec<PlannedCrmWrite>>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Self::Outcome, StoreError> {
        let (system, now) = (self.turn.system, self.now);
        let Some(mut state) = self.turn.state(ledger, now)? else { return Ok(None) };
        let Some(sync) = ledger.crm_sync(system)? else { return Ok(None) };
        let mut writes = Vec::with_capacity(self.leads.len());
        for lead in &self.leads {
            if ledger.is_busy(Destination::crm(system), lead.as_bytes())? {
                // A write of the lead waits or is in progress: another one behind it takes the current state of the
                // lead.
                changes.happened(now, Happened::ResyncDue { system, lead: *lead });
            } else if let Ok((mut known, planned)) = plan(ledger, system, &sync, *lead, now)? {
                known.held_until = Some(now + HELD);
                ledger.save_crm_record(system, *lead, &known)?;
                writes.push(planned);
            }
        }
        if let Some(resync) = &mut state.resync {
            resync.claim = self.turn.claim(now);
        }
        ledger.save_crm_state(system, &state)?;
        Ok(Some(writes))
    }

    fn after(&self) -> After {
        After::All
    }
}

/// Records the outcome of a batch.
#[derive(Clone, Debug)]
pub struct CompleteCrmBatch {
    pub turn: CrmResyncTurn,
    pub writes: Vec<CompleteCrmWrite>,
    pub now: Millis,
}

impl Command for CompleteCrmBatch {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let (mut done, sync) = (0, ledger.crm_sync(self.turn.system)?);
        let has_companies = sync.is_some_and(|sync| !sync.companies.is_empty());
        for write in &self.writes {
            done += u64::from(!write.written.as_ref().is_some_and(is_open));
            let known = ledger.crm_record(write.system, write.lead)?;
            let is_alone = match &write.written {
                // The contact was deleted: a single write looks for another one by the address.
                Some(CrmWritten::Absent) => known.is_some_and(|known| known.contact.is_some()),
                // A single write is refused again and parked with the text of the error.
                Some(CrmWritten::Refused(Refusal::Rejected { .. })) => true,
                Some(CrmWritten::Done { .. } | CrmWritten::Merged { .. } | CrmWritten::Refused(_)) | None => false,
            };
            if is_alone {
                write.release(ledger)?;
                changes.happened(self.now, Happened::ResyncDue { system: write.system, lead: write.lead });
            } else {
                write.run(ledger, changes)?;
                if has_companies && matches!(write.written, Some(CrmWritten::Done { .. } | CrmWritten::Merged { .. })) {
                    changes.happened(self.now, Happened::CompanyDue { system: write.system, lead: write.lead });
                }
            }
        }
        let Some(mut state) = self.turn.state(ledger, self.now)? else { return Ok(()) };
        if let Some(resync) = &mut state.resync {
            resync.ahead += done;
            resync.claim = self.turn.claim(self.now);
        }
        ledger.save_crm_state(self.turn.system, &state)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Whether the resync retries the write.
fn is_open(written: &CrmWritten) -> bool {
    matches!(
        written,
        CrmWritten::Refused(Refusal::Retry { .. } | Refusal::Paused { .. } | Refusal::Unauthorized { .. })
    )
}
