//! The owner in the CRM, as a rule wants them treated (RR-26, RR-32).

use super::draft::Draft;
use crate::decision::{Note, OwnerTrouble};
use crate::lead::LeadFields;
use crate::rule::CrmAware;
use crate::team::{Owner, Rep, RepState, Team, owner};

/// The treatment of the CRM owner by a rule.
#[derive(Default)]
pub(super) struct Treated<'a> {
    /// Gets the lead.
    pub(super) gets: Option<&'a Rep>,
    pub(super) notified: Option<&'a Rep>,
}

/// The owner of a lead under a rule. It is noted why one whom the rule would give it to does not get it, and that one
/// whom it would notify has left.
pub(super) fn treated<'a>(
    draft: &mut Draft<'_>,
    lead: &LeadFields,
    team: &'a Team,
    needs_calendar: bool,
) -> Treated<'a> {
    let owner = match draft.rule.crm_aware {
        CrmAware::Off => return Treated::default(),
        CrmAware::Notify => {
            let owner = owner(lead, team);
            if owner.has_left() {
                draft.note(Note::Owner(OwnerTrouble::Inactive));
            }
            return Treated { gets: None, notified: owner.reachable() };
        }
        CrmAware::Assign => owner(lead, team),
    };
    let gets = able(owner, needs_calendar).map_err(|trouble| draft.note(Note::Owner(trouble))).ok();
    Treated { gets, notified: owner.reachable() }
}

/// The owner, if the lead can be given to them.
fn able(owner: Owner<'_>, needs_calendar: bool) -> Result<&Rep, OwnerTrouble> {
    match owner {
        Owner::Unknown => Err(OwnerTrouble::Unknown),
        Owner::Unmapped => Err(OwnerTrouble::Unmapped),
        Owner::Former => Err(OwnerTrouble::Inactive),
        Owner::Rep(rep) => match rep.state {
            RepState::Removed => Err(OwnerTrouble::Inactive),
            RepState::Away => Err(OwnerTrouble::Away),
            RepState::OffHours if !needs_calendar => Err(OwnerTrouble::OffHours),
            RepState::Active | RepState::OffHours if needs_calendar && !rep.has_calendar => {
                Err(OwnerTrouble::NoCalendar)
            }
            RepState::Active | RepState::OffHours => Ok(rep),
        },
    }
}
