//! Whose a browser is at an instant, said as plainly as possible (`docs/domain.md`, Identity).

use knock_model::{Millis, SignalId};

/// Who may own a part of a browser's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// A person, by the place of their address.
    Person(usize),
    /// Somebody who was erased.
    Erased,
    /// From here on nobody, until somebody says who they are.
    Nobody,
}

/// Since when, by which signal, whose.
pub(super) type Claim = (Millis, SignalId, Whose);

/// The last claim by then decides. What lies before the first one is the first one's, and what was nobody's is the
/// next one's.
pub(super) fn owner(claims: &[Claim], at: Millis) -> Option<Whose> {
    let mut sorted = claims.to_vec();
    sorted.sort_by_key(|(since, cause, _)| (*since, *cause));
    let place = sorted.iter().rposition(|(since, ..)| *since <= at).unwrap_or(0);
    sorted.get(place..)?.iter().map(|(.., whose)| *whose).find(|whose| *whose != Whose::Nobody)
}
