//! How many leads the segments of a draft match.

use knock_wire::RuleMatches;

use crate::api::Failure;

/// The state of counting the leads of each segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Counting {
    /// Requested; the last counts are shown until the response.
    Asked(Option<RuleMatches>),
    /// Counted.
    Known(RuleMatches),
    /// Inputs are missing.
    Incomplete,
    Failed(Failure),
}

impl Counting {
    /// The last count.
    pub(crate) const fn shown(&self) -> Option<&RuleMatches> {
        match self {
            Counting::Known(matches) | Counting::Asked(Some(matches)) => Some(matches),
            Counting::Asked(None) | Counting::Incomplete | Counting::Failed(_) => None,
        }
    }
}
