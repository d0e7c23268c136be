//! Letting signals go that were kept for long enough: what they say is carried over in the same transaction, so that
//! nothing derived changes (`docs/domain.md`, Retention).

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_identity::Claim;
use knock_model::{Millis, SiteId, VisitorId};
use knock_ports::{Arrival, CarryOver, Ledger, Outlived, StoreError};
use std::collections::BTreeMap;

/// Batches looked at in one piece: others write in between.
const PIECE: u32 = 100;

/// One piece of letting go.
#[derive(Clone, Copy, Debug)]
pub struct LetGo {
    /// Signals that arrived before this instant go, with whole visits.
    pub before: Millis,
    /// Where to go on; none at the beginning.
    pub past: Option<Arrival>,
}

/// What a piece did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetGoSoFar {
    /// Signals that are gone.
    pub dropped: u64,
    /// Where to go on; none at the end.
    pub next: Option<Arrival>,
}

impl Command for LetGo {
    type Outcome = LetGoSoFar;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<LetGoSoFar, StoreError> {
        let arrivals = ledger.arrivals_past(self.past, self.before, PIECE)?;
        if !arrivals.is_empty() {
            ledger.move_horizon(self.before)?;
        }
        let browsers: BTreeMap<_, _> = arrivals.iter().map(|it| ((it.site.0, it.visitor), it.site)).collect();
        let mut dropped = 0;
        for ((_, visitor), site) in browsers {
            dropped += let_go(ledger, site, visitor, self.before)?;
        }
        Ok(LetGoSoFar { dropped, next: arrivals.last().copied() })
    }

    fn after(&self) -> After {
        After::All
    }
}

fn let_go(ledger: &mut dyn Ledger, site: SiteId, visitor: VisitorId, before: Millis) -> Result<u64, StoreError> {
    let outlived = ledger.outlived(site, visitor, before)?;
    if outlived.is_empty() {
        return Ok(0);
    }
    let claims = ledger.claims(visitor)?;
    let known = ledger.carried(site, visitor, Millis(0), Millis(i64::MAX))?;
    let mut carried: BTreeMap<Millis, CarryOver> = known.into_iter().map(|known| (known.from_at, known)).collect();
    for signal in outlived {
        keep_name(ledger, site, visitor, &claims, &signal)?;
        let from_at = follows(&claims, signal.weighed.at);
        carried.entry(from_at).or_insert_with(|| CarryOver::new(site, visitor, from_at)).take(signal);
    }
    for carried in carried.values() {
        ledger.save_carry_over(carried)?;
    }
    ledger.drop_outlived(site, visitor, before)
}

/// The claim that an instant follows. Whoever it belongs to, now or after persons turned out to be one, parts of a
/// browser's life begin at claims only.
fn follows(claims: &[Claim], at: Millis) -> Millis {
    let after = claims.partition_point(|claim| claim.at <= at);
    after.checked_sub(1).map_or(Millis(0), |last| claims[last].at)
}

fn keep_name(
    ledger: &mut dyn Ledger,
    site: SiteId,
    visitor: VisitorId,
    claims: &[Claim],
    signal: &Outlived,
) -> Result<(), StoreError> {
    let cause = signal.weighed.id;
    let is_kept = !signal.person.is_empty() && claims.iter().any(|claim| claim.cause == cause);
    if is_kept { ledger.keep_name(site, visitor, cause, &signal.person) } else { Ok(()) }
}
