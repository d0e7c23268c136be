//! Renewed tokens of an installation.

use crate::changes::Changes;
use crate::writer::{After, Command};
use knock_ports::{Ledger, StoreError};
use knock_routing::CrmSystem;

/// Stores newer tokens of an installation.
#[derive(Clone, Debug)]
pub struct SaveCrmTokens {
    pub system: CrmSystem,
    /// The installation.
    pub grant: String,
    /// The tokens, sealed.
    pub token: String,
}

impl Command for SaveCrmTokens {
    /// False if the CRM is no longer connected by this installation: then nothing is stored.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<bool, StoreError> {
        let Some(mut sync) = ledger.crm_sync(self.system)? else { return Ok(false) };
        let has_grant = |app: &knock_ports::CrmOauthApp| app.grant == self.grant;
        match &mut sync.connection {
            Some(connection) if connection.app.as_ref().is_some_and(has_grant) => {
                connection.token.clone_from(&self.token);
            }
            Some(_) | None => return Ok(false),
        }
        ledger.save_crm_sync(self.system, &sync)?;
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
