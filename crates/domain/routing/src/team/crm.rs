//! The owner of a lead in the CRM (RO-05, RO-07).

use super::{Rep, RepState, Team};
use crate::lead::{LeadFields, NamedOwner};

/// The owner according to the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner<'a> {
    /// No CRM names one.
    Unknown,
    /// A CRM names an owner without a rep here.
    Unmapped,
    /// A CRM names one who is no owner there any more.
    Former,
    Rep(&'a Rep),
}

impl<'a> Owner<'a> {
    /// The owner, if they can be notified: also while away, not once removed.
    pub(crate) fn reachable(self) -> Option<&'a Rep> {
        match self {
            Owner::Rep(rep) if rep.state != RepState::Removed => Some(rep),
            Owner::Rep(_) | Owner::Unknown | Owner::Unmapped | Owner::Former => None,
        }
    }

    /// Whether they left: the CRM, or the team here.
    pub(crate) fn has_left(self) -> bool {
        match self {
            Owner::Former => true,
            Owner::Rep(rep) => rep.state == RepState::Removed,
            Owner::Unknown | Owner::Unmapped => false,
        }
    }
}

/// The owner by the first CRM that names one, even if that owner is no rep here.
pub(crate) fn owner<'a>(lead: &LeadFields, team: &'a Team) -> Owner<'a> {
    let (system, name) = match lead.named_owner() {
        None => return Owner::Unknown,
        Some(NamedOwner::Former) => return Owner::Former,
        Some(NamedOwner::Present(system, name)) => (system, name),
    };
    let by_id = team.reps.iter().find(|rep| rep.crm_ids.get(&system).is_some_and(|id| id == name));
    let is_address = |rep: &&Rep| rep.email.as_ref().is_some_and(|email| email.trim().eq_ignore_ascii_case(name));
    by_id.or_else(|| team.reps.iter().find(is_address)).map_or(Owner::Unmapped, Owner::Rep)
}
