//! The CRMs that a lead can be known in.

use crate::{spelled, vocabulary};

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
    /// The name of the product, for persons.
    pub const fn label(self) -> &'static str {
        match self {
            CrmSystem::Salesforce => "Salesforce",
            CrmSystem::Hubspot => "HubSpot",
            CrmSystem::Marketo => "Marketo",
        }
    }
}
