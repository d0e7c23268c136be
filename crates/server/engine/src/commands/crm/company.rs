//! Companies of contacts: which contacts and companies a change is about, and the values of these. Which company a contact
//! belongs to, the CRM itself says.

use super::company_state::values;
use super::lead::CrmLead;
use knock_crm::{Leave, Record, Values, Write};
use knock_model::{Email, LeadId, Millis};
use knock_ports::{CrmCompanyRecord, CrmSync, StoreError, View};
use knock_routing::CrmSystem;
use std::collections::BTreeSet;

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
pub(super) fn known(
    view: &dyn View,
    system: CrmSystem,
    sync: &CrmSync,
    company: &str,
) -> Result<CrmCompanyRecord, StoreError> {
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

/// Returns the values of companies of an account in a CRM.
///
/// # Errors
/// When the store fails.
pub fn crm_company_values(
    view: &dyn View,
    system: CrmSystem,
    companies: &BTreeSet<String>,
    now: Millis,
) -> Result<Vec<(String, Values)>, StoreError> {
    let sync = view.crm_sync(system)?.unwrap_or_default();
    let of = |company: &String| {
        let contacts = contacts_of(view, system, &sync, company)?;
        Ok((company.clone(), values(view, (system, &sync), &contacts, now)?))
    };
    companies.iter().map(of).collect()
}
