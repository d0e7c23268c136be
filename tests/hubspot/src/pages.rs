//! The pages of HubSpot's documentation that answers follow.

/// Tokens: a form with the credentials of the app.
pub(crate) const TOKEN: &str =
    "https://developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/refresh-oauth-token";
/// What a token may do: a form as well; of an unknown token no more than that it is not active.
pub(crate) const INTROSPECT: &str =
    "https://developers.hubspot.com/docs/api-reference/2026-03/authentication/oauth-tokens/token-introspect";
/// The token of a private app, whose scopes are asked for by JSON.
pub(crate) const PRIVATE_APP: &str = "https://developers.hubspot.com/docs/guides/apps/private-apps/overview";
/// The account, its time zone and its limits.
pub(crate) const ACCOUNT: &str = "https://developers.hubspot.com/docs/guides/api/settings/account-information-api";
/// Owners; archived ones by a parameter of their own, without a user id.
pub(crate) const OWNERS: &str = "https://developers.hubspot.com/docs/guides/api/crm/owners";
/// Properties, their groups, and owner properties by `referencedObjectType`.
pub(crate) const PROPERTIES: &str = "https://developers.hubspot.com/docs/guides/api/crm/properties";
/// Contacts and other objects: one, batches, merging, archiving.
pub(crate) const CONTACTS: &str = "https://developers.hubspot.com/docs/guides/api/crm/objects/contacts";
/// Searches: operators, limits, pages.
pub(crate) const SEARCH: &str = "https://developers.hubspot.com/docs/guides/api/crm/search";
/// Associations between records.
pub(crate) const ASSOCIATIONS: &str = "https://developers.hubspot.com/docs/guides/api/crm/associations";
