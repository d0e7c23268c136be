//! What a commit changed, for those who watch.

use knock_model::{AccountId, LeadId};
use knock_ports::StoredSignal;

/// Something changed and is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A signal was stored.
    Signal(Box<StoredSignal>),
    /// A person changed.
    Lead(LeadId),
    /// A company changed.
    Account(AccountId),
    /// A timer was set.
    Timer,
    /// A site changed.
    Site,
}
