//! How an attempt ended.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_model::Millis;
use knock_ports::{Delivery, Ledger, Settled, StoreError, Verdict};

/// For how long an address is tried; then a person has to look.
const PATIENCE: Millis = Millis::days(1);

/// An attempt ended.
#[derive(Clone, Debug)]
pub struct SettleDelivery {
    /// What was tried, as it was claimed.
    pub delivery: Delivery,
    /// How it ended.
    pub verdict: Verdict,
    /// How long to wait before the next attempt, if there is one.
    pub wait: Millis,
    /// The instant now.
    pub now: Millis,
}

impl Command for SettleDelivery {
    /// How it goes on; none when somebody else has it by now, or it is gone.
    type Outcome = Option<Settled>;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Option<Settled>, StoreError> {
        let (settled, answer) = self.ended();
        let Delivery { number, attempts, .. } = self.delivery;
        let Some(id) = ledger.settle(number, attempts, &settled, answer, self.now)? else { return Ok(None) };
        if let Verdict::Gone(why) = &self.verdict
            && let Some(mut webhook) = ledger.destinations()?.into_iter().find(|webhook| webhook.id == id)
        {
            webhook.is_active = false;
            webhook.why_stopped.clone_from(why);
            ledger.save_webhook(&webhook)?;
        }
        // The next of its lane may go, on whatever server.
        notices.push(Notice::Outbox);
        Ok(Some(settled))
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

impl SettleDelivery {
    fn ended(&self) -> (Settled, &str) {
        match &self.verdict {
            Verdict::Delivered(answer) => (Settled::Delivered, answer),
            Verdict::Never(answer) | Verdict::Gone(answer) => (Settled::Parked, answer),
            Verdict::Later(answer, _) => {
                let next = self.now + self.wait;
                let is_over = next - self.delivery.stored_at > PATIENCE;
                (if is_over { Settled::Parked } else { Settled::Again(next) }, answer)
            }
        }
    }
}
