//! Small bodies of requests about workflows.

use super::{Inside, WorkflowDraft};
#[cfg(feature = "openapi")]
use crate::schema::LeadIdSchema;
use knock_model::LeadId;
use serde::{Deserialize, Serialize};

/// `PUT /api/v1/workflows/{id}/position`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowPosition {
    /// Its place among the workflows that are not archived, from 1; behind the last one is the last place.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub position: u32,
}

/// `POST /api/v1/workflows/{id}/versions/{number}/restore`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowRestore {
    /// What becomes of the leads inside; without it, a restore with leads inside is refused with their number.
    #[serde(default)]
    pub inside: Option<Inside>,
}

/// `POST /api/v1/workflows/{id}/runs/stop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowRunStop {
    /// The lead whose active run is stopped.
    pub lead: LeadId,
}

/// `POST /api/v1/workflows/test-mail`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowTestMail {
    /// The draft, saved or not.
    pub draft: WorkflowDraft,
    /// The id of the step whose mail is sent.
    pub step: String,
    /// The language of its text; that of the lead's mails without it: English, else the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}
