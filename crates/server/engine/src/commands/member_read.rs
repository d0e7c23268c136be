//! The read position of a member in a conversation.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{ConversationId, RepId};
use knock_ports::{Ledger, StoreError};

/// Sets the read position of a member in a conversation; later messages are unread, also those read before. Mentions of
/// the member in conversations of this lead are seen then.
#[derive(Clone, Copy, Debug)]
pub struct ReadUpTo {
    pub member: RepId,
    pub conversation: ConversationId,
    /// The number of the last read message, 0 for none; limited to that of the last message.
    pub seq: u64,
}

impl Command for ReadUpTo {
    /// Whether there is such a conversation.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        let Some(of) = ledger.conversation(self.conversation)? else { return Ok(false) };
        ledger.see_mentions(of.lead, self.member)?;
        let last = ledger.last_message(self.conversation)?.map_or(0, |message| message.seq);
        ledger.save_read(self.member, self.conversation, self.seq.min(last))?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
