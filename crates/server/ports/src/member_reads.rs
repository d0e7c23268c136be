//! Read positions of members.

use crate::StoreError;
use knock_model::{ConversationId, LeadId, RepId};

/// Writing how far members have read.
pub trait MemberReadsLedger {
    /// A member has read a conversation up to a message, and nothing after it.
    fn save_read(&mut self, member: RepId, conversation: ConversationId, seq: u64) -> Result<(), StoreError>;
}

/// Reading how far members have read.
pub trait MemberReadsView {
    /// How many messages of the lead a member has not read.
    fn unread(&self, member: RepId, conversation: ConversationId) -> Result<u32, StoreError>;

    /// How many messages the lead wrote.
    fn lead_messages(&self, conversation: ConversationId) -> Result<u32, StoreError>;

    /// How far somebody of the team has read each conversation of a lead.
    fn reads_of(&self, lead: LeadId) -> Result<Vec<(ConversationId, u64)>, StoreError>;
}
