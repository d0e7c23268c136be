//! `/api/v1/settings/enrichment`: the provider of data about companies and persons; and what it said of one.

#[cfg(feature = "openapi")]
use crate::schema::{EnrichedFieldSchema, MillisSchema};
use crate::{EnrichedFieldWord, RawSecret};
use knock_model::{EnrichedField, Millis};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// For how many days an answer counts where nothing else is set.
const KEEP_DAYS: u32 = 30;

/// `GET` and answer of `PUT /api/v1/settings/enrichment`: how the provider is asked, and how it is going.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrichmentSettings {
    /// Whether a provider is set up.
    #[serde(default)]
    pub is_set_up: bool,
    /// Whether it is asked.
    #[serde(default)]
    pub is_on: bool,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// Its address, with `{email}` or `{domain}` in it.
    #[serde(default)]
    pub url: String,
    /// The name of the header that lets in there; empty for none.
    #[serde(default)]
    pub header: String,
    /// Whether a value of that header is stored. It is never shown.
    #[serde(default)]
    pub has_secret: bool,
    /// The path of each field in a response.
    #[serde(default)]
    pub fields: Vec<EnrichmentMapping>,
    /// For how many days an answer counts.
    #[serde(default)]
    pub keep_days: u32,
    /// The error of the last request; empty if it succeeded.
    #[serde(default)]
    pub problem: String,
    /// The instant since which the provider cannot be used, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem_since: Option<Millis>,
}

/// The path of a field in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrichmentMapping {
    /// The field.
    pub field: EnrichedField,
    /// The JSON pointer (RFC 6901), such as `/company/metrics/employees`.
    pub pointer: String,
}

/// `PUT /api/v1/settings/enrichment`: sets the provider up, or changes how it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrichmentDraft {
    /// The name on records; absent or empty: its host.
    #[serde(default)]
    pub name: String,
    /// Its address, with `{email}` or `{domain}` in its path or query.
    pub url: String,
    /// The name of the header that lets in there; absent or empty: none.
    #[serde(default)]
    pub header: String,
    /// The value of that header; absent: as it was. Another host or header needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<RawSecret>,
    /// The path of each field in a response, each field once.
    pub fields: Vec<EnrichmentMapping>,
    /// For how many days an answer counts.
    #[serde(default = "keep_days")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365))]
    pub keep_days: u32,
    /// Whether it is asked.
    #[serde(default = "yes")]
    pub is_on: bool,
}

const fn keep_days() -> u32 {
    KEEP_DAYS
}

const fn yes() -> bool {
    true
}

/// `POST /api/v1/settings/enrichment/test`: asks the provider about an address now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrichmentTest {
    /// The address.
    pub email: String,
}

/// The response of the provider to a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrichmentTested {
    /// The status code of its answer; none where there was no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The reason for which the response cannot be used; empty if it can.
    #[serde(default)]
    pub problem: String,
    /// The result for each field.
    #[serde(default)]
    pub fields: Vec<EnrichmentTestedField>,
}

/// The result for a field in a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrichmentTestedField {
    /// The field.
    pub field: EnrichedFieldWord,
    /// Its value as rules would see it: a text, a number, or a list of texts; null without one.
    #[serde(default)]
    pub value: Value,
    /// The reason for which the field has no value; empty if it has one.
    #[serde(default)]
    pub problem: String,
}

/// A field that a provider filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrichedShown {
    /// The field.
    pub field: EnrichedFieldWord,
    /// Its value: a text, a number, or a list of texts.
    pub value: Value,
    /// The name of the provider.
    pub source: String,
    /// The instant of the request, in ms since 1970.
    pub at: Millis,
}
