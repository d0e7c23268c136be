//! Readings without a result.

use thiserror::Error;

/// The reason for which a reader has no reply, in words for the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Lost {
    /// All places stayed taken.
    #[error("Others are being read; try again in a minute")]
    Busy,
    /// The system starts no process.
    #[error("It cannot be read at the moment")]
    NotStarted,
    /// Somebody stopped the reader.
    #[error("Reading it was interrupted")]
    Interrupted,
    /// The deadline or the processor time is over.
    #[error("Reading it took too long")]
    Slow,
    /// The memory or the stack is used up.
    #[error("Reading it takes too much memory: it is damaged or too large")]
    Exhausted,
    /// The reader panicked, or its reply is none.
    #[error("It is damaged or of a kind that cannot be read")]
    Broken,
}

impl Lost {
    pub(crate) const ALL: [Lost; 6] =
        [Lost::Busy, Lost::NotStarted, Lost::Interrupted, Lost::Slow, Lost::Exhausted, Lost::Broken];

    /// Whether the same may be read later.
    pub const fn is_temporary(self) -> bool {
        match self {
            Lost::Busy | Lost::NotStarted | Lost::Interrupted => true,
            Lost::Slow | Lost::Exhausted | Lost::Broken => false,
        }
    }

    /// Its name in metrics.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Lost::Busy => "busy",
            Lost::NotStarted => "not_started",
            Lost::Interrupted => "interrupted",
            Lost::Slow => "slow",
            Lost::Exhausted => "exhausted",
            Lost::Broken => "broken",
        }
    }
}

/// The reason for which something was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotRead<E> {
    /// Its content is at fault.
    #[error("{0}")]
    Refused(E),
    /// Its reader had no reply.
    #[error("{0}")]
    Lost(#[from] Lost),
}
