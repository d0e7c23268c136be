//! Credentials of a vendor that a person enters.

use serde::{Deserialize, Serialize};

/// Credentials of a vendor: their fields, and the steps by which a person gets them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialForm {
    /// The fields, in their order.
    pub fields: Vec<CredentialField>,
    /// The steps at the vendor, as sentences.
    #[serde(default)]
    pub steps: Vec<String>,
}

/// A field of credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialField {
    /// Its name in requests.
    pub name: String,
    /// The display name.
    pub label: String,
    /// A hint for who enters it; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Whether it is a secret: it is stored encrypted and never shown again.
    #[serde(default)]
    pub is_secret: bool,
}
