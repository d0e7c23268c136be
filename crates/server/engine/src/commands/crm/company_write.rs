//! Writes of companies: planned from their values, and recorded once the CRM has them.

use super::company::known;
use super::settings::note_problem;
use super::skips::CrmSkips;
use super::write::PlannedCrmWrite;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_crm::{Value, Values, Write};
use knock_model::{LeadId, Millis};
use knock_ports::{
    CrmCompanyRecord, CrmKey, CrmLogged, CrmObject, CrmRecord, CrmWritten, Ledger, Refusal, StoreError, View,
};
use knock_routing::CrmSystem;
use std::collections::BTreeSet;

/// Takes over to which companies some contacts belong.
#[derive(Clone, Debug)]
pub struct AssociateCrmContacts {
    pub system: CrmSystem,
    /// The id of the account in the CRM.
    pub account: String,
    /// The companies of the contacts; none of a contact without one.
    pub found: Vec<(LeadId, Option<String>)>,
    /// Whether the CRM is not asked once more for contacts without a company.
    pub is_second: bool,
    pub now: Millis,
}

impl Command for AssociateCrmContacts {
    /// The companies that these contacts belong to, and those that they belonged to before.
    type Outcome = BTreeSet<String>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<BTreeSet<String>, StoreError> {
        let mut companies = BTreeSet::new();
        for (lead, company) in &self.found {
            let lead = ledger.merged_into(*lead)?;
            let record = ledger.crm_record(self.system, lead)?.filter(|record| record.account == self.account);
            let Some(mut record) = record else { continue };
            companies.extend(record.company.iter().chain(company).cloned());
            if record.company != *company {
                record.company.clone_from(company);
                ledger.save_crm_record(self.system, lead, &record)?;
            }
        }
        if !self.is_second
            && let Some((lead, _)) = self.found.iter().find(|(_, company)| company.is_none())
        {
            changes.happened(self.now, Happened::CompanyMissing { system: self.system, lead: *lead });
        }
        Ok(companies)
    }

    fn after(&self) -> After {
        After::All
    }
}

/// Plans the writes that update companies. Their values were read before: a company may have many leads, and reading them
/// holds up no other command.
#[derive(Clone, Debug)]
pub struct PlanCrmCompanies {
    pub system: CrmSystem,
    /// The id of the account in the CRM.
    pub account: String,
    pub values: Vec<(String, Values)>,
    /// The lead whose change it is.
    pub lead: LeadId,
}

impl Command for PlanCrmCompanies {
    type Outcome = Vec<PlannedCrmWrite>;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<Vec<PlannedCrmWrite>, StoreError> {
        let sync = ledger.crm_sync(self.system)?.filter(|sync| sync.account() == self.account);
        let Some(sync) = sync else { return Ok(Vec::new()) };
        let lead = ledger.merged_into(self.lead)?;
        let mut writes = Vec::new();
        for (company, values) in &self.values {
            let mut known = known(ledger, self.system, &sync, company)?;
            let Some(write) = known.record.plan(values, &sync.companies) else { continue };
            ledger.save_crm_company(self.system, company, Some(&known))?;
            let values = write.changes.iter().map(|change| (change.property.clone(), change.value.clone())).collect();
            let key = CrmKey::Id(company.clone());
            let record = Box::new(CrmRecord { object: CrmObject::Company, key, may_create: false, values });
            writes.push(PlannedCrmWrite { lead, account: known.account, write, record });
        }
        Ok(writes)
    }

    fn after(&self) -> After {
        After::All
    }
}

/// Records the outcome of a write of a company.
#[derive(Clone, Debug)]
pub struct CompleteCrmCompany {
    pub system: CrmSystem,
    /// The id of the company.
    pub company: String,
    /// One of its leads.
    pub lead: LeadId,
    /// The id of the account in the CRM.
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

impl Command for CompleteCrmCompany {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        self.skips.note(ledger, self.system, &self.account)?;
        match &self.written {
            Some(CrmWritten::Done { .. }) => self.keep(ledger, &self.company, changes),
            Some(CrmWritten::Merged { into }) => {
                self.move_to(ledger, into)?;
                self.keep(ledger, into, changes)
            }
            Some(CrmWritten::Absent) => self.forget(ledger),
            Some(CrmWritten::Refused(Refusal::Unauthorized { words } | Refusal::Paused { words, .. })) => {
                note_problem(ledger, self.system, words, self.now)
            }
            Some(CrmWritten::Refused(Refusal::Retry { .. } | Refusal::Rejected { .. })) | None => Ok(()),
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl CompleteCrmCompany {
    fn keep(&self, ledger: &mut dyn Ledger, company: &str, changes: &mut Changes) -> Result<(), StoreError> {
        if let Some(mut known) = self.record(ledger, company)? {
            if !known.record.is_newest(&self.write) {
                // Another delivery has planned a write meanwhile, and may have arrived first.
                changes.happened(self.now, Happened::CompanyDue { system: self.system, lead: self.lead });
            }
            known.record.acknowledge(&self.write);
            ledger.save_crm_company(self.system, company, Some(&known))?;
        }
        let lead = ledger.merged_into(self.lead)?;
        // The lead was erased in the meantime: nothing is logged.
        if ledger.lead(lead)?.is_some() {
            let (cause, cause_at) = self.cause.clone();
            let (company, properties) = (Some(company.to_owned()), self.sent.clone());
            let logged = CrmLogged { at: self.now, cause, cause_at, company, properties };
            ledger.append_crm_write(self.system, self.id, lead, &logged)?;
        }
        let mut state = ledger.crm_state(self.system)?;
        (state.problem, state.last_success_at) = (None, Some(self.now));
        ledger.save_crm_state(self.system, &state)
    }

    /// The contacts belong to the company that this one was merged into. What it has is known of this write alone.
    fn move_to(&self, ledger: &mut dyn Ledger, into: &str) -> Result<(), StoreError> {
        let Some(mut known) = self.record(ledger, &self.company)? else { return Ok(()) };
        self.associate(ledger, Some(into))?;
        ledger.save_crm_company(self.system, &self.company, None)?;
        known.record.forget();
        ledger.save_crm_company(self.system, into, Some(&known))
    }

    /// The company was deleted: its contacts have none until the CRM is asked again.
    fn forget(&self, ledger: &mut dyn Ledger) -> Result<(), StoreError> {
        self.associate(ledger, None)?;
        ledger.save_crm_company(self.system, &self.company, None)
    }

    fn associate(&self, ledger: &mut dyn Ledger, company: Option<&str>) -> Result<(), StoreError> {
        for lead in ledger.leads_of_crm_company(self.system, &self.company)? {
            let Some(mut record) = ledger.crm_record(self.system, lead)? else { continue };
            if record.account == self.account {
                record.company = company.map(str::to_owned);
                ledger.save_crm_record(self.system, lead, &record)?;
            }
        }
        Ok(())
    }

    /// The record of a company if it is still of this account.
    fn record(&self, view: &dyn View, company: &str) -> Result<Option<CrmCompanyRecord>, StoreError> {
        Ok(view.crm_company(self.system, company)?.filter(|known| known.account == self.account))
    }
}
