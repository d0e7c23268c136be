//! Paths of the interface, whose version is in one place.

use knock_ports::CrmObject;

/// The version of the interface: HubSpot keeps one for 18 months or more.
const VERSION: &str = "2026-03";

/// Where tokens are got.
pub(crate) fn token() -> String {
    format!("/oauth/{VERSION}/token")
}

/// What an OAuth token may do.
pub(crate) fn introspect() -> String {
    format!("/oauth/{VERSION}/token/introspect")
}

/// What the token of a private app may do; it has no dated version.
pub(crate) const PRIVATE_APP_TOKEN: &str = "/oauth/v2/private-apps/get/access-token-info";

/// The account.
pub(crate) fn account() -> String {
    format!("/account-info/{VERSION}/details")
}

/// Owners, or one page of them.
pub(crate) fn owners() -> String {
    format!("/crm/owners/{VERSION}")
}

/// What is done with objects of a type: `batch/read`, `search`.
pub(crate) fn objects(object: &str, action: &str) -> String {
    format!("/crm/objects/{VERSION}/{object}/{action}")
}

/// The properties of a type.
pub(crate) fn properties(object: &str) -> String {
    format!("/crm/properties/{VERSION}/{object}")
}

/// The groups of properties of a type.
pub(crate) fn groups(object: &str) -> String {
    format!("/crm/properties/{VERSION}/{object}/groups")
}

/// What is done with associations between two types: `batch/read`.
pub(crate) fn associations(from: &str, to: &str, action: &str) -> String {
    format!("/crm/associations/{VERSION}/{from}/{to}/{action}")
}

/// The name of an object in paths.
pub(crate) fn name(object: CrmObject) -> &'static str {
    match object {
        CrmObject::Contact => "contacts",
        CrmObject::Company => "companies",
    }
}
