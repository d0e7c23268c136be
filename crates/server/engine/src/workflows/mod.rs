//! What workflows do about what happened, after all other reactions and inside the same transaction.
//!
//! Their actions are commands again: what follows from these goes through all reactions, and fires no workflow (WF-T5).

mod act;
mod anonymous;
mod apply;
mod event;
mod fields;
mod group;
mod happened;
mod lead;
mod number;
mod signals;
mod watched;

pub use lead::WORKFLOW_SENT_KEPT;

use crate::changes::{Changes, Occurrence};
use crate::reactions;
use group::Groups;
use knock_ports::{Ledger, StoreError};

/// Reacts to all that happened in a command.
pub(crate) fn react(ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
    loop {
        reactions::run(ledger, changes)?;
        let reacted = changes.take_reacted();
        if reacted.is_empty() {
            return Ok(());
        }
        run(ledger, reacted, changes)?;
    }
}

/// Lets the workflows react, once for each lead: a command stores all that it changes before anything reacts to it.
fn run(ledger: &mut dyn Ledger, reacted: Vec<Occurrence>, changes: &mut Changes) -> Result<(), StoreError> {
    let index = changes.workflows(ledger)?;
    if index.is_empty() {
        return Ok(());
    }
    let mut groups = Groups::default();
    for Occurrence { now, origin, what } in reacted {
        if let Some(stored) = happened::note(&index, (now, origin), what, &mut groups) {
            anonymous::take(ledger, &index, stored, now, changes)?;
        }
    }
    groups.into_iter().try_for_each(|group| lead::take(ledger, &group, changes))
}
