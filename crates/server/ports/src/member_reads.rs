//! Read positions of members.

use crate::StoreError;
use knock_model::{ConversationId, LeadId, RepId};

/// Writing read positions of members.
pub trait MemberReadsLedger {
    /// Stores that a member has read a conversation up to a message, and not further.
    fn save_read(&mut self, member: RepId, conversation: ConversationId, seq: u64) -> Result<(), StoreError>;

    /// Stores that the team has answered a conversation by a message: what was written up to it is new to no member.
    fn save_answered(&mut self, conversation: ConversationId, seq: u64) -> Result<(), StoreError>;
}

/// Reading read positions of members.
pub trait MemberReadsView {
    /// The number of messages of the lead that a member has not read.
    fn unread(&self, member: RepId, conversation: ConversationId) -> Result<u32, StoreError>;

    /// The number of messages of the lead.
    fn lead_messages(&self, conversation: ConversationId) -> Result<u32, StoreError>;

    /// The furthest reading position of the team in each conversation of a lead.
    fn reads_of(&self, lead: LeadId) -> Result<Vec<(ConversationId, u64)>, StoreError>;
}
