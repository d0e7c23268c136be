//! The dry run: the writes that would be made now, without executing them.

use super::company::trial;
use super::lead::CrmLead;
use super::write::known;
use knock_crm::{Leave, Write};
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{CrmSync, LeadFilter, StoreError, View};
use knock_routing::CrmSystem;
use std::collections::{BTreeMap, BTreeSet};

/// A planned write for a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmPlannedWrite {
    pub lead: LeadId,
    pub email: String,
    /// Whether a contact would be created where there is none.
    pub may_create: bool,
    pub write: Write,
}

/// A planned write for the company of some leads.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmPlannedCompany {
    pub account: AccountId,
    pub domain: String,
    pub write: Write,
}

/// The writes that would be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CrmDryRun {
    pub leads: Vec<CrmPlannedWrite>,
    /// The companies of these leads, if the CRM has a company of their contacts.
    pub companies: Vec<CrmPlannedCompany>,
    pub held: CrmHeldBack,
    /// Whether there are more leads.
    pub is_cut: bool,
}

/// The numbers of held leads, by reason.
pub type CrmHeldBack = BTreeMap<&'static str, u64>;

/// The writes for the most recently active leads, `limit` at most, as if CRM Sync were on.
///
/// # Errors
/// When the store fails.
pub fn crm_dry_run(view: &dyn View, system: CrmSystem, limit: u32, now: Millis) -> Result<CrmDryRun, StoreError> {
    let sync = CrmSync { is_on: true, ..view.crm_sync(system)?.unwrap_or_default() };
    let mut run = CrmDryRun::default();
    let leads = view.leads(&LeadFilter::default(), None, limit)?;
    run.is_cut = leads.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let mut accounts = BTreeSet::new();
    for lead in leads {
        let Some(lead_now) = CrmLead::load(view, &sync, lead.id, now)? else { continue };
        match (lead_now.leave, lead_now.email) {
            (Leave::No(why), _) => *run.held.entry(why.as_str()).or_default() += 1,
            (Leave::Yes { may_create }, Some(email)) => {
                let mut known = known(view, system, &sync, lead.id)?;
                let write = known.record.plan(&lead_now.values, &sync.mapping);
                let trial = |write| CrmPlannedWrite { lead: lead.id, email: email.to_text(), may_create, write };
                run.leads.extend(write.map(trial));
                if let Some(account) = lead.account.filter(|account| accounts.insert(*account)) {
                    run.companies.extend(company(view, (system, &sync), (account, lead.id, known.company), now)?);
                }
            }
            (Leave::Yes { .. }, None) => {}
        }
    }
    Ok(run)
}

fn company(
    view: &dyn View,
    (system, sync): (CrmSystem, &CrmSync),
    (account, lead, company): (AccountId, LeadId, Option<String>),
    now: Millis,
) -> Result<Option<CrmPlannedCompany>, StoreError> {
    let Some(write) = trial(view, (system, sync), (lead, company.as_deref()), now)? else { return Ok(None) };
    let domain = view.account(account)?.map(|account| account.domain).unwrap_or_default();
    Ok(Some(CrmPlannedCompany { account, domain, write }))
}
