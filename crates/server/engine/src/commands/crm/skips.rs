//! Values that are left out of writes: those of a field whose property takes none, and persons who are no owners in the
//! CRM. All else of a lead is written.

use knock_crm::{Field, Object};
use knock_ports::{Ledger, StoreError};
use knock_routing::CrmSystem;

/// What was left out of a write, and what is written again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrmSkips {
    /// What was left out, with a sentence about it.
    pub skipped: Vec<(CrmSkip, String)>,
    /// What was written.
    pub written: Vec<CrmSkip>,
}

/// What a value is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmSkip {
    /// A field of an object.
    Field(Object, Field),
    /// A person, by their address.
    Owner(String),
}

impl CrmSkip {
    fn key(&self) -> String {
        match self {
            CrmSkip::Field(Object::Contact, field) => field.as_str().to_owned(),
            CrmSkip::Field(Object::Company, field) => format!("company {}", field.as_str()),
            CrmSkip::Owner(address) => format!("owner {address}"),
        }
    }
}

impl CrmSkips {
    /// Stores the sentences, and drops those about what is written again.
    pub(super) fn note(&self, ledger: &mut dyn Ledger, system: CrmSystem, account: &str) -> Result<(), StoreError> {
        let is_known = ledger.crm_sync(system)?.is_some_and(|sync| sync.account() == account);
        if !is_known {
            return Ok(());
        }
        let mut state = ledger.crm_state(system)?;
        let mut noted = state.skipped.clone();
        self.written.iter().for_each(|what| drop(noted.remove(&what.key())));
        noted.extend(self.skipped.iter().map(|(what, sentence)| (what.key(), sentence.clone())));
        if noted == state.skipped {
            return Ok(());
        }
        state.skipped = noted;
        ledger.save_crm_state(system, &state)
    }
}
