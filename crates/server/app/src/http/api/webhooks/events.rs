//! `GET /api/v1/webhooks/events`, `POST /api/v1/webhooks/{id}/sample`: the types of events and their samples.

use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::{JsonBody, Path};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use knock_engine::commands::SendSample;
use knock_model::{EventType, Millis, WebhookId};
use knock_wire::{EventPosted, SampleAsk, WebhookEvent, WebhookEventList, event_meaning, event_sample};
use serde_json::json;

/// The types of events, each with its meaning and a complete sample of what is posted.
#[utoipa::path(get, path = "/api/v1/webhooks/events", tag = "team", responses((status = 200, description = "Every type of event", body = WebhookEventList)))]
pub(super) async fn get(_: Allowed<ManageConnections>, State(state): State<AppState>) -> Json<WebhookEventList> {
    let now = state.core.clock.now();
    Json(WebhookEventList { events: EventType::ALL.iter().map(|event| shown(*event, now)).collect() })
}

/// Sends a webhook a signed sample of an event, whether or not it is subscribed to it: `sample` of what is posted is
/// true. The result is among its deliveries.
#[utoipa::path(post, path = "/api/v1/webhooks/{id}/sample", tag = "team", request_body = SampleAsk,
    params(("id" = String, Path, description = "Id of the webhook")),
    responses(
        (status = 202, description = "Queued for delivery"),
        (status = 404, description = "Webhook not found"),
    ))]
pub(super) async fn post(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Path(id): Path<WebhookId>,
    JsonBody(SampleAsk { event }): JsonBody<SampleAsk>,
) -> Result<StatusCode, Problem> {
    let now = state.core.clock.now();
    let is_known = state.core.make(caller.actor(), SendSample { id, event, now }).await?;
    if is_known { Ok(StatusCode::ACCEPTED) } else { Err(Problem::not_found()) }
}

fn shown(event: EventType, now: Millis) -> WebhookEvent {
    let posted = EventPosted { event: event_sample(event), at: now, sequence: 1, sample: true };
    WebhookEvent { kind: event.into(), description: event_meaning(event).to_owned(), sample: json!(posted) }
}
