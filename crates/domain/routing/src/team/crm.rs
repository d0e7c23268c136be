//! The owner of a lead in the CRM (RO-05, RO-07).

use super::{Rep, RepState, Team};
use crate::lead::LeadFields;

/// The owner according to the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner<'a> {
    /// No CRM names one.
    Unknown,
    /// A CRM names an owner without a rep here.
    Unmapped,
    Rep(&'a Rep),
}

impl<'a> Owner<'a> {
    /// The owner, if they can be notified: also while away, not once removed.
    pub(crate) fn reachable(self) -> Option<&'a Rep> {
        match self {
            Owner::Rep(rep) if rep.state != RepState::Removed => Some(rep),
            Owner::Rep(_) | Owner::Unknown | Owner::Unmapped => None,
        }
    }
}

/// The owner by the first CRM that names one, even if that owner is no rep here.
pub(crate) fn owner<'a>(lead: &LeadFields, team: &'a Team) -> Owner<'a> {
    let Some((system, name)) = lead.crm_owner() else { return Owner::Unknown };
    let by_id = team.reps.iter().find(|rep| rep.crm_ids.get(&system).is_some_and(|id| id == name));
    let is_address = |rep: &&Rep| rep.email.as_ref().is_some_and(|email| email.trim().eq_ignore_ascii_case(name));
    by_id.or_else(|| team.reps.iter().find(is_address)).map_or(Owner::Unmapped, Owner::Rep)
}
