//! `GET /api/v1/webhooks`.

use super::{shown, webhooks};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_wire::WebhookList;

/// The webhooks, each with the secret of its signatures.
#[utoipa::path(get, path = "/api/v1/webhooks", tag = "team", responses((status = 200, description = "All webhooks", body = WebhookList)))]
pub(super) async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<WebhookList>, Problem> {
    let found = read(state.core.store.clone(), move |view| {
        let webhooks = webhooks(view)?.into_iter().map(|webhook| shown(view, webhook, &state));
        Ok(WebhookList { webhooks: webhooks.collect::<Result<_, _>>()? })
    });
    found.await.map(Json)
}
