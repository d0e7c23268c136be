//! The cards of a chat in Slack, brought up to date together.

use crate::changes::Changes;
use crate::effects::enqueue_slack;
use crate::writer::{After, Command};
use knock_model::{ConversationId, Destination, EffectKind, LeadId, Millis};
use knock_ports::{Ledger, SlackShow, StoreError};

/// The effect: the cards of a chat say what is so at delivery.
pub const SLACK_CARDS: EffectKind = EffectKind::new("slack.cards");

/// The time in which changes are shown together: a card is changed no more often.
const TOGETHER: Millis = Millis(2_000);

/// Has the cards of a chat brought up to date soon, unless they will be.
#[derive(Clone, Copy, Debug)]
pub struct UpdateSlackCards {
    pub conversation: ConversationId,
    pub lead: LeadId,
    pub now: Millis,
}

impl Command for UpdateSlackCards {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        // Neither the key of the lead, whose messages wait for no card, nor that of the later reminder.
        let mut ordering_key = *self.conversation.as_bytes();
        ordering_key.reverse();
        if ledger.has_waiting(Destination::SLACK, &ordering_key)? {
            return Ok(());
        }
        let (show, due) = (SlackShow { conversation: self.conversation }, self.now + TOGETHER);
        enqueue_slack(ledger, changes, (SLACK_CARDS, &show), Some(self.lead), (ordering_key, due, self.now))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
