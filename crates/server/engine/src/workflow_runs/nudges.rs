//! Nudges that are withdrawn before a page shows them (`not_shown`), and the pages that read them again.

use super::timer::{next_expiry, reset_timer};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{LeadId, Millis, VisitorId};
use knock_ports::{Ledger, Nudge, StoreError};
use std::collections::BTreeSet;

/// Withdraws all nudges of a lead that no page has shown yet: the lead has written.
pub(crate) fn withdraw_nudges_of(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let ends_timer = next_expiry(ledger, lead)?.is_some();
    withdraw_nudges(ledger, lead, |_| true, now, changes)?;
    if ends_timer { reset_timer(ledger, lead) } else { Ok(()) }
}

/// Withdraws the nudges of a lead that no page has shown in time; returns the instant at which the next one expires.
pub(crate) fn expire_nudges(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<Option<Millis>, StoreError> {
    withdraw_nudges(ledger, lead, |nudge| nudge.shown_at.is_none() && nudge.expires_at <= now, now, changes)?;
    next_expiry(ledger, lead)
}

/// Withdraws nudges of a lead that no page has shown yet. Pages that show one read it again.
pub(crate) fn withdraw_nudges(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    is_one: impl Fn(&Nudge) -> bool,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let open: Vec<Nudge> = ledger.open_nudges(lead)?.into_iter().filter(is_one).collect();
    for nudge in open.iter().filter(|nudge| nudge.shown_at.is_none()) {
        ledger.save_nudge(&Nudge { withdrawn_at: Some(now.min(nudge.expires_at)), ..nudge.clone() })?;
    }
    if open.is_empty() { Ok(()) } else { show_nudges(ledger, lead, changes) }
}

/// Lets the open pages of a lead read their nudges again.
pub(crate) fn show_nudges(ledger: &dyn Ledger, lead: LeadId, changes: &mut Changes) -> Result<(), StoreError> {
    let spans = ledger.spans_of_lead(lead)?;
    let browsers: BTreeSet<VisitorId> = spans.into_iter().map(|(span, _)| span.visitor).collect();
    changes.extend(browsers.into_iter().map(Notice::Invitation));
    Ok(())
}
