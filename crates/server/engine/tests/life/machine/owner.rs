//! The person of a browser at an instant, in the simplest possible form (`docs/domain.md`, Identity).

use knock_model::{Millis, SignalId};

/// The possible owner of a part of a browser's activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// A person, by the index of their address.
    Person(usize),
    Erased,
    /// Unclaimed from here on, until a visitor identifies themselves.
    Unclaimed,
}

/// The instant, the signal and the person of a claim.
pub(super) type Claim = (Millis, SignalId, Whose);

/// Returns the owner by the last claim before the instant. The time before the first claim belongs to the first one,
/// and unclaimed time to the next one.
pub(super) fn owner(claims: &[Claim], at: Millis) -> Option<Whose> {
    let mut sorted = claims.to_vec();
    sorted.sort_by_key(|(since, cause, _)| (*since, *cause));
    let place = sorted.iter().rposition(|(since, ..)| *since <= at).unwrap_or(0);
    sorted.get(place..)?.iter().map(|(.., whose)| *whose).find(|whose| *whose != Whose::Unclaimed)
}
