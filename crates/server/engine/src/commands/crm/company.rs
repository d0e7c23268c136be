//! A write of the companies of some contacts: which company that is, the CRM itself says.

use super::company_state::values;
use super::lead::CrmLead;
use super::settings::note_problem;
use super::skips::CrmSkips;
use super::write::PlannedCrmWrite;
use crate::changes::Changes;
use crate::happened::Happened;
use crate::writer::{After, Command};
use knock_crm::{Leave, Record, Value, Write};
use knock_model::{Email, LeadId, Millis};
use knock_ports::{
    CrmCompanyRecord, CrmKey, CrmLogged, CrmObject, CrmRecord, CrmSync, CrmWritten, Ledger, Refusal, StoreError, View,
};
use knock_routing::CrmSystem;
use std::collections::{BTreeMap, BTreeSet};

/// The largest number of contacts of an account whose company is asked for: that of one request to a CRM.
const MOST: usize = 100;

/// The contacts of an account, before the CRM says to which companies they belong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrmContacts {
    /// The id of the account in the CRM.
    pub account: String,
    /// The leads with a contact who may be written, the last seen first.
    pub leads: Vec<(LeadId, Email)>,
    /// The companies of these contacts as last asked, and of those who are spam by now and count no more.
    pub companies: BTreeSet<String>,
}

/// Returns the contacts of a lead's account whose companies are to be written, or the reason for none.
///
/// # Errors
/// When the store fails.
pub fn crm_company_contacts(
    view: &dyn View,
    system: CrmSystem,
    lead: LeadId,
    now: Millis,
) -> Result<Result<CrmContacts, &'static str>, StoreError> {
    let sync = view.crm_sync(system)?.unwrap_or_default();
    if sync.companies.is_empty() {
        return Ok(Err("no field of companies is mapped"));
    }
    let Some(lead) = view.lead(view.merged_into(lead)?)? else { return Ok(Err("the lead is not there any more")) };
    let mut persons = match lead.account {
        Some(account) => view.everybody_of(account)?,
        None => vec![lead],
    };
    persons.sort_by_key(|person| (core::cmp::Reverse(person.last_seen_at), person.id));
    let mut contacts = CrmContacts { account: sync.account().to_owned(), ..CrmContacts::default() };
    let mut is_known = true;
    for person in persons {
        let record = view.crm_record(system, person.id)?.filter(|known| known.account == sync.account());
        let Some(record) = record.filter(|known| known.contact.is_some()) else { continue };
        let may_be_written = !person.is_spam && may_be_written(view, &sync, person.id, now)?;
        if person.is_spam || may_be_written {
            contacts.companies.extend(record.company.clone());
        }
        if let Some(email) = person.email.filter(|_| may_be_written && contacts.leads.len() < MOST) {
            is_known &= record.company.is_some();
            contacts.leads.push((person.id, email));
        }
    }
    if contacts.leads.is_empty() && contacts.companies.is_empty() {
        return Ok(Err("there is no contact of the company"));
    }
    if is_known && is_written(view, system, &sync, &contacts.companies, now)? {
        return Ok(Err("the CRM has all of it already"));
    }
    Ok(Ok(contacts))
}

fn may_be_written(view: &dyn View, sync: &CrmSync, lead: LeadId, now: Millis) -> Result<bool, StoreError> {
    let lead = CrmLead::load(view, sync, lead, now)?;
    Ok(lead.is_some_and(|lead| matches!(lead.leave, Leave::Yes { .. })))
}

