//! The fields that CRMs fill.

use knock_model::CrmSystem;

/// The field that names the owner of the lead in a CRM who is no owner there any more, so that nothing is given to them.
pub(super) const fn former_owner_field(system: CrmSystem) -> &'static str {
    match system {
        CrmSystem::Salesforce => "crm.salesforce.former_owner",
        CrmSystem::Hubspot => "crm.hubspot.former_owner",
        CrmSystem::Marketo => "crm.marketo.former_owner",
    }
}

/// The field that names the owner of the lead in a CRM.
pub(super) const fn owner_field(system: CrmSystem) -> &'static str {
    match system {
        CrmSystem::Salesforce => "crm.salesforce.owner",
        CrmSystem::Hubspot => "crm.hubspot.owner",
        CrmSystem::Marketo => "crm.marketo.owner",
    }
}
