//! A write of a lead: planned from the current state, and recorded once the CRM has it.

use super::lead::CrmLead;
use super::settings::note_problem;
use super::skips::CrmSkips;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_crm::{Leave, Value, Write};
use knock_model::{Email, LeadId, Millis};
use knock_ports::{
    CrmKey, CrmLeadRecord, CrmLogged, CrmObject, CrmRecord, CrmSync, CrmWritten, Ledger, Refusal, StoreError, View,
};
use knock_routing::CrmSystem;

/// The timeout of a batch.
pub(super) const HELD: Millis = Millis::MINUTE;

/// Plans the write that updates a lead's record.
#[derive(Clone, Copy, Debug)]
pub struct PlanCrmWrite {
    pub system: CrmSystem,
    pub lead: LeadId,
    pub now: Millis,
}

#[derive(Clone, Debug, PartialEq)]
pub enum CrmWritePlan {
    Write(PlannedCrmWrite),
    /// No write, for this reason.
    Nothing(&'static str),
    /// No write yet: a batch of a resync is writing the lead.
    Later,
}

/// A planned write of a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedCrmWrite {
    /// The current id of the lead.
    pub lead: LeadId,
    pub account: String,
    pub write: Write,
    /// The same write in the form for the CRM.
    pub record: Box<CrmRecord>,
}

impl Command for PlanCrmWrite {
    type Outcome = CrmWritePlan;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<CrmWritePlan, StoreError> {
        let Some(sync) = ledger.crm_sync(self.system)? else { return Ok(CrmWritePlan::Nothing("no CRM is set up")) };
        let id = ledger.merged_into(self.lead)?;
        match plan(ledger, self.system, &sync, id, self.now)? {
            Ok((known, _)) if is_held(&known, self.now) => Ok(CrmWritePlan::Later),
            Ok((known, planned)) => {
                ledger.save_crm_record(self.system, id, &known)?;
                Ok(CrmWritePlan::Write(planned))
            }
            Err(why) => Ok(CrmWritePlan::Nothing(why)),
        }
    }

    fn after(&self) -> After {
        After::All
    }
}

/// Returns the write that updates a lead's record, with the known record to store before it; or the reason for none.
pub(super) fn plan(
    view: &dyn View,
    system: CrmSystem,
    sync: &CrmSync,
    id: LeadId,
    now: Millis,
) -> Result<Result<(CrmLeadRecord, PlannedCrmWrite), &'static str>, StoreError> {
    let Some(lead) = CrmLead::load(view, sync, id, now)? else {
        return Ok(Err("the lead is not there any more"));
    };
    let may_create = match lead.leave {
        Leave::Yes { may_create } => may_create,
        Leave::No(why) => return Ok(Err(why.as_str())),
    };
    let refused = lead.refused.as_ref().map(Email::to_text);
    let Some(email) = lead.email.or(lead.refused) else { return Ok(Err("the lead has given no address")) };
    let mut known = known(view, system, sync, id)?;
    if known.refused != refused {
        // What was written so far is the contact of another address.
        (known.contact, known.company, known.deleted_at, known.refused) = (None, None, None, refused);
        known.record.forget();
    }
    let Some(write) = known.record.plan(&lead.values, &sync.mapping) else {
        return Ok(Err("the CRM has all of it already"));
    };
    // A contact that was deleted stays deleted, unless the settings say otherwise; one that is there again is written.
    let may_create = may_create && (known.deleted_at.is_none() || sync.recreate_deleted);
    let key = known.contact.clone().map_or(CrmKey::Email(email), CrmKey::Id);
    let values = write.changes.iter().map(|change| (change.property.clone(), change.value.clone())).collect();
    let record = Box::new(CrmRecord { object: CrmObject::Contact, key, may_create, values });
    let account = known.account.clone();
    Ok(Ok((known, PlannedCrmWrite { lead: id, account, write, record })))
}

/// Whether a batch writes the lead; an instant too far ahead comes from a wrong clock and does not count.
fn is_held(known: &CrmLeadRecord, now: Millis) -> bool {
    known.held_until.is_some_and(|until| now < until && until <= now + HELD)
}

