//! What a commit changed, for those who watch.

use knock_model::{AccountId, ConversationId, LeadId};
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
    /// A chat's status or summary changed.
    Chat(LeadId),
    /// A conversation got messages.
    Message(ConversationId),
    /// A timer was set.
    Timer,
    /// A site changed.
    Site,
    /// A webhook or a delivery changed.
    Outbox,
    /// So many changes of another server that are not told one by one.
    Missed(u64),
    /// Other servers were not heard for a while: whatever there is may have changed.
    Unheard,
}
