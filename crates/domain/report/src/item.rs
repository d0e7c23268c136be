//! What a figure counts one of.

use knock_model::{LeadId, Millis, RepId};

/// What a figure counts one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The lead; none for visitors.
    pub lead: Option<LeadId>,
    /// The instant at which it counts.
    pub at: Millis,
    /// How many it stands for: 1, and for visitors of a quarter of an hour their number.
    pub weight: u64,
    /// How long it took, in the chosen calendar; none where it has no duration, or none yet.
    pub value: Option<Millis>,
    /// Whether the condition of a share holds; for other figures always.
    pub is_hit: bool,
    /// The rep whom it concerns.
    pub rep: Option<RepId>,
}
