//! The scopes of an access.

/// The scopes that Knock needs at HubSpot. A private app has no `oauth`.
pub(crate) const SCOPES: [&str; 9] = [
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.deals.read",
    "crm.objects.owners.read",
    "crm.schemas.companies.write",
    "crm.schemas.contacts.write",
    "oauth",
];
