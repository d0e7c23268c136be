//! The levels of routing rules.

/// The three levels of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Takes the leads whose link has no rule.
    Default,
    /// Used by links.
    PerLink,
    /// Not used by a link yet.
    Custom,
}

impl Level {
    /// All levels, the one that always exists first.
    pub(crate) const ALL: [Level; 3] = [Level::Default, Level::Custom, Level::PerLink];
}
