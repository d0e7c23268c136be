//! Taking out of the outbox what is due.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{ATTEMPT, Delivery, Ledger, StoreError, Webhook};

/// Attempts at one address at once, of all servers together: a slow one holds up nobody else.
pub(crate) const AT_ONCE: usize = 2;
/// How long whoever claimed a delivery may take: past that it died, and somebody else tries.
const CLAIM: Millis = Millis(6 * ATTEMPT.0);
/// How long those that arrived are kept to be looked at, and those that were given up.
const KEEP: Millis = Millis::days(30);
/// Old ones dropped at once.
const DROPPED: usize = 200;
/// Nothing is put off for as long: what seems to be, was put off by a clock that has been set back since.
pub(crate) const LONGEST: Millis = Millis::days(1);

/// Claims deliveries that are due. Commands run one after the other, on PostgreSQL those of all servers: nobody else
/// claims the same.
#[derive(Clone, Copy, Debug)]
pub struct ClaimDeliveries {
    /// The instant now.
    pub now: Millis,
    /// How many at most.
    pub limit: usize,
}

impl Command for ClaimDeliveries {
    type Outcome = Vec<(Webhook, Delivery)>;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<Self::Outcome, StoreError> {
        ledger.drop_settled(self.now - KEEP, DROPPED)?;
        let mut claimed = Vec::new();
        for webhook in ledger.destinations()? {
            let free = self.free(ledger, &webhook)?.min(self.limit - claimed.len());
            if free == 0 {
                continue;
            }
            let due = ledger.claim(webhook.id, self.now, self.now + CLAIM, LONGEST, free)?;
            claimed.extend(due.into_iter().map(|delivery| (webhook.clone(), delivery)));
        }
        Ok(claimed)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl ClaimDeliveries {
    /// How many more attempts an address may have; one whose claim has ended makes place for itself.
    fn free(&self, ledger: &mut dyn Ledger, webhook: &Webhook) -> Result<usize, StoreError> {
        if !webhook.is_active {
            return Ok(0);
        }
        let outlook = ledger.outlook(webhook.id)?;
        let has_ended = outlook.next_claim_end.is_some_and(|end| is_due(end, self.now));
        Ok(AT_ONCE.saturating_sub(outlook.under_way).max(usize::from(has_ended)))
    }
}

/// Whether the time has come; an instant too far away was set by a clock that was wrong.
pub(crate) fn is_due(at: Millis, now: Millis) -> bool {
    at <= now || at > now + LONGEST
}
