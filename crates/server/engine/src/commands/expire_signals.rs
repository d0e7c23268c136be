//! Retention: drops signals older than the horizon and carries their evidence over in the same transaction, so that no
//! derived value changes (`docs/domain.md`, Retention).

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_identity::Claim;
use knock_model::{Millis, SiteId, VisitorId};
use knock_ports::{Arrival, CarryOver, ExpiredSignal, Ledger, StoreError};
use std::collections::BTreeMap;

/// Batches per command; other commands run in between.
const PIECE: u32 = 100;

/// Expires one piece of the signals.
#[derive(Clone, Copy, Debug)]
pub struct ExpireSignals {
    /// Signals received before this instant expire, by whole sessions.
    pub before: Millis,
    /// The position at which to continue; none at the start.
    pub past: Option<Arrival>,
}

/// The result of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expired {
    /// The number of dropped signals.
    pub dropped: u64,
    /// The position at which to continue; none at the end.
    pub next: Option<Arrival>,
}

impl Command for ExpireSignals {
    type Outcome = Expired;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<Expired, StoreError> {
        let arrivals = ledger.arrivals_after(self.past, self.before, PIECE)?;
        if !arrivals.is_empty() {
            ledger.move_horizon(self.before)?;
        }
        let browsers: BTreeMap<_, _> = arrivals.iter().map(|it| ((it.site.0, it.visitor), it.site)).collect();
        let mut dropped = 0;
        for ((_, visitor), site) in browsers {
            dropped += expire_signals(ledger, site, visitor, self.before)?;
        }
        Ok(Expired { dropped, next: arrivals.last().copied() })
    }

    fn after(&self) -> After {
        After::All
    }
}

fn expire_signals(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    before: Millis,
) -> Result<u64, StoreError> {
    let expired = ledger.expired(site, visitor, before)?;
    if expired.is_empty() {
        return Ok(0);
    }
    let claims = ledger.claims(visitor)?;
    let known = ledger.carried(site, visitor, Millis(0), Millis(i64::MAX))?;
    let mut carried: BTreeMap<Millis, CarryOver> = known.into_iter().map(|known| (known.from_at, known)).collect();
    for signal in expired {
        keep_name(ledger, site, visitor, &claims, &signal)?;
        let from_at = follows(&claims, signal.weighed.at);
        carried.entry(from_at).or_insert_with(|| CarryOver::new(site, visitor, from_at)).take(signal);
    }
    for carried in carried.values() {
        ledger.save_carry_over(carried)?;
    }
    ledger.drop_outlived(site, visitor, before)
}

/// Returns the instant of the last claim until an instant. Spans of a browser begin at claims only, whichever person
/// owns them, also after persons are merged.
fn follows(claims: &[Claim], at: Millis) -> Millis {
    let after = claims.partition_point(|claim| claim.at <= at);
    after.checked_sub(1).map_or(Millis(0), |last| claims[last].at)
}

fn keep_name(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    claims: &[Claim],
    signal: &ExpiredSignal,
) -> Result<(), StoreError> {
    let cause = signal.weighed.id;
    let is_kept = !signal.person.is_empty() && claims.iter().any(|claim| claim.cause == cause);
    if is_kept { ledger.keep_name(site, visitor, cause, &signal.person) } else { Ok(()) }
}