/// The known state of a lead's record in the current account, written with the current mapping.
pub(super) fn known(
    view: &dyn View,
    system: CrmSystem,
    sync: &CrmSync,
    lead: LeadId,
) -> Result<CrmLeadRecord, StoreError> {
    let known = view.crm_record(system, lead)?.filter(|known| known.account == sync.account());
    let mut known =
        known.unwrap_or_else(|| CrmLeadRecord { account: sync.account().to_owned(), ..CrmLeadRecord::default() });
    if known.epoch != sync.epoch {
        known.record.forget();
        known.epoch = sync.epoch;
    }
    Ok(known)
}

/// Records the outcome of a write.
#[derive(Clone, Debug)]
pub struct CompleteCrmWrite {
    pub system: CrmSystem,
    pub lead: LeadId,
    pub account: String,
    /// The part of the write that the CRM has once it is done.
    pub write: Write,
    /// The values that were sent.
    pub sent: Vec<(String, Option<Value>)>,
    /// What was left out.
    pub skips: CrmSkips,
    /// The outcome; none if there was nothing to send.
    pub written: Option<CrmWritten>,
    /// An id for the entry of the log.
    pub id: [u8; 16],
    /// The change of the lead, and its instant.
    pub cause: (String, Millis),
    pub now: Millis,
}

impl Command for CompleteCrmWrite {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        self.skips.note(ledger, self.system, &self.account)?;
        match &self.written {
            Some(CrmWritten::Done { id } | CrmWritten::Merged { into: id }) => self.keep(ledger, id, changes),
            Some(CrmWritten::Absent) => self.forget_contact(ledger),
            Some(CrmWritten::Refused(Refusal::Unauthorized { words } | Refusal::Paused { words, .. })) => {
                self.release(ledger)?;
                note_problem(ledger, self.system, words, self.now)
            }
            Some(CrmWritten::Refused(Refusal::Retry { .. } | Refusal::Rejected { .. })) | None => self.release(ledger),
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl CompleteCrmWrite {
    fn keep(&self, ledger: &mut dyn Ledger, contact: &str, changes: &mut Changes) -> Result<(), StoreError> {
        let lead = ledger.merged_into(self.lead)?;
        // The lead was erased in the meantime: nothing is stored.
        if ledger.lead(lead)?.is_none() {
            return Ok(());
        }
        if let Some(mut known) = self.record(ledger, lead)? {
            // Before there was a contact, the signals of the lead had no timeline.
            if known.contact.is_none() && known.refused.is_none() {
                changes.happened(self.now, Happened::TimelineOpened { system: self.system, lead });
            }
            known.record.acknowledge(&self.write);
            // The contact of a refused address is not the lead's: its deals and its next addresses say nothing of them.
            known.contact = known.refused.is_none().then(|| contact.to_owned());
            (known.deleted_at, known.held_until) = (None, None);
            ledger.save_crm_record(self.system, lead, &known)?;
        }
        let (cause, cause_at) = self.cause.clone();
        let logged = CrmLogged { at: self.now, cause, cause_at, company: None, properties: self.sent.clone() };
        ledger.append_crm_write(self.system, self.id, lead, &logged)?;
        let mut state = ledger.crm_state(self.system)?;
        (state.problem, state.last_success_at) = (None, Some(self.now));
        ledger.save_crm_state(self.system, &state)
    }

    /// Notes that a contact was deleted: from then on one is looked for by the address.
    fn forget_contact(&self, ledger: &mut dyn Ledger) -> Result<(), StoreError> {
        let Some(mut known) = self.record(ledger, self.lead)? else { return Ok(()) };
        if known.contact.take().is_some() {
            known.deleted_at = Some(self.now);
        }
        known.held_until = None;
        known.record.forget();
        ledger.save_crm_record(self.system, self.lead, &known)
    }

    /// Ends the hold on other writes of the lead.
    pub(super) fn release(&self, ledger: &mut dyn Ledger) -> Result<(), StoreError> {
        let Some(mut known) = self.record(ledger, self.lead)?.filter(|known| known.held_until.is_some()) else {
            return Ok(());
        };
        known.held_until = None;
        ledger.save_crm_record(self.system, self.lead, &known)
    }

    /// Returns the record if it is still of this account.
    fn record(&self, view: &dyn View, lead: LeadId) -> Result<Option<CrmLeadRecord>, StoreError> {
        Ok(view.crm_record(self.system, lead)?.filter(|known| known.account == self.account))
    }
}
