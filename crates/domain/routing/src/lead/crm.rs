//! The CRMs that a lead can be known in.

use knock_model::{spelled, vocabulary};

vocabulary! {
    /// A CRM, in the order they are asked for an owner.
    CrmSystem {
        /// Salesforce.
        Salesforce = "salesforce",
        /// HubSpot.
        Hubspot = "hubspot",
        /// Marketo.
        Marketo = "marketo",
    }
}

spelled!(CrmSystem);

impl CrmSystem {
    /// The field that names the owner of the lead.
    pub(crate) const fn owner_field(self) -> &'static str {
        match self {
            CrmSystem::Salesforce => "crm.salesforce.owner",
            CrmSystem::Hubspot => "crm.hubspot.owner",
            CrmSystem::Marketo => "crm.marketo.owner",
        }
    }
}
