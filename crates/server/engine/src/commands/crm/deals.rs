//! Changes made in the CRM: opened deals, merged contacts.

use crate::changes::Changes;
use crate::commands::chat::ChatFlow;
use crate::writer::{After, Command};
use knock_model::{LeadId, Millis, SignalId};
use knock_ports::{CrmChange, CrmChanges, CrmDeal, Ledger, StoreError};
use knock_routing::CrmSystem;
use knock_status::chat::Event;
use sha2::{Digest, Sha256};

/// Takes over changes, and the cursor of the next ones.
#[derive(Clone, Debug)]
pub struct TakeCrmChanges {
    pub system: CrmSystem,
    /// The account of the changes: those of another account are ignored.
    pub account: String,
    /// The changes. A change taken before has no effect.
    pub changes: CrmChanges,
    pub now: Millis,
}

impl Command for TakeCrmChanges {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        let Some(sync) = ledger.crm_sync(self.system)?.filter(|sync| sync.account() == self.account) else {
            return Ok(());
        };
        for change in &self.changes.changes {
            match change {
                CrmChange::DealOpened { deal, contacts } => {
                    for contact in contacts {
                        for lead in ledger.leads_of_crm_contact(self.system, contact)? {
                            // A record of an account connected earlier has the id of another contact.
                            let record = ledger.crm_record(self.system, lead)?;
                            if record.is_some_and(|record| record.account == sync.account()) {
                                self.open_deal(ledger, lead, deal, changes)?;
                            }
                        }
                    }
                }
                CrmChange::Merged { from, into } => self.merge(ledger, from, into)?,
                CrmChange::Owner { .. } => {}
            }
        }
        let mut state = ledger.crm_state(self.system)?;
        (state.cursor, state.unread) = (Some(self.changes.cursor.clone()), None);
        ledger.save_crm_state(self.system, &state)
    }

    fn after(&self) -> After {
        After::All
    }
}

impl TakeCrmChanges {
    /// Adds the fact of a deal: a deal opened after the first click makes the lead Qualified (CS-10). One deal is one
    /// fact.
    fn open_deal(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        deal: &CrmDeal,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let mut flow = ChatFlow::load(ledger, lead, self.now)?;
        if flow.first_at().is_none_or(|first| deal.created_at < first) {
            return Ok(());
        }
        flow.add(self.fact_id(deal), Event::DealOpened);
        flow.settle();
        flow.apply(ledger, changes)?;
        Ok(())
    }

    /// Returns the id of the fact of a deal: always the same, on every server.
    fn fact_id(&self, deal: &CrmDeal) -> SignalId {
        let text = format!("{}/{}/deal/{}", self.system.as_str(), self.account, deal.id);
        let digest = Sha256::digest(text.as_bytes());
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        SignalId::new(deal.created_at, &random)
    }

    fn merge(&self, ledger: &mut dyn Ledger, from: &str, into: &str) -> Result<(), StoreError> {
        for lead in ledger.leads_of_crm_contact(self.system, from)? {
            let record = ledger.crm_record(self.system, lead)?;
            let Some(mut record) = record.filter(|record| record.account == self.account) else { continue };
            record.contact = Some(into.to_owned());
            // The values of the surviving contact are not known.
            record.record.forget();
            ledger.save_crm_record(self.system, lead, &record)?;
        }
        Ok(())
    }
}
