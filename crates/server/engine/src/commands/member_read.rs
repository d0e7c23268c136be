//! The read position of a member in a conversation.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::{ConversationId, RepId};
use knock_ports::{Ledger, StoreError};

/// A member has read a conversation up to a message; what comes after it is unread, also when it was read before.
#[derive(Clone, Copy, Debug)]
pub struct ReadUpTo {
    /// The member.
    pub member: RepId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The number of the message, 0 for none; past the last one, it is the last one.
    pub seq: u64,
}

impl Command for ReadUpTo {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Vec<Notice>) -> Result<bool, StoreError> {
        if ledger.conversation(self.conversation)?.is_none() {
            return Ok(false);
        }
        let last = ledger.last_message(self.conversation)?.map_or(0, |message| message.seq);
        ledger.save_read(self.member, self.conversation, self.seq.min(last))?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
