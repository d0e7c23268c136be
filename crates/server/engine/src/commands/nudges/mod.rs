//! Nudges: what workflows say to leads in the page, and what became of it.
//!
//! A nudge is of a lead: any browser of theirs shows it, and what one of them does with it ends it for all.

mod follow;
mod note;

pub(super) use follow::follow;
pub use note::NoteNudge;

use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::workflow_runs::{reset_timer, show_nudges};
use knock_model::Millis;
use knock_ports::{Ledger, Nudge, StoreError};

/// Stores what became of a nudge.
fn keep(
    ledger: &mut dyn Ledger,
    before: &Nudge,
    after: &Nudge,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if before == after {
        return Ok(());
    }
    ledger.save_nudge(after)?;
    if before.shown_at.is_none() {
        // It does not expire any more.
        reset_timer(ledger, after.lead)?;
        changes.happened(now, Happened::NudgeShown { lead: after.lead, nudge: after.id });
    }
    if !after.is_open(now) {
        show_nudges(ledger, after.lead, changes)?;
    }
    changes.push(Notice::Lead(after.lead));
    Ok(())
}
