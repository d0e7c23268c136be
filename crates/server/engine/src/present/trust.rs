//! How far the address of a person is to be believed.

use super::Presenter;
use knock_model::{Email, Trust};
use knock_ports::{AddressProof, Conversation, Lead, StoreError};

impl Presenter<'_> {
    /// Returns whether a person's address was proven in any of their browsers; none for a person without an address.
    pub(super) fn trust_of(&self, lead: &Lead) -> Result<Option<Trust>, StoreError> {
        self.trust(lead, |proof, email| proof.email == email.to_text())
    }

    /// Returns the trust in a lead's address within a conversation. Only a proof in its own browser counts: an address
    /// can be stated in any other browser.
    pub(super) fn trust_in(&self, conversation: &Conversation) -> Result<Option<Trust>, StoreError> {
        let Some(lead) = self.lead(conversation.lead)? else { return Ok(None) };
        let browser = (conversation.site, conversation.visitor);
        self.trust(&lead, |proof, email| proof.is_of(browser, email))
    }

    fn trust(&self, lead: &Lead, proves: impl Fn(&AddressProof, &Email) -> bool) -> Result<Option<Trust>, StoreError> {
        let Some(email) = &lead.email else { return Ok(None) };
        let proofs = self.view.proofs_of(lead.id, self.arrived_by)?;
        let is_proven = proofs.iter().any(|proof| proves(proof, email));
        Ok(Some(if is_proven { Trust::Verified } else { Trust::Claimed }))
    }
}
