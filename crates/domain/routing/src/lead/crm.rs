//! The fields that CRMs fill.

use knock_model::CrmSystem;

/// The field that names the owner of the lead in a CRM.
pub(super) const fn owner_field(system: CrmSystem) -> &'static str {
    match system {
        CrmSystem::Salesforce => "crm.salesforce.owner",
        CrmSystem::Hubspot => "crm.hubspot.owner",
        CrmSystem::Marketo => "crm.marketo.owner",
    }
}