/// Whether the CRM has the values of all these companies.
fn is_written(
    view: &dyn View,
    system: CrmSystem,
    sync: &CrmSync,
    companies: &BTreeSet<String>,
    now: Millis,
) -> Result<bool, StoreError> {
    for company in companies {
        if planned(view, system, sync, company, now)?.1.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The known state of a company with the write that updates it, if there is anything to write.
fn planned(
    view: &dyn View,
    system: CrmSystem,
    sync: &CrmSync,
    company: &str,
    now: Millis,
) -> Result<(CrmCompanyRecord, Option<Write>), StoreError> {
    let values = values(view, (system, sync), &contacts_of(view, system, sync, company)?, now)?;
    let mut known = known(view, system, sync, company)?;
    let write = known.record.plan(&values, &sync.companies);
    Ok((known, write))
}

/// Returns the write that would be made of the company of a lead; its id is none before the CRM was asked.
pub(super) fn trial(
    view: &dyn View,
    (system, sync): (CrmSystem, &CrmSync),
    (lead, company): (LeadId, Option<&str>),
    now: Millis,
) -> Result<Option<Write>, StoreError> {
    match company {
        Some(company) => Ok(planned(view, system, sync, company, now)?.1),
        None => Ok(Record::default().plan(&values(view, (system, sync), &[lead], now)?, &sync.companies)),
    }
}

/// The known state of a company in the current account, written with the current mapping.
fn known(view: &dyn View, system: CrmSystem, sync: &CrmSync, company: &str) -> Result<CrmCompanyRecord, StoreError> {
    let known = view.crm_company(system, company)?.filter(|known| known.account == sync.account());
    let new = || CrmCompanyRecord { account: sync.account().to_owned(), ..CrmCompanyRecord::default() };
    let mut known = known.unwrap_or_else(new);
    if known.epoch != sync.epoch {
        known.record.forget();
        known.epoch = sync.epoch;
    }
    Ok(known)
}

/// The leads whose contacts belong to a company of the current account.
fn contacts_of(view: &dyn View, system: CrmSystem, sync: &CrmSync, company: &str) -> Result<Vec<LeadId>, StoreError> {
    let mut contacts = Vec::new();
    for lead in view.leads_of_crm_company(system, company)? {
        let record = view.crm_record(system, lead)?;
        contacts.extend(record.filter(|record| record.account == sync.account()).map(|_| lead));
    }
    Ok(contacts)
}

/// Takes over to which companies some contacts belong, and plans the writes that update these companies and those that
/// they belonged to before.
#[derive(Clone, Debug)]
pub struct PlanCrmCompanies {
    pub system: CrmSystem,
    /// The id of the account in the CRM.
    pub account: String,
    /// The companies of the contacts; none of a contact without one.
    pub found: Vec<(LeadId, Option<String>)>,
    /// The lead whose change it is, and the companies that may have changed with it.
    pub lead: LeadId,
    pub companies: BTreeSet<String>,
    /// Whether the CRM is asked once more for contacts without a company.
    pub is_second: bool,
    pub now: Millis,
}

impl Command for PlanCrmCompanies {
    type Outcome = Vec<PlannedCrmWrite>;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<Vec<PlannedCrmWrite>, StoreError> {
        let sync = ledger.crm_sync(self.system)?.filter(|sync| sync.account() == self.account);
        let Some(sync) = sync else { return Ok(Vec::new()) };
        let of_lead = self.companies.iter().map(|company| (company.clone(), self.lead));
        let mut companies: BTreeMap<String, LeadId> = of_lead.collect();
        for (lead, company) in &self.found {
            let lead = ledger.merged_into(*lead)?;
            let Some(mut record) = ledger.crm_record(self.system, lead)? else { continue };
            companies.extend(record.company.iter().chain(company).map(|company| (company.clone(), lead)));
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
        let mut writes = Vec::new();
        for (company, lead) in companies {
            writes.extend(self.plan(ledger, &sync, &company, lead)?);
        }
        Ok(writes)
    }

    fn after(&self) -> After {
        After::All
    }
}

impl PlanCrmCompanies {
    fn plan(
        &self,
        ledger: &mut dyn Ledger,
        sync: &CrmSync,
        company: &str,
        lead: LeadId,
    ) -> Result<Option<PlannedCrmWrite>, StoreError> {
        let (known, write) = planned(ledger, self.system, sync, company, self.now)?;
        let Some(write) = write else { return Ok(None) };
        ledger.save_crm_company(self.system, company, Some(&known))?;
        let values = write.changes.iter().map(|change| (change.property.clone(), change.value.clone())).collect();
        let key = CrmKey::Id(company.to_owned());
        let record = Box::new(CrmRecord { object: CrmObject::Company, key, may_create: false, values });
        Ok(Some(PlannedCrmWrite { lead, account: known.account, write, record }))
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
