//! Claims of due deliveries.

use crate::changes::Changes;
use crate::commands::mail_budget as budget;
use crate::writer::{After, Command};
use knock_model::{Destination, Millis};
use knock_ports::{ATTEMPT_TIMEOUT, Delivery, DueSummary, Endpoint, Ledger, OutboxEntry, StoreError};

/// The maximum number of attempts at one destination at once, of all servers together: a slow one delays no other.
pub(crate) const AT_ONCE: usize = 2;
/// The lifetime of a claim: after that, its server counts as dead, and another one tries.
pub(crate) const CLAIM: Millis = Millis(6 * ATTEMPT_TIMEOUT.0);
/// The time for which ended deliveries are kept, delivered or parked.
pub const KEPT_DELIVERIES: Millis = Millis::days(30);
/// The maximum number of old deliveries dropped at once.
const DROPPED: usize = 200;
/// The maximum number of mails beyond the budgets of their mailboxes put back at once.
const DEFERRED: usize = 200;
/// Longer than any wait: a later instant was set by a clock that has been set back since.
pub(crate) const LONGEST: Millis = Millis::days(1);

/// Claims deliveries that are due. Commands run one after the other, on PostgreSQL those of all servers, so no two claim
/// the same delivery.
#[derive(Clone, Debug)]
pub struct ClaimDeliveries {
    pub now: Millis,
    pub limit: usize,
    /// The attempts that this server still makes, each by the number of its delivery and of the attempt. Their claims
    /// are renewed: the clock may have been set forward, and a second attempt would deliver twice.
    pub running: Vec<(i64, u32)>,
}

impl Command for ClaimDeliveries {
    type Outcome = Vec<Delivery>;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<Self::Outcome, StoreError> {
        ledger.drop_ended(self.now - KEPT_DELIVERIES, DROPPED)?;
        let mut claimed = Vec::new();
        for Endpoint { destination, settings, is_active, .. } in ledger.endpoints(None)? {
            if !is_active {
                continue;
            }
            let mut summary = ledger.due_summary(destination)?;
            let has_ended = |summary: &DueSummary| summary.next_claim_end.is_some_and(|end| is_due(end, self.now));
            if !self.running.is_empty() && has_ended(&summary) {
                ledger.renew_claims(&self.running, self.now + CLAIM)?;
                summary = ledger.due_summary(destination)?;
            }
            // A delivery whose claim has ended makes room for itself.
            let has_ended = has_ended(&summary);
            let free = AT_ONCE.saturating_sub(summary.under_way).max(usize::from(has_ended));
            let free = free.min(self.limit - claimed.len());
            if free > 0 {
                let due = claim(ledger, destination, self.now, free)?;
                claimed.extend(due.into_iter().map(|entry| Delivery { entry, settings: settings.clone() }));
            }
        }
        Ok(claimed)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Claims due deliveries; mails beyond the budget of their mailbox are put back, and others take their place.
fn claim(ledger: &mut dyn Ledger, to: Destination, now: Millis, free: usize) -> Result<Vec<OutboxEntry>, StoreError> {
    let (mut claimed, mut deferred) = (Vec::new(), 0);
    while claimed.len() < free && deferred < DEFERRED {
        let due = ledger.claim(to, now, now + CLAIM, LONGEST, free - claimed.len())?;
        if due.is_empty() {
            break;
        }
        for entry in due {
            match if to == Destination::MAIL { budget::take(ledger, &entry, now)? } else { None } {
                Some(until) => {
                    ledger.put_back(entry.number, entry.attempts, until.min(now + LONGEST), budget::WHY)?;
                    deferred += 1;
                }
                None => claimed.push(entry),
            }
        }
    }
    Ok(claimed)
}

/// Whether an instant is due; one too far ahead comes from a wrong clock and counts as due.
pub(crate) fn is_due(at: Millis, now: Millis) -> bool {
    at <= now || at > now + LONGEST
}
