//! Paths of the interface, whose version is in one place.

use knock_ports::CrmObject;

/// The version of the interface: HubSpot keeps one for 18 months or more.
const VERSION: &str = "2026-03";

/// The path that issues tokens.
pub(crate) fn token() -> String {
    format!("/oauth/{VERSION}/token")
}

/// The path that returns the scopes of an OAuth token.
pub(crate) fn introspect() -> String {
    format!("/oauth/{VERSION}/token/introspect")
}

/// The path that returns the scopes of a private app's token; it has no dated version.
pub(crate) const PRIVATE_APP_TOKEN: &str = "/oauth/v2/private-apps/get/access-token-info";

pub(crate) fn account() -> String {
    format!("/account-info/{VERSION}/details")
}

/// Owners, or one page of them.
pub(crate) fn owners() -> String {
    format!("/crm/owners/{VERSION}")
}

/// The path of an action on objects of a type: `batch/read`, `search`.
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

/// The path of an action on associations between two types: `batch/read`.
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
