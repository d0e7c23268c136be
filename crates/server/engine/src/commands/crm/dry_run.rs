//! The dry run: the writes that would be made now, without executing them.

use super::lead::CrmLead;
use super::write::known;
use knock_crm::{Leave, Write};
use knock_model::{LeadId, Millis};
use knock_ports::{CrmSync, LeadFilter, StoreError, View};
use knock_routing::CrmSystem;
use std::collections::BTreeMap;

/// A planned write for a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct CrmPlannedWrite {
    pub lead: LeadId,
    pub email: String,
    /// Whether a contact would be created where there is none.
    pub may_create: bool,
    pub write: Write,
}

/// The numbers of held leads, by reason.
pub type CrmHeldBack = BTreeMap<&'static str, u64>;

/// The writes for the most recently active leads, `limit` at most, as if CRM Sync were on; and whether there are more
/// leads.
///
/// # Errors
/// When the store fails.
pub fn crm_dry_run(
    view: &dyn View,
    system: CrmSystem,
    limit: u32,
    now: Millis,
) -> Result<(Vec<CrmPlannedWrite>, CrmHeldBack, bool), StoreError> {
    let sync = CrmSync { is_on: true, ..view.crm_sync(system)?.unwrap_or_default() };
    let (mut writes, mut held) = (Vec::new(), CrmHeldBack::new());
    let leads = view.leads(&LeadFilter::default(), None, limit)?;
    let is_cut = leads.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    for lead in leads {
        let Some(lead_now) = CrmLead::load(view, &sync, lead.id, now)? else { continue };
        match (lead_now.leave, lead_now.email) {
            (Leave::No(why), _) => *held.entry(why.as_str()).or_default() += 1,
            (Leave::Yes { may_create }, Some(email)) => {
                let mut known = known(view, system, &sync, lead.id)?;
                let write = known.record.plan(&lead_now.values, &sync.mapping);
                let trial = |write| CrmPlannedWrite { lead: lead.id, email: email.to_text(), may_create, write };
                writes.extend(write.map(trial));
            }
            (Leave::Yes { .. }, None) => {}
        }
    }
    Ok((writes, held, is_cut))
}
