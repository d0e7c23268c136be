//! The end of mail to a lead.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};

#[derive(Clone, Copy, Debug)]
pub struct StopMail {
    pub lead: LeadId,
    pub now: Millis,
}

impl Command for StopMail {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        // An erased lead stays erased.
        match ledger.lead(self.lead)? {
            Some(lead) => ledger.stop_mail(lead.id, self.now),
            None => Ok(()),
        }
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
