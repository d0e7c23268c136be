//! `POST /api/v1/webhooks/{id}/test` and `/send-again`.

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::{SendAgain, TestWebhook};
use knock_model::{Destination, WebhookId};
use knock_wire::{SendAgainAsk, SentAgain};

/// Sends `webhook.test` to a webhook, regardless of its events. The result is among its deliveries.
#[utoipa::path(post, path = "/api/v1/webhooks/{id}/test", tag = "team",
    params(("id" = String, Path, description = "Id of the webhook")),
    responses(
        (status = 202, description = "Queued for delivery"),
        (status = 404, description = "Webhook not found"),
    ))]
pub(super) async fn test(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Path(id): Path<WebhookId>,
) -> Result<StatusCode, Problem> {
    let is_known = state.core.make(caller.actor(), TestWebhook { id, now: state.core.clock.now() }).await?;
    if is_known { Ok(StatusCode::ACCEPTED) } else { Err(Problem::not_found()) }
}

/// Retries parked deliveries.
#[utoipa::path(post, path = "/api/v1/webhooks/{id}/send-again", tag = "team", request_body = SendAgainAsk,
    params(("id" = String, Path, description = "Id of the webhook")),
    responses(
        (status = 202, description = "Queued for delivery", body = SentAgain),
        (status = 404, description = "Webhook not found, or the delivery is not parked"),
    ))]
pub(super) async fn send_again(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Path(id): Path<WebhookId>,
    JsonBody(SendAgainAsk { number }): JsonBody<SendAgainAsk>,
) -> Result<(StatusCode, Json<SentAgain>), Problem> {
    let (to, now) = (Destination::webhook(id), state.core.clock.now());
    let sent = state.core.make(caller.actor(), SendAgain { to, number, now }).await?;
    if sent == 0 && number.is_some() {
        Err(Problem::not_found())
    } else {
        Ok((StatusCode::ACCEPTED, Json(SentAgain { sent })))
    }
}
