//! The availability of a member for leads.

use super::{MemberChange, present};
use crate::absence::since;
use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use crate::happened::Happened;
use knock_model::{AuditAction, AvailabilityState, Millis, RepId};
use knock_ports::{Ledger, Member, StoreError};
use knock_wire::Availability;
use serde_json::json;

/// Changes the availability of a member; it applies from the next chat on, current chats stay with the
/// member, and leads that wait for the member are routed again.
#[derive(Clone, Debug)]
pub struct SetAvailability {
    pub member: RepId,
    pub availability: Availability,
    pub now: Millis,
}

impl Change for SetAvailability {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        let availability = self.availability.clone();
        changes.happened(self.now, Happened::TeamChanged);
        set(ledger, self.member, self.now, |_| availability)
    }
}

/// Sets a member active, or away without an end; their hours and capacity stay as they are.
#[derive(Clone, Copy, Debug)]
pub struct SetAvailabilityState {
    pub member: RepId,
    pub state: AvailabilityState,
    pub now: Millis,
}

impl Change for SetAvailabilityState {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        changes.happened(self.now, Happened::TeamChanged);
        set(ledger, self.member, self.now, |was| Availability { state: self.state, away_until: None, ..was })
    }
}

fn set(
    ledger: &mut dyn Ledger,
    member: RepId,
    now: Millis,
    change: impl FnOnce(Availability) -> Availability,
) -> Result<(MemberChange, Option<Note>), StoreError> {
    let Some(before) = present(ledger, member)? else { return Ok((MemberChange::Unknown, None)) };
    let was = before.availability.clone();
    let changed = change((*was).clone());
    let away_since = since(&was, changed.state, now);
    let member = Member { availability: Box::new(Availability { away_since, ..changed }), ..before };
    ledger.save_member(&member)?;
    let note = Note::new(AuditAction::AvailabilityChanged, of_member(&member));
    let note = (was != member.availability).then(|| note.changed(json!(was), json!(member.availability)));
    Ok((MemberChange::Done(member), note))
}
