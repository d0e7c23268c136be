//! Webhooks, as steps of workflows name them.

#[cfg(feature = "openapi")]
use crate::schema::WebhookIdSchema;
use knock_model::WebhookId;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/workflows/webhooks`: the webhooks that steps can name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowWebhooks {
    /// In the order of creation.
    pub webhooks: Vec<WorkflowWebhook>,
}

/// A webhook by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowWebhook {
    /// Its id.
    pub id: WebhookId,
    /// The host of its address; of further ones with the same host also their number.
    pub name: String,
}
