//! Messages to one person in Slack, and the later reminder in the channel.

use crate::changes::Changes;
use crate::effects::enqueue_slack;
use crate::writer::{After, Command};
use knock_model::{ConversationId, EffectKind, LeadId, Millis};
use knock_ports::{Ledger, SlackShow, SlackTell, StoreError};

/// The effect: a reminder in the channel that a lead still waits.
pub const SLACK_NUDGE: EffectKind = EffectKind::new("slack.nudge");

/// Shows a message to one person only.
#[derive(Clone, Debug)]
pub struct TellInSlack {
    /// The message and its recipient.
    pub tell: SlackTell,
    pub now: Millis,
}

impl Command for TellInSlack {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        tell(ledger, changes, self.tell.clone(), self.now)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Puts the message into the outbox.
pub(super) fn tell(
    ledger: &mut dyn Ledger,
    changes: &mut Changes,
    tell: SlackTell,
    now: Millis,
) -> Result<(), StoreError> {
    // A retried message delays nothing else.
    let mut ordering_key = [0xff; 16];
    ordering_key.iter_mut().zip(tell.user.bytes().rev()).for_each(|(byte, other)| *byte = other);
    enqueue_slack(ledger, changes, (SlackTell::KIND, &tell), None, (ordering_key, now, now))
}

/// Schedules the reminder in the channel.
#[derive(Clone, Copy, Debug)]
pub struct NudgeLater {
    pub conversation: ConversationId,
    pub lead: LeadId,
    pub at: Millis,
    pub now: Millis,
}

impl Command for NudgeLater {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        // Not the key of the conversation: its updates in the meantime must not wait for this.
        let ordering_key = self.conversation.as_bytes().map(|byte| !byte);
        let show = SlackShow { conversation: self.conversation };
        enqueue_slack(ledger, changes, (SLACK_NUDGE, &show), Some(self.lead), (ordering_key, self.at, self.now))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
