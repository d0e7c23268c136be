//! Leads that wait until somebody can take them: routed again once that may have changed (7.1).

use crate::changes::Changes;
use crate::happened::{Assigned, ChatSettled, Happened, Waited};
use crate::notice::Notice;
use knock_model::{Bucket, Millis};
use knock_ports::{Ledger, QueuedChat, StoreError, Subject, View, Wait};
use knock_status::chat::{ChatStatus, RepOwner, Urgency};

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let may_be_taken = match what {
        Happened::TeamChanged => true,
        Happened::Assigned(assigned) => matches!(**assigned, Assigned { previous: Some(RepOwner::Rep(_)), .. }),
        Happened::ChatSettled(settled) => has_ended(settled),
        Happened::Waited(waited) => is_answered(ledger, waited)?,
        _ => false,
    };
    if may_be_taken { route_again(ledger, now, changes) } else { Ok(()) }
}

/// Whether the chat of a rep is done, and counts no longer.
fn has_ended(settled: &ChatSettled) -> bool {
    let ChatSettled { previous, derived, .. } = settled;
    let status = derived.status.filter(|status| previous.status.as_deref() != Some(status.as_str()));
    let is_end =
        |status| matches!(status, ChatStatus::Qualified | ChatStatus::Rejected | ChatStatus::Closed | ChatStatus::Spam);
    derived.fields.standing_rep().is_some() && status.is_some_and(is_end)
}

/// Whether a chat waits no longer for a rep with a limit: when it is quiet is known from now on.
fn is_answered(view: &dyn View, waited: &Waited) -> Result<bool, StoreError> {
    let Waited { before: Some(Wait { rep: Some(rep), .. }), after: None, .. } = waited else { return Ok(false) };
    Ok(view.member(*rep)?.is_some_and(|member| member.availability.capacity.is_some()))
}

/// Lets the clock worker route all of them, the most urgent first.
fn route_again(ledger: &mut dyn Ledger, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let queued = ledger.queued_chats()?;
    if queued.is_empty() {
        return Ok(());
    }
    for QueuedChat { lead, waiting_since, bucket } in queued {
        let since = waiting_since.unwrap_or(now);
        let place = since - Urgency::head_start(bucket.unwrap_or(Bucket::Low));
        // Due timers fire in their order, so the lead who waits longest is routed first.
        ledger.set_timer(Subject::ChatStatus(lead), Some(place.min(now)))?;
    }
    changes.push(Notice::Timer);
    Ok(())
}
