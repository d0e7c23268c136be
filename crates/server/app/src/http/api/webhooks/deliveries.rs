//! `GET /api/v1/webhooks/{id}/deliveries`: the deliveries of a webhook and their results.

use super::find;
use crate::http::api::page::{checked_limit, last_of_full};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::{Path, Query};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_model::{DeliveryState, Destination, EventType, Millis, WebhookId};
use knock_ports::OutboxEntry;
use knock_wire::DeliveryPage;
use serde::Deserialize;

/// The filter for deliveries.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DeliveryQuery {
    /// The cursor: `next` of the page before.
    before: Option<i64>,
    /// The number of items, 1 to 200.
    limit: Option<u32>,
}

impl DeliveryQuery {
    /// The delivery number below which the page begins, and the page size.
    fn page(&self) -> Result<(i64, u32), Problem> {
        Ok((self.before.unwrap_or(i64::MAX), checked_limit(self.limit)?))
    }
}

/// The cursor of the next page.
pub(in crate::http::api) fn next(found: &[OutboxEntry], limit: u32) -> Option<i64> {
    last_of_full(found, limit).map(|last| last.number)
}

/// The instant of the next attempt of a delivery.
pub(in crate::http::api) fn due_at(entry: &OutboxEntry) -> Option<Millis> {
    let is_timed = matches!(entry.state, DeliveryState::Waiting | DeliveryState::UnderWay);
    Some(entry.due_at).filter(|_| is_timed)
}

/// The deliveries of a webhook, newest first. Finished deliveries are kept for 30 days.
#[utoipa::path(get, path = "/api/v1/webhooks/{id}/deliveries", tag = "team",
    params(("id" = String, Path, description = "Id of the webhook"), DeliveryQuery),
    responses(
        (status = 200, description = "A page of deliveries", body = DeliveryPage),
        (status = 404, description = "Webhook not found"),
    ))]
pub(super) async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Path(id): Path<WebhookId>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<DeliveryPage>, Problem> {
    let (before, limit) = query.page()?;
    let found = read(state.core.store.clone(), move |view| {
        if find(view, id)?.is_none() {
            return Ok(None);
        }
        view.deliveries(Destination::webhook(id), before, limit).map(Some)
    });
    let found = found.await?.ok_or_else(Problem::not_found)?;
    let next = next(&found, limit);
    let deliveries = found.into_iter().filter_map(|entry| Some(shown(entry.effect.kind.event()?, entry))).collect();
    Ok(Json(DeliveryPage { deliveries, next }))
}

fn shown(event: EventType, entry: OutboxEntry) -> knock_wire::Delivery {
    knock_wire::Delivery {
        number: entry.number,
        event: event.into(),
        is_sample: entry.effect.kind.is_sample(),
        at: entry.effect.at,
        state: entry.state.into(),
        due_at: due_at(&entry),
        attempts: entry.attempts,
        answer: entry.answer,
        data: serde_json::from_str(&entry.effect.data).unwrap_or_default(),
    }
}
