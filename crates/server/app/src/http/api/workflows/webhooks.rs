//! `GET /api/v1/workflows/webhooks`: the webhooks that steps can name.

use crate::http::auth::{Allowed, ManageWorkflows};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::{DestinationKind, WebhookId};
use knock_ports::{Endpoint, StoreError};
use knock_webhook::Settings;
use knock_wire::{WorkflowWebhook, WorkflowWebhooks};
use url::Url;

/// The webhooks that steps can name, in the order of creation. A name is the host of the address: the rest of it can be a
/// secret.
#[utoipa::path(get, path = "/api/v1/workflows/webhooks", tag = "team", responses(
    (status = 200, description = "The webhooks by name", body = WorkflowWebhooks),
))]
pub(super) async fn get(
    _: Allowed<ManageWorkflows>,
    State(state): State<AppState>,
) -> Result<Json<WorkflowWebhooks>, Problem> {
    let found = read(state.core.store.clone(), |view| {
        let mut webhooks: Vec<WorkflowWebhook> = Vec::new();
        for endpoint in view.endpoints(Some(DestinationKind::Webhook))? {
            let host = host(&endpoint)?;
            let is_same = |known: &&WorkflowWebhook| known.name == host || known.name.starts_with(&format!("{host} ("));
            let name = match webhooks.iter().filter(is_same).count() {
                0 => host,
                before => format!("{host} ({})", before + 1),
            };
            webhooks.push(WorkflowWebhook { id: WebhookId::from_bytes(endpoint.destination.id), name });
        }
        Ok(WorkflowWebhooks { webhooks })
    });
    found.await.map(Json)
}

fn host(endpoint: &Endpoint) -> Result<String, StoreError> {
    let settings = Settings::parse(&endpoint.settings).map_err(|error| StoreError::Broken(error.to_string()))?;
    let host = Url::parse(&settings.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    Ok(host.unwrap_or_default())
}
